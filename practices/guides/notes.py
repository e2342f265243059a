"""What the page of a guide says of its language: how the text came into it, and where the original is read."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from practices.entries.language_links import LanguageLink, sentences_credit
from practices.models import Guide
from practices.vocabularies.languages import base_of, own_name


@dataclass(frozen=True)
class GuideNote:
    """``original`` is None where the site has no pages in the language of the original."""

    credit: str
    original: LanguageLink | None


def note_of(guide: Guide) -> GuideNote | None:
    """None where the guide is read as it was written."""
    if not guide.translation:
        return None
    original = base_of(guide.translation.original)
    return GuideNote(sentences_credit(guide.translation.reviewed_on, original), original_of(guide, original))


def original_of(guide: Guide, code: str) -> LanguageLink | None:
    if code not in dict(settings.LANGUAGES):
        return None
    with override(code):
        return LanguageLink(code, own_name(code), reverse("guide", args=[guide.slug]))
