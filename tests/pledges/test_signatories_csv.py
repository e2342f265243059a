"""The signatories as CSV: the same as the list, and safe to open in a spreadsheet."""

import csv
from datetime import date
from io import StringIO

import pytest

from pledges.exports import COLUMNS
from pledges.models import Signature
from pledges.views import signatories_csv
from tests.people import a_city
from tests.pledges.signers import a_published, a_stated

pytestmark = pytest.mark.django_db


@pytest.fixture
def table(rf):
    """The rows of the file at this query string."""

    def read(query=""):
        answer = signatories_csv(rf.get("/" + query))
        assert answer["Content-Type"] == "text/csv; charset=utf-8"
        assert answer["Content-Disposition"].startswith('attachment; filename="signatories-')
        return list(csv.DictReader(StringIO(answer.content.decode("utf-8-sig"), newline="")))

    return read


def test_it_holds_what_the_list_holds(starter, table):
    rows = table()
    assert [row["city"] for row in rows] == [
        one.city.name for one in Signature.objects.public().with_city().in_name_order()
    ]
    assert len(rows) == 129 and {row["standing"] for row in rows} == {"stated"}


def test_it_is_narrowed_down_as_the_list_is(starter, table):
    assert {row["country"] for row in table("?country=JP&year=2022&view=table&page=7")} == {"JP"}
    assert len(table("?country=JP&year=2022")) == 4


def test_days_sources_and_version_are_told(table):
    stated = a_stated(precision="between", not_before=date(2024, 1, 29), signed_on=date(2025, 5, 18))
    published = a_published(city=a_city("Berlin", "DE", official_domain="berlin.example"))
    first, second = table()
    assert (first["not_before"], first["signed_on"], first["precision"]) == ("2024-01-29", "2025-05-18", "between")
    assert first["sources"] == "https://example.org/list" and first["version"] == ""
    assert first["address"].endswith(stated.get_absolute_url()) and first["address"].startswith("http")
    assert second["version"] == f"en {published.version.number}" and second["standing"] == "verified"


def test_no_cell_is_a_formula(table):
    a_published(institution='=HYPERLINK("https://evil.example")', office="other", office_other="@mayor")
    [row] = table()
    assert row["institution"] == '\'=HYPERLINK("https://evil.example")'
    assert list(row) == list(COLUMNS)


def test_the_unnamed_are_not_in_it(table):
    a_published(visibility="counted")
    assert table() == []


def test_it_takes_four_statements_whatever_the_number(starter, rf, django_assert_num_queries):
    with django_assert_num_queries(4):
        signatories_csv(rf.get("/"))
