"""The signatories as files: the same as the list, and safe to open in a spreadsheet."""

import csv
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from citysolidarity.caching.shared import FILE
from pledges.models import Signature
from pledges.signatories.exports import COLUMNS, plain
from pledges.signatories.views.export import signatories_csv
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
        one.city.name for one in Signature.objects.public().with_city().in_list_order()
    ]
    assert len(rows) == 136 and {row["standing"] for row in rows} == {"stated"}


def test_it_is_narrowed_down_as_the_list_is(starter, table):
    assert {row["country"] for row in table("?country=JP&year=2022&view=table&page=7")} == {"JP"}
    assert len(table("?country=JP&year=2022")) == 4


def test_days_sources_and_version_are_told(table):
    stated = a_stated(precision="between", not_before=date(2024, 1, 29), signed_on=date(2025, 5, 18))
    published = a_published(city=a_city("Berlin", "DE", official_domain="berlin.example"))
    second, first = table()
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


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\u00a0=1", "＝1", "＠A1"]
)
def test_whatever_a_spreadsheet_may_run_is_made_plain(text):
    assert plain(text) == f"'{text}"


@pytest.mark.parametrize("text", ["Amman", "Saint-Étienne", "2018-06-20", "", "（市）", "'s-Hertogenbosch", "a=b"])
def test_words_and_days_stay_as_they_are(text):
    assert plain(text) == text


def test_the_list_links_to_the_files_with_what_is_chosen(client):
    a_stated()
    page = client.get(reverse("signatories") + "?country=JO&view=table").text
    assert 'href="/api/v1/signatories.csv?country=JO"' in page
    assert 'href="/api/v1/signatories.json?country=JO"' in page


def test_json_says_the_same_as_csv(starter, client, table):
    answer = client.get("/api/v1/signatories.json?country=JP").json()
    assert answer["as_of"] == f"{timezone.localdate():%Y-%m-%d}"
    rows = table("?country=JP")
    assert len(rows) == len(answer["signatories"]) == 20
    for row, record in zip(rows, answer["signatories"], strict=True):
        told = {name: "\n".join(value) if isinstance(value, list) else value or "" for name, value in record.items()}
        assert told == row


@pytest.mark.parametrize("kind", ["csv", "json"])
def test_a_file_is_open_to_other_sites_and_kept_for_five_minutes(client, kind):
    answer = client.get(f"/api/v1/signatories.{kind}")
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert answer["Cache-Control"] == FILE


def test_a_file_is_the_same_in_every_language(starter, client):
    files = [
        client.get("/api/v1/signatories.csv?country=AT", headers={"accept-language": language}).content
        for language in ("en", "fr", "ar")
    ]
    assert files[0] == files[1] == files[2] and b"Austria" in files[0]


def test_every_column_is_documented():
    told = (Path(settings.BASE_DIR) / "docs" / "signatories.md").read_text("utf-8")
    assert [name for name in COLUMNS if f"`{name}`" not in told] == []
