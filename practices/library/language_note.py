"""What a page of the library says of its language: how our words came into it, and what stands in English."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from practices.documents.index import DocumentRow
from practices.entries.language_links import sentences_credit
from practices.models.entries.phrases import Phrase
from practices.models.sentences import WRITTEN_IN, SentencesShown
from practices.vocabularies.languages import of_the_page


def note_of(reading: SentencesShown, texts: Iterable[Phrase]) -> list[str]:
    """The sentences of the note about one document or network with these texts; none on a page in English."""
    if of_the_page() == WRITTEN_IN:
        return []
    in_english = any(text and text.language == WRITTEN_IN for text in texts)
    if not reading.phrases:
        return [untranslated()]
    changed = _("What has been changed in the original since stands in English.")
    return [sentences_credit(reading.reviewed_on, WRITTEN_IN), *[changed] * in_english]


def note_of_list(rows: Iterable[tuple[SentencesShown, Phrase]]) -> list[str]:
    """The same for a list: how each row reads, and the text of it that is shown."""
    rows = [(reading, text) for reading, text in rows if text]
    if of_the_page() == WRITTEN_IN or not rows:
        return []
    readings = [reading for reading, _text in rows if reading.phrases]
    if not readings:
        return [untranslated()]
    days = [reading.reviewed_on for reading in readings]
    in_english = any(text.language == WRITTEN_IN for _reading, text in rows)
    said = sentences_credit(max(days) if all(days) else None, WRITTEN_IN)
    return [said, *[_("What is not translated yet stands in English.")] * in_english]


def note_of_rows(rows: Iterable[DocumentRow]) -> list[str]:
    return note_of_list((row.reading, row.shown_summary) for row in rows)


def untranslated() -> str:
    return _("What we say here in our own words is in English: it has not been translated yet.")
