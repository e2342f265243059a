"""What a page says of the languages of an entry: whose words these are, and where the others are read.

Entries are fetched ``told`` (models/told.py); nothing here asks the database.
"""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from practices.models.entries.translation import TranslationKind
from practices.vocabularies.languages import LANGUAGES, base_of, name_in_sentence, of_the_page, own_name


@dataclass(frozen=True)
class LanguageLink:
    code: str
    name: str
    path: str


@dataclass(frozen=True)
class Note:
    """How a text came into its language; ``changed`` is "" unless the original was changed since."""

    credit: str
    changed: str
    original: LanguageLink


def languages_of(practice) -> list[str]:
    """The codes of the languages it can be read in, the site's five first."""
    codes = {*practice.available_languages, base_of(practice.written_in)}
    return sorted(codes, key=lambda code: (LANGUAGES.index(code) if code in LANGUAGES else len(LANGUAGES), code))


def shown_on(page: str, practice) -> str:
    """The language of the texts on the plain page of an entry, whose own words are in the language ``page``."""
    return page if page in practice.available_languages else base_of(practice.written_in)


def path_in(practice, code: str, page: str = "") -> str:
    """Where the texts in this language stand, seen from a page whose own words are in ``page``."""
    page = page or of_the_page()
    if code in (language for language, _name in settings.LANGUAGES) and shown_on(page, practice) != code:
        page = code
    with override(page):
        if shown_on(page, practice) == code:
            return reverse("practice", args=[practice.slug])
        return reverse("practice_in", args=[practice.slug, code])


def path_of(practice) -> str:
    """The one address of a page with these texts: in a language the site has no pages in, that of its first language."""
    code = base_of(practice.language)
    if shown_on(of_the_page(), practice) == code:
        return practice.get_absolute_url()
    return path_in(practice, code, settings.LANGUAGE_CODE)


def link_to(practice, code: str) -> LanguageLink:
    return LanguageLink(code, own_name(code), path_in(practice, code))


def other_languages(practice) -> list[LanguageLink]:
    return [link_to(practice, code) for code in languages_of(practice) if code != base_of(practice.language)]


def languages_without_pages(practice) -> list[LanguageLink]:
    """Those of ``other_languages`` that the switcher at the top of the page does not lead to."""
    pages = dict(settings.LANGUAGES)
    return [link for link in other_languages(practice) if link.code not in pages]


def alternates(practice) -> list[LanguageLink]:
    """Every language with a page of its own for this entry, for ``hreflang``; none where there is only one."""
    home = settings.LANGUAGE_CODE
    links = {}
    for code in dict.fromkeys([*(code for code, _name in settings.LANGUAGES), *languages_of(practice)]):
        with override(code if code in dict(settings.LANGUAGES) else home):
            plain = reverse("practice", args=[practice.slug])
        path = plain if code in dict(settings.LANGUAGES) else path_in(practice, code, home)
        if path not in links:
            links[path] = LanguageLink(code, own_name(code), path)
    return list(links.values()) if len(links) > 1 else []


def translation_credit(practice) -> str:
    """Who made the translation that is shown, how and when, as a sentence; "" where the original is shown."""
    if not practice.translation:
        return ""
    if not practice.translation.is_reviewed:
        original = name_in_sentence(base_of(practice.written_in))
        return _("Translated from %(language)s with the help of a machine, not yet reviewed.") % {"language": original}
    sentence = {
        TranslationKind.WRITTEN: _("Written in %(language)s by %(who)s, %(day)s."),
        TranslationKind.HUMAN: _("Translated into %(language)s by %(who)s, %(day)s."),
        TranslationKind.MACHINE: _(
            "Translated into %(language)s with the help of a machine and checked by %(who)s, %(day)s."
        ),
    }[practice.translation.kind]
    return sentence % {
        "language": name_in_sentence(base_of(practice.language)),
        "who": practice.translation.made_by,
        "day": date_format(practice.translation.day, "DATE_FORMAT"),
    }


def sentences_credit(reviewed_on: date | None, original: str) -> str:
    """How what is translated sentence by sentence came into the language of the page; ``original`` is a code."""
    if reviewed_on:
        sentence = _("Translated from %(language)s with the help of a machine and reviewed on %(day)s.")
        return sentence % {"language": name_in_sentence(original), "day": date_format(reviewed_on, "DATE_FORMAT")}
    return _("Translated from %(language)s with the help of a machine, not yet reviewed.") % {
        "language": name_in_sentence(original)
    }


def original_changed(practice) -> str:
    """Since when the original says otherwise, as a sentence; "" where it does not."""
    if not practice.translation or not practice.translation.changed:
        return ""
    day = date_format(practice.translation.changed, "DATE_FORMAT")
    return _("The original has changed since, on %(day)s.") % {"day": day}


def translation_line(practice) -> str:
    """Both sentences, for where there is one line; "" where the original is shown."""
    return " ".join(filter(None, (translation_credit(practice), original_changed(practice))))


def note_of(practice) -> Note | None:
    if not practice.translation:
        return None
    return Note(
        translation_credit(practice), original_changed(practice), link_to(practice, base_of(practice.written_in))
    )
