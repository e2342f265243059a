"""Writes the texts of entries, and their translations as they stand at the desk, into a file for translators."""

import io
from collections.abc import Iterable

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po
from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from practices.models import Practice, PracticeTranslation
from practices.translating.exchange.slots import LENGTHS, Slot, in_file, mark_in_file, slots_of
from practices.vocabularies.languages import name_in_sentence

MARK = "mark: "


def po_of(entries: Iterable[tuple[Practice, PracticeTranslation | None]], language: str) -> bytes:
    """``entries`` were fetched with their city and parts; None stands for no translation yet."""
    now = timezone.localtime()
    catalog = Catalog(
        locale=language, project="Cities of Solidarity", version="", header_comment=_header(language), fuzzy=False,
        creation_date=now, revision_date=now, last_translator="", language_team="",
        msgid_bugs_address=settings.CONTACT_EMAIL or "",
    )  # fmt: skip
    for practice, row in entries:
        for slot in slots_of(practice, row):
            message = catalog.add(
                slot.in_file,
                in_file(slot.translation),
                auto_comments=_comments(practice, slot),
                context=f"{practice.slug}/{slot.field}",
            )
            # "100 % of" is no placeholder of a program, and a checker would ask for it in the translation.
            message.flags.clear()
    file = io.BytesIO()
    write_po(file, catalog, width=0)
    return file.getvalue()


def translations_into(language: str, rows) -> list[tuple[Practice, PracticeTranslation]]:
    """The entries of these translations (a QuerySet), with all that a file says of them."""
    found = {row.practice_id: row for row in rows.filter(language=language)}
    return [(entry, found[entry.pk]) for entry in _whole(Practice.objects.filter(pk__in=found))]


def untranslated_into(language: str) -> list[tuple[Practice, None]]:
    """Public entries that nobody has begun to translate."""
    return [(entry, None) for entry in _whole(Practice.objects.published().untranslated_into(language))]


def _whole(entries):
    return entries.defer("search").select_related("city").with_parts().order_by("slug")


def _header(language: str) -> str:
    lines = [
        _("Cities of Solidarity: texts to be translated into %(language)s") % {"language": name_in_sentence(language)},
        date_format(timezone.localdate(), "DATE_FORMAT"),
        _("Write in msgstr alone. Keep msgctxt, msgid and the comments: by them each text finds its way back."),
    ]
    return "\n".join(f"# {line}" for line in lines)


def _comments(practice: Practice, slot: Slot) -> list[str]:
    label = _("Words of a fact") if slot.label == slot.original else slot.label
    if longest := LENGTHS.get(slot.field):
        limit = {"text": label, "count": longest}
        label = _("%(text)s, at most %(count)d characters") % limit
    address = settings.SITE_URL + practice.get_absolute_url()
    return [str(practice.city), label, address, MARK + mark_in_file(slot.translation)]
