"""One list explains the words of the field in every language."""

import pytest
from django.conf import settings
from django.utils.translation import override

from citysolidarity.languages.alphabet import alphabetical
from practices.vocabularies import CONTEXTS, POPULATIONS
from practices.vocabularies.facets import BY_NAME, FACETS
from practices.vocabularies.glossary import GROUPS, SOURCES, TERMS, explaining, in_groups

LANGUAGES = [code for code, _name in settings.LANGUAGES]
LONGEST_SHORT = 240  # characters of what stands beside a filter


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.code)
def test_a_term_is_whole_in_every_language(term):
    assert list(term.names) == list(term.definitions) == LANGUAGES
    assert term.group in GROUPS
    assert term.references
    for language in LANGUAGES:
        assert term.names[language].strip() and not term.names[language].endswith(".")
        assert term.definitions[language].endswith(".")
        with override(language):
            assert term.definition.startswith(term.short)
            assert term.short.endswith(".") and 20 < len(term.short) <= LONGEST_SHORT
    assert len(set(term.definitions.values())) == len(LANGUAGES)


def test_codes_are_unique_and_can_be_anchors():
    codes = [term.code for term in TERMS] + list(GROUPS) + [f"source-{source.key}" for source in SOURCES]
    assert len(set(codes)) == len(codes)
    assert all(code.replace("-", "").isalpha() and code.islower() for code in codes)


def test_every_source_is_cited_and_has_a_year_or_an_address():
    cited = {reference.source.key for term in TERMS for reference in term.references}
    assert cited == {source.key for source in SOURCES}
    for source in SOURCES:
        assert source.title and source.publisher
        assert source.year or source.url
        assert not source.url or source.url.startswith("https://")


def test_a_reference_says_the_place_in_the_language_of_the_page():
    [convention, _glossary] = next(term for term in TERMS if term.code == "refugee").references
    assert convention.source.year == "1951"
    assert convention.place == "article 1 A (2)"


def test_every_tag_is_a_controlled_word():
    tagged = [term for term in TERMS if term.tag]
    assert all(term.tag_code in BY_NAME[term.facet].vocabulary.codes for term in tagged)


@pytest.mark.parametrize("vocabulary", [POPULATIONS, CONTEXTS])
def test_every_legal_status_and_situation_is_explained_in_the_order_of_its_filter(vocabulary):
    assert [term.tag_code for term in explaining(vocabulary.name)] == list(vocabulary.codes)


def test_some_values_are_explained_alone():
    assert [term.code for term in explaining("population", ["stateless", "refugees"])] == [
        "refugee",
        "stateless-person",
    ]


def test_two_filters_are_explained():
    assert [facet.name for facet in FACETS if facet.words] == ["population", "context"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_term_stands_in_one_group_from_a_to_z(language):
    with override(language):
        groups = in_groups()
        assert sorted(term.code for _key, _heading, terms in groups for term in terms) == sorted(
            term.code for term in TERMS
        )
        for _key, _heading, terms in groups:
            assert [alphabetical(term.name) for term in terms] == sorted(alphabetical(term.name) for term in terms)


def test_accents_and_the_arabic_article_do_not_move_a_word():
    assert sorted(["Réfugié", "zone", "Ecole", "école"], key=alphabetical) == ["Ecole", "école", "Réfugié", "zone"]
    assert sorted(["مهاجر", "المجتمع المضيف", "إدارة", "الإدماج"], key=alphabetical) == [
        "إدارة",
        "الإدماج",
        "المجتمع المضيف",
        "مهاجر",
    ]


def test_a_language_without_a_glossary_shows_the_original():
    with override("de"):
        assert TERMS[0].language == "en"
        assert TERMS[0].name == "Person forced to flee"
