"""The glossary drives the translations: where an English text uses one of its terms, a translation uses an agreed form."""

import re
from functools import cache

import pytest
from django.conf import settings
from django.utils.translation import override

from practices.vocabularies.facets import BY_NAME
from practices.vocabularies.glossary import ORIGINAL, TERMS
from tests.practices.loading import starter
from tests.practices.loading.starter import KINDS

LANGUAGES = [code for code, _name in settings.LANGUAGES if code != ORIGINAL]
AGREED = [term for term in TERMS if term.forms[ORIGINAL]]
MARKS_OF_ARABIC = re.compile("[\u064b-\u0652\u0640]")  # short vowels and the stretched line
# Right without the form: entry and term.
RIGHT_OTHERWISE = {
    ("daami-dignified-relocation-hargeisa", "resettlement"): "households that moved within the city",
    ("asked-first-local-integration-bunia", "refugee"): "the French name of a commission",
}


def plain(text: str) -> str:
    return MARKS_OF_ARABIC.sub("", text.replace("’", "'").casefold())


@cache
def pattern(language: str, forms: tuple[str, ...]) -> re.Pattern:
    """Finds the forms in a plain text; words of Arabic may begin with an article or a preposition."""
    start = "" if language == "ar" else r"\b"
    ways = [[re.escape(word) + r"\w*" for word in plain(form).split()] for form in forms]
    return re.compile("|".join(start + r"[\s-]+".join(words) for words in ways))


def says(language: str, term, text: str) -> bool:
    return bool(pattern(language, term.forms[language]).search(plain(text)))


@cache
def pairs(language: str) -> list[tuple[str, str, str]]:
    """The entry (or document, or network), an English text of it, its translation."""
    found = [pair for kind in KINDS for pair in starter.pairs(kind, language)]
    return [(slug, text, said) for slug, _place, text, said in found]


def places_with_other_words(language: str, term) -> list[tuple[str, str]]:
    """A name may stay in English."""
    return [
        (slug, translation)
        for slug, text, translation in pairs(language)
        if says(ORIGINAL, term, text)
        and not says(language, term, translation)
        and not says(ORIGINAL, term, translation)
        and (slug, term.code) not in RIGHT_OTHERWISE
    ]


@pytest.mark.parametrize("term", AGREED, ids=lambda term: term.code)
def test_a_term_is_called_by_its_own_form(term):
    for language in LANGUAGES:
        assert term.forms[language], language
        assert says(language, term, term.names[language]), language


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("term", AGREED, ids=lambda term: term.code)
def test_translations_of_entries_use_the_agreed_words(term, language):
    assert places_with_other_words(language, term) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_filters_use_the_agreed_words(language):
    with override(language):
        other = [
            (term.code, label)
            for term in AGREED
            if term.tag and not says(language, term, label := BY_NAME[term.facet].vocabulary.label(term.tag_code))
        ]
    assert other == []


def test_another_word_is_noticed():
    term = next(term for term in AGREED if term.code == "asylum-seeker")
    assert says("fr", term, "Des demandeuses d’asile y travaillent")
    assert says("ar", term, "لطالبي اللجوء")
    assert not says("fr", term, "Des réfugiés y travaillent")
    assert not says("pt", term, "solicitantes de refúgio")


def test_every_term_is_met_in_the_texts():
    english = [text for _slug, text, _translation in pairs("fr")]
    assert [term.code for term in AGREED if not any(says(ORIGINAL, term, text) for text in english)] == []
