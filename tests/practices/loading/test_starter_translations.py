"""The starter directory in other languages: whole, within its bounds, and with every figure of the original."""

import json
import re
from collections import Counter

import pytest
from django.conf import settings

from practices.loading.translations import MOST
from practices.models.entries.texts import TEXTS

FIXTURES = settings.BASE_DIR / "fixtures"
LANGUAGES = ["fr", "es", "ar", "pt"]
# English groups digits with a comma; others with a dot or a blank that does not break.
FIGURE = re.compile(r"\d+(?:[.,\u00a0\u202f]\d+)*")
# The share of the original's length within which a translation of a sentence or more stays.
SHORTEST, LONGEST = 0.55, 1.9
SENTENCE = 60  # characters


def rows(path):
    return {row["slug"]: row for row in map(json.loads, path.read_text("utf-8").splitlines())}


ORIGINALS = rows(FIXTURES / "practices.jsonl")


@pytest.fixture(scope="module", params=LANGUAGES)
def translations(request):
    return rows(FIXTURES / "translations" / f"{request.param}.jsonl")


def pairs(translations):
    """``(slug, name, original, translation)`` of every text and phrase."""
    for slug, row in translations.items():
        for name in TEXTS:
            if name in row:
                yield slug, name, ORIGINALS[slug][name], row[name]
        for text, said in row["phrases"].items():
            yield slug, "phrase", text, said


def figures(text):
    """How often each figure stands in a text, by its digits alone."""
    return Counter(re.sub(r"\D", "", figure) for figure in FIGURE.findall(text))


def phrases_of(row):
    """Every phrase of a record's facts that has words, as it stands in the file."""
    parts = [row.get(name) or {} for name in ("staff", "startup", "cost")]
    found = [part.get("text") for part in parts] + [(row.get("evidence") or {}).get("why"), *row.get("conditions", [])]
    found += [figure[name] for figure in row.get("figures", []) for name in ("what", "value")]
    found += [transfer.get("what") for name in ("learned_from", "taken_up_by") for transfer in row.get(name) or []]
    return {text for text in found if text and any(map(str.isalpha, text))}


def test_every_practice_is_there_with_every_text_and_phrase(translations):
    assert translations.keys() == ORIGINALS.keys()
    for slug, row in translations.items():
        original = ORIGINALS[slug]
        assert {name for name in TEXTS if row.get(name)} == {name for name in TEXTS if original.get(name)}, slug
        assert phrases_of(original) <= row["phrases"].keys(), slug


def test_every_figure_year_and_amount_stands_in_the_translation(translations):
    wrong = [
        (slug, name, text, said) for slug, name, text, said in pairs(translations) if figures(text) != figures(said)
    ]
    assert wrong == []


def test_lengths_are_within_their_bounds(translations):
    for slug, name, text, said in pairs(translations):
        assert said.strip() and len(said) <= MOST.get(name, 10_000), (slug, name)
        if len(text) > SENTENCE:
            assert SHORTEST < len(said) / len(text) < LONGEST, (slug, name, len(text), len(said))


def test_no_sentence_is_left_in_english(translations):
    same = [said for _slug, _name, text, said in pairs(translations) if text == said and len(text.split()) > 3]
    # The programme's own name, in Spanish already.
    assert set(same) <= {"Centro Municipal Ciudadanos Integrados"}


def test_a_lost_figure_is_found():
    assert figures("1,200 families in 2019") == figures("1.200 familias en 2019") != figures("200 familias en 2019")
