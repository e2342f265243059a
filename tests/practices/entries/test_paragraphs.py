"""Long texts are read in paragraphs, and nothing in them is altered."""

import json
from pathlib import Path

import pytest

from practices.entries import paragraphs
from practices.entries.paragraphs import LONGEST, in_paragraphs

FIXTURES = Path(__file__).parents[3] / "fixtures"
TEXTS = ("challenge", "approach", "results", "what_did_not_work", "lessons")


@pytest.fixture
def short(monkeypatch):
    monkeypatch.setattr(paragraphs, "LONGEST", 40)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One sentence alone.", ["One sentence alone."]),
        ("The city lends flats. Families move in. They stay.", ["The city lends flats.", "Families move in. They stay."]),
        ("Colleagues from St. Gallen came, and then from Basel too", ["Colleagues from St. Gallen came, and then from Basel too"]),
        ("With its partners incl. UNHCR it went on. É. Zola did", ["With its partners incl. UNHCR it went on.", "É. Zola did"]),
        ("Pidió ayuda a EE. UU. Después vino «Casa». ¿Y hoy?", ["Pidió ayuda a EE. UU. Después vino «Casa».", "¿Y hoy?"]),
        ("تقدّم المدينة السكن للعائلات. وتدعمها الجمعيات المحلية.", ["تقدّم المدينة السكن للعائلات.", "وتدعمها الجمعيات المحلية."]),
        ("Somebody made this paragraph.\n\nIt stays. Nothing is added.", ["Somebody made this paragraph.", "It stays. Nothing is added."]),
    ],
)  # fmt: skip
def test_it_breaks_between_sentences(short, text, expected):
    assert in_paragraphs(text).split("\n\n") == expected


@pytest.mark.parametrize(
    "file", ["practices.jsonl", *(f"translations/{code}.jsonl" for code in ("fr", "es", "ar", "pt"))]
)
def test_no_text_of_the_starter_directory_is_altered_or_left_too_long(file):
    lines = (FIXTURES / file).read_text("utf-8").splitlines()
    texts = [json.loads(line).get(text) or "" for line in lines for text in TEXTS]
    broken = [in_paragraphs(text) for text in texts]
    assert [text.replace("\n\n", " ") for text in broken] == texts
    assert max(len(part) for text in broken for part in text.split("\n\n")) < 1.5 * LONGEST
