"""What of an entry is translated outside, text by text, and how a file names it."""

import unicodedata
from typing import NamedTuple

from citysolidarity.forms.visible import visible
from practices.entries.differences import label_of
from practices.models import Practice, PracticeTranslation
from practices.models.entries.phrases import PHRASE_LENGTH, phrases_of
from practices.models.entries.texts import SUMMARY_LENGTH, TEXTS, TITLE_LENGTH
from practices.translating.forms import mark_of

PHRASE = "phrase"  # in place of the name of a field: one of the words of the facts
LENGTHS = {"title": TITLE_LENGTH, "summary": SUMMARY_LENGTH, PHRASE: PHRASE_LENGTH}  # characters


class Slot(NamedTuple):
    """A text of an entry: its field (one of TEXTS, or PHRASE), the original, and its translation at the desk."""

    field: str
    original: str
    translation: str

    @property
    def label(self) -> str:
        return self.original if self.field == PHRASE else label_of(self.field)

    @property
    def in_file(self) -> str:
        return in_file(self.original)


def slots_of(practice: Practice, row: PracticeTranslation | None) -> list[Slot]:
    texts = [(name, getattr(practice, name), getattr(row, name, "")) for name in TEXTS]
    phrases = row.phrases if row else {}
    words = [(PHRASE, phrase, phrases.get(phrase, "")) for phrase in phrases_of(practice)]
    return [Slot(*slot) for slot in (*texts, *words) if slot[1].strip()]


def in_file(text: str) -> str:
    """A text as it stands in a file: a browser sends other line breaks than a load, and PO knows one kind."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def from_file(text: str) -> str:
    """What a program for translators wrote, as the desk would keep it: composed (NFC), and nothing that can't be seen."""
    return in_file(unicodedata.normalize("NFC", visible(in_file(text))))


def mark_in_file(text: str) -> str:
    """By which it is seen whether a text changed at the desk after it was exported."""
    return mark_of(from_file(text))
