"""Every country has a region and a name that people can find it by."""

import json
from collections import Counter

import pytest
from django.conf import settings
from django.utils.translation import override
from django_countries import countries
from django_countries.data import COUNTRIES as ISO_NAMES

from practices.vocabularies import INCOMES
from practices.vocabularies.countries import (
    COUNTRY_CODES,
    INCOME_YEAR,
    REGIONS,
    country_name,
    country_names_in_every_language,
    income_of,
    region_of,
)


def test_every_iso_country_but_antarctica_has_a_region():
    assert set(COUNTRY_CODES) == set(ISO_NAMES) - {"AQ"} | {"XK"}
    assert list(COUNTRY_CODES) == sorted(COUNTRY_CODES)
    assert {region_of(code) for code in COUNTRY_CODES} == set(REGIONS)


def test_the_countries_offered_in_forms_are_those_with_a_region():
    assert {code for code, _ in countries} == set(COUNTRY_CODES)


def test_every_city_of_the_starter_directory_lies_in_a_region():
    lines = (settings.BASE_DIR / "fixtures" / "cities.jsonl").read_text(encoding="utf-8").splitlines()
    codes = {json.loads(line)["country"] for line in lines}
    assert len(codes) > 50
    assert {region_of(code) for code in codes} <= set(REGIONS)


@pytest.mark.parametrize(
    ("iso2", "slug"),
    [
        ("SD", "northern-africa"),
        ("SS", "sub-saharan-africa"),
        ("MX", "latin-america-and-the-caribbean"),
        ("GL", "northern-america"),
        ("KZ", "central-asia"),
        ("TW", "eastern-asia"),
        ("TL", "south-eastern-asia"),
        ("IR", "southern-asia"),
        ("CY", "western-asia"),
        ("TR", "western-asia"),
        ("RU", "eastern-europe"),
        ("GB", "northern-europe"),
        ("EE", "northern-europe"),
        ("XK", "southern-europe"),
        ("DE", "western-europe"),
        ("CX", "australia-and-new-zealand"),
        ("FJ", "melanesia"),
        ("NR", "micronesia"),
        ("PN", "polynesia"),
    ],
)
def test_a_country_lies_where_the_un_puts_it(iso2, slug):
    assert region_of(iso2) == slug


def test_the_regions_have_as_many_countries_as_in_m49():
    """The UN's own counts, of areas that also have an ISO code; XK is added to Southern Europe."""
    sizes = Counter(REGIONS[region_of(code)].m49 for code in COUNTRY_CODES)
    assert sizes == {
        "015": 7, "202": 53, "419": 52, "021": 5, "143": 5, "030": 8, "035": 11, "034": 9, "145": 18,
        "151": 10, "154": 16, "039": 17, "155": 9, "053": 6, "054": 5, "057": 8, "061": 10,
    }  # fmt: skip


@pytest.mark.parametrize("wrong", ["UKK", "UK", "de", "", "AQ", "A\x00"])
def test_an_unknown_country_is_named_in_the_error(wrong):
    for function in (region_of, country_name, country_names_in_every_language):
        with pytest.raises(KeyError) as caught:
            function(wrong)
        assert caught.value.args == (f"country {wrong!r} is unknown",)


@pytest.mark.parametrize(
    ("iso2", "name"),
    [
        ("XK", "Kosovo"),
        ("PS", "State of Palestine"),
        ("SY", "Syrian Arab Republic"),
        ("TR", "Türkiye"),
        ("CI", "Côte d'Ivoire"),
        ("BO", "Bolivia"),
        ("VE", "Venezuela"),
        ("TZ", "Tanzania"),
        ("IR", "Iran"),
        ("KR", "Republic of Korea"),
        ("MD", "Republic of Moldova"),
        ("CD", "Democratic Republic of the Congo"),
        ("CZ", "Czechia"),
        ("NL", "Netherlands"),
        ("GB", "United Kingdom"),
    ],
)
def test_a_country_bears_the_short_name_of_the_un(iso2, name):
    with override("en"):
        assert country_name(iso2) == name


@pytest.mark.parametrize(
    ("language", "name"),
    [("en", "Germany"), ("fr", "Allemagne"), ("es", "Alemania"), ("ar", "ألمانيا"), ("pt", "Alemanha")],
)
def test_a_country_is_named_in_the_active_language(language, name):
    with override(language):
        assert country_name("DE") == name


def test_a_region_is_labelled_as_the_un_words_it():
    with override("en"):
        assert [str(REGIONS[slug].label) for slug in ("south-eastern-asia", "sub-saharan-africa")] == [
            "South-eastern Asia",
            "Sub-Saharan Africa",
        ]


def test_a_country_can_be_searched_by_its_name_in_every_language():
    names = country_names_in_every_language("DE")
    assert names[:5] == ["Germany", "Allemagne", "Alemania", "ألمانيا", "Alemanha"]


def test_everyday_and_former_names_stay_findable():
    assert {"Türkiye", "Turkey", "Turquie", "تركيا"} <= set(country_names_in_every_language("TR"))
    assert {"Syria", "Syrie", "سوريا", "Síria"} <= set(country_names_in_every_language("SY"))
    assert {"South Korea", "Republic of Korea"} <= set(country_names_in_every_language("KR"))


def test_no_search_name_is_empty_repeated_or_broken_by_a_soft_hyphen():
    for code in COUNTRY_CODES:
        names = country_names_in_every_language(code)
        assert len(names) == len(set(names)) >= 1
        assert all(name and "\xad" not in name and "  " not in name for name in names)


def test_asking_for_names_leaves_the_active_language_alone():
    with override("fr"):
        country_names_in_every_language("DE")
        assert country_name("DE") == "Allemagne"


def test_every_income_group_is_a_known_one_of_a_known_country():
    groups = {code: income_of(code) for code in COUNTRY_CODES}
    assert Counter(groups.values()) == {
        "high": 82, "upper-middle": 53, "lower-middle": 54, "low": 26, "unknown": len(COUNTRY_CODES) - 215,
    }  # fmt: skip
    assert set(groups.values()) == set(INCOMES.codes)


@pytest.mark.parametrize(
    ("iso2", "group"),
    [
        ("JO", "lower-middle"),
        ("DE", "high"),
        ("CR", "upper-middle"),
        ("UG", "low"),
        ("BR", "upper-middle"),
    ],
)
def test_the_income_group_of_a_country(iso2, group):
    assert income_of(iso2) == group


def test_what_the_world_bank_does_not_classify_is_not_known():
    assert {income_of(code) for code in ("VE", "XK", "VA", "QQ")} == {"unknown"}


def test_the_table_of_incomes_names_its_source_and_its_year():
    head = (settings.BASE_DIR / "practices" / "data" / "income.csv").read_text("utf-8").partition("iso2,group")[0]
    assert "World Bank" in head and "CC BY 4.0" in head and f"fiscal year {INCOME_YEAR}" in head
