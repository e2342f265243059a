"""The starter directory in other languages: whole, within its bounds, and with every figure of the original."""

import re
from collections import Counter

import pytest

from practices.loading.translations import MOST
from practices.models.entries.phrases import PHRASE_LENGTH
from practices.models.entries.texts import TEXTS
from tests.practices.loading.starter import KINDS, LANGUAGES, originals, pairs, texts_of, translations

# English groups digits with a comma; others with a dot or a blank that does not break.
FIGURE = re.compile(r"\d+(?:[.,\u00a0\u202f]\d+)*")
# The share of the original's length within which a translation of a sentence or more stays.
SHORTEST, LONGEST = 0.55, 1.9
SENTENCE = 60  # characters
in_every_language = pytest.mark.parametrize("language", LANGUAGES)
of_every_kind = pytest.mark.parametrize("kind", KINDS)


def figures(text):
    """How often each figure stands in a text, by its digits alone."""
    return Counter(re.sub(r"\D", "", figure) for figure in FIGURE.findall(text))


def phrases_of(row):
    """Every phrase of a record's facts that has words, as it stands in the file."""
    parts = [row.get(name) or {} for name in ("staff", "startup", "cost")]
    found = [part.get("text") for part in parts] + [(row.get("evidence") or {}).get("why"), *row.get("conditions", [])]
    found.append((row.get("cost") or {}).get("band_basis"))
    found += [figure[name] for figure in row.get("figures", []) for name in ("what", "value")]
    found += [transfer.get("what") for name in ("learned_from", "taken_up_by") for transfer in row.get(name) or []]
    return {text for text in found if text and any(map(str.isalpha, text))}


@in_every_language
def test_every_practice_is_there_with_every_text_and_phrase(language):
    assert translations("practices", language).keys() == originals("practices").keys()
    for slug, row in translations("practices", language).items():
        original = originals("practices")[slug]
        assert {name for name in TEXTS if row.get(name)} == {name for name in TEXTS if original.get(name)}, slug
        assert phrases_of(original) <= row["phrases"].keys(), slug


@in_every_language
@pytest.mark.parametrize("kind", ["documents", "networks"])
def test_all_of_the_library_is_there_with_every_text(kind, language):
    assert translations(kind, language).keys() == originals(kind).keys()
    for slug, row in translations(kind, language).items():
        assert texts_of(kind, row).keys() == texts_of(kind, originals(kind)[slug]).keys(), slug


@of_every_kind
@in_every_language
def test_every_figure_year_and_amount_stands_in_the_translation(kind, language):
    wrong = [pair for pair in pairs(kind, language) if figures(pair[2]) != figures(pair[3])]
    assert wrong == []


@of_every_kind
@in_every_language
def test_lengths_are_within_their_bounds(kind, language):
    most = MOST if kind == "practices" else {}
    for slug, place, text, said in pairs(kind, language):
        limit = most.get(place, 10_000 if place in TEXTS and kind == "practices" else PHRASE_LENGTH)
        assert said.strip() and len(said) <= limit, (slug, place)
        if len(text) > SENTENCE:
            assert SHORTEST < len(said) / len(text) < LONGEST, (slug, place, len(text), len(said))


@of_every_kind
@in_every_language
def test_no_sentence_is_left_in_english(kind, language):
    same = [said for _slug, _place, text, said in pairs(kind, language) if text == said and len(text.split()) > 3]
    # The programme's own name, in Spanish already.
    assert set(same) <= {"Centro Municipal Ciudadanos Integrados"}


def test_a_lost_figure_is_found():
    assert figures("1,200 families in 2019") == figures("1.200 familias en 2019") != figures("200 familias en 2019")
