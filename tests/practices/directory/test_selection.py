"""A search has one address: known values, fixed order, no blanks, no defaults."""

from urllib.parse import quote_plus

import pytest
from django.http import QueryDict

from practices.directory.filters import PracticeFilter
from practices.directory.selection import Selection
from practices.vocabularies.facets import FACETS


def read(query: str) -> Selection:
    """The selection that an address says."""
    return PracticeFilter(QueryDict(query), queryset=None).selection


@pytest.mark.parametrize(
    ("asked", "canonical"),
    [
        ("", ""),
        ("q=&theme=&page=1&view=list&sort=current", ""),
        ("page=2&theme=housing&q=school", "?q=school&theme=housing&page=2"),
        ("theme=housing&theme=health&theme=housing", "?theme=housing&theme=health"),
        ("theme=health&theme=housing", "?theme=housing&theme=health"),
        ("q=school&sort=match", "?q=school"),
        ("sort=match", ""),
        ("q=%00%01", ""),
        ("country=JO&country=XX&country=jo", "?country=JO"),
        ("since=2024&until=2010", "?since=2010&until=2024"),
        ("since=%D9%A2%D9%A0%D9%A1%D9%A5", "?since=2015"),
        ("since=1066&until=99999", ""),
        ("view=hologram&sort=best&theme=war", ""),
        ("page=0", ""),
        ("page=-1", ""),
        ("page=" + "1" + "0" * 30, ""),
        ("q=" + "a" * 10_000, "?q=" + "a" * 200),
        ("q=%25%27%22", "?q=%25%27%22"),
        ("unheard=of", ""),
    ],
)
def test_an_address_is_read_to_its_one_canonical_form(asked, canonical):
    assert read(asked).query() == canonical
    assert read(canonical.removeprefix("?")) == read(asked)


def test_toggling_adds_and_takes_away_and_returns_to_page_one():
    selection = read("theme=housing&page=3")
    both = selection.toggled("theme", "health")
    assert both.query() == "?theme=housing&theme=health"
    assert both.toggled("theme", "housing").query() == "?theme=health"
    assert selection.cleared().query() == ""
    assert read("view=map&q=school").cleared().query() == "?view=map"


def test_a_search_narrows_only_where_something_is_chosen():
    assert not read("view=table&sort=city&page=2").narrows
    assert read("signed=yes").narrows
    assert read("until=2020").narrows


def test_codes_need_no_quoting_in_an_address():
    """``Selection.narrowing`` writes them as they are."""
    codes = [code for facet in FACETS for code in facet.vocabulary.codes]
    assert codes
    assert [code for code in codes if quote_plus(code) != code] == []
