"""The directory as a table: what its columns say, and how its headings sort."""

import re

import pytest
from django.http import QueryDict
from django.urls import reverse

from practices.directory.columns import columns
from practices.directory.filters import read_selection
from practices.directory.selection import Selection
from practices.vocabularies.orders import COLUMN_SORTS, turned
from tests.people import a_city, a_practice

pytestmark = pytest.mark.django_db


@pytest.fixture
def titles(client):
    def read(query):
        page = client.get(f"{reverse('directory')}?view=table&{query}").text
        return re.findall(r'<th scope="row"><a [^>]*>([^<]+)</a>', page)

    return read


@pytest.fixture
def three():
    small, large = a_city("Altena", "DE", population=17_000), a_city("Berlin", "DE", population=3_600_000)
    euros = {"cost_currency": "EUR", "cost_year": 2021}
    a_practice("Small and cheap", small, cost_band="under-50k", evidence_level=1, started=2015, **euros)
    a_practice("Large and dear", large, cost_band="over-1m", evidence_level=4, started=2021, **euros)
    a_practice("Nobody knows", a_city("Nowhere", "FR"))


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize(
    ("sort", "first"),
    [
        ("size", "Small"), ("-size", "Large"), ("cost", "Small"), ("-cost", "Large"),
        ("evidence", "Small"), ("-evidence", "Large"), ("started", "Small"), ("-started", "Large"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("by_index", [True, False])
def test_a_heading_sorts_and_what_is_not_known_stands_last(titles, settings, sort, first, by_index):
    settings.SELECTION_INDEX = by_index
    found = titles(f"sort={sort}")
    assert found[0].startswith(first) and found[2] == "Nobody knows" and len(found) == 3


def test_a_second_click_turns_the_order_round():
    fresh = columns(Selection(view="table"))
    assert [column.label for column in fresh if not column.url] == ["Theme", "People, in figures"]
    assert not any(column.direction for column in fresh)
    assert "?sort=-evidence&view=table" in [column.url for column in fresh]
    sorted_by = {column.label: column for column in columns(Selection(view="table", sort="-evidence"))}
    assert sorted_by["Evidence"].direction == "descending"
    assert sorted_by["Evidence"].url == "?sort=evidence&view=table"
    assert sorted_by["City size"].direction == ""


@pytest.mark.parametrize("sort", COLUMN_SORTS)
def test_every_order_of_a_column_has_an_address(sort):
    selection = read_selection(QueryDict(f"sort={sort}&view=table&theme=housing"))
    assert selection.sort == sort and f"sort={sort}" in selection.query()
    assert turned(turned(sort)) == sort and turned(sort) in COLUMN_SORTS


def test_the_columns_say_size_cost_people_and_evidence_and_what_is_not_stated(client):
    known = a_practice(
        "Known",
        a_city("Berlin", "DE", population=3_600_000),
        cost_band="50k-250k",
        cost_currency="EUR",
        cost_year=2021,
        evidence_level=2,
        started=2016,
    )
    source = known.sources.get()
    known.figures.create(value="12 flats", what="set aside", year=2020, source=source)
    known.figures.create(value="1,200", what="people housed", year=2022, source=source)
    a_practice("Unknown", a_city("Nowhere", "FR"))
    page = " ".join(client.get(f"{reverse('directory')}?view=table").text.split())
    row = page.partition(">Known</a>")[2].partition("</tr>")[0]
    for words in ("Over 1.5 million", "50,000 – 250,000 a year", "EUR, 2021", "1,200", "people housed, 2022"):
        assert words in row
    assert "Change measured among those served" in row and "12 flats" not in row
    assert page.partition(">Unknown</a>")[2].partition("</tr>")[0].count("Not stated") == 3


def test_the_list_names_the_order_of_the_table_that_it_came_from(client):
    a_practice()
    page = client.get(f"{reverse('directory')}?sort=-evidence").text
    assert re.search(r'aria-current="true">Evidence</a>', page)
    assert "Yearly cost</a>" not in page
