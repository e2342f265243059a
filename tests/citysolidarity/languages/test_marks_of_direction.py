"""Signs before Latin words stand at their side in Arabic too: a mark of direction (U+200E) says so."""

import json
import re

import pytest
from django.conf import settings

from citysolidarity.languages import messages
from pledges.models.statement import canonical

# As in #WithRefugees, @ana, .docx and /api/: by the bidirectional algorithm (UAX #9) such a sign belongs to the Arabic
# words before it, and would be seen behind the Latin one.
UNMARKED = re.compile(r"(?<![\w\u200e/&=\"'#.@\[-])[#@./](?=[A-Za-z])")
TAG = re.compile(r"<[^>]*>")
ARABIC = re.compile(r"[\u0600-\u06ff]")
FIXTURES = settings.BASE_DIR / "fixtures"
FILES = [*sorted(FIXTURES.rglob("*ar.jsonl")), FIXTURES / "statement.jsonl", FIXTURES / "milestones.jsonl"]


def texts_in(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for part in value.values() if isinstance(value, dict) else value:
            yield from texts_in(part)


def wrong_in(texts):
    return [text for text in texts if ARABIC.search(text) and UNMARKED.search(TAG.sub("", text))]


def test_in_the_catalogue():
    strings = (m.string if isinstance(m.string, tuple) else (m.string,) for m in messages.read("ar") if m.id)
    assert wrong_in(form for forms in strings for form in forms) == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_in_the_starter_directory(file):
    lines = file.read_text("utf-8").splitlines()
    assert wrong_in(text for line in lines for text in texts_in(json.loads(line))) == []


@pytest.mark.parametrize("text", ["إعلان #WithRefugees", "(.docx) تحرير", "يعرض /api/ ما"])
def test_one_without_its_mark_is_seen(text):
    assert wrong_in([text]) == [text]


def test_a_mark_is_no_other_wording_of_the_statement():
    """It draws nothing: a directory that has the Arabic text without marks can load what else is new."""
    assert canonical("ar", "إعلان \u200e#WithRefugees", "", [], "") == canonical(
        "ar", "إعلان #WithRefugees", "", [], ""
    )
