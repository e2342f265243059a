"""What is taken away is what the directory shows, in files that the programs for them can read."""

import csv
import io
import json
import re
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from citysolidarity.opendata.downloads.formats import KINDS
from citysolidarity.opendata.downloads.rows import COLUMNS
from tests.people import a_city, a_practice

pytestmark = pytest.mark.django_db
FORMULA = '=HYPERLINK("https://evil.example")'
BASE = "/api/v1/practices"


@pytest.fixture
def entries():
    amman = a_city("Amman", "JO", latitude=-31.95, longitude=35.94)
    for number in range(5):
        a_practice(
            f"Parks & 100% “green” {number}",
            amman,
            slug=f"parks-{number}",
            summary=FORMULA if number == 3 else "Two\nlines, “quoted”",
            themes=["housing", "welcome"],
            started=2015,
            partners=["One", "Two"],
        )
    figure = {"value": "1,280", "what": "people", "year": 2020}
    entry = amman.practices.get(slug="parks-3")
    entry.figures.create(**figure, source=entry.sources.get())


def read(client, ending, query="", base=BASE):
    answer = client.get(f"{base}.{ending}{query}")
    assert answer.status_code == 200 and answer["Content-Type"] == KINDS[ending].content_type
    assert re.fullmatch(rf'attachment; filename="[\w-]+-\d{{4}}-\d\d-\d\d\.{ending}"', answer["Content-Disposition"])
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def rows_of(content):
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_csv_is_a_row_for_each_practice_and_runs_no_formula(client, entries):
    content = read(client, "csv", "?sort=newest")
    assert content.startswith(b"\xef\xbb\xbfslug,title,") and content.count(b"\r\n") == 6
    rows = rows_of(content)
    assert [row["slug"] for row in rows] == [f"parks-{number}" for number in reversed(range(5))]
    row = rows[1]
    assert row["summary"] == f"'{FORMULA}" and rows[0]["summary"] == "Two\nlines, “quoted”"
    assert (row["latitude"], row["started"], row["themes"]) == ("-31.95", "2015", "housing, welcome")
    assert (row["partners"], row["figures"]) == ("One\nTwo", "1,280 people (2020)")
    assert row["sources"] == "https://example.org/report" and row["url"].endswith("/en/practices/parks-3/")


def test_a_workbook_has_cells_of_their_kind_a_codebook_and_sources(client, entries):
    book = load_workbook(io.BytesIO(read(client, "xlsx", "?sort=newest")))
    assert book.sheetnames == ["practices", "codebook", "sources"]
    heading, first, second = list(book["practices"].iter_rows(values_only=True))[:3]
    assert heading == COLUMNS
    row = dict(zip(heading, first, strict=True))
    assert row["started"] == 2015 and row["latitude"] == -31.95 and row["is_machine_aided"] is False
    assert row["published_on"].date() == timezone.localdate() and row["ended"] is None
    assert dict(zip(heading, second, strict=True))["summary"] == f"'{FORMULA}"
    explained = list(book["codebook"].iter_rows(values_only=True))
    assert {row[0] for row in explained} >= set(COLUMNS)
    assert any(row[0] == "themes" and row[2] == "housing" for row in explained)
    assert next(book["sources"].iter_rows(min_row=2, values_only=True))[:3] == ("parks-4", 1, "A report")
    with ZipFile(io.BytesIO(read(client, "xlsx"))) as archive:
        for name in archive.namelist():
            if name.endswith(".xml"):
                ElementTree.fromstring(archive.read(name))


def test_json_lines_say_of_each_practice_what_the_api_says(client, entries):
    lines = read(client, "jsonl").decode().splitlines()
    for line in lines:
        record = json.loads(line)
        assert record == client.get(f"{BASE}/{record['slug']}").json()
    assert len(lines) == 5
    features = json.loads(read(client, "geojson"))["features"]
    assert {feature["id"] for feature in features} == {f"parks-{number}" for number in range(5)}
    assert features[0]["geometry"]["coordinates"] == [35.94, -31.95]


def test_references_can_be_read_by_programs_for_them(client, entries):
    items = json.loads(read(client, "csl.json", base=f"{BASE}/parks-3"))
    assert (items[0]["id"], items[0]["title"]) == ("parks-3", "Parks & 100% “green” 3")
    bibtex = read(client, "bib").decode()
    assert bibtex.count("@online{parks-") == 5 and r"Parks \& 100\% “green” 3" in bibtex
    assert bibtex.count("{") == bibtex.count("}")
    ris = read(client, "ris").decode().split("\r\n")
    assert ris.count("TY  - ELEC") == ris.count("ER  - ") == 5
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in ris if line)


@pytest.mark.parametrize("ending", [ending for ending in KINDS if ending != "xlsx"])
def test_a_stream_holds_the_same_bytes_in_the_same_language(client, entries, monkeypatch, ending):
    query = "?language=fr&sort=city"
    whole = read(client, ending, query)
    monkeypatch.setattr("citysolidarity.opendata.views.files.WHOLE", 1)
    monkeypatch.setattr("citysolidarity.opendata.downloads.rows.BATCH", 2)
    answer = client.get(f"{BASE}.{ending}{query}")
    assert answer.streaming and b"".join(answer.streaming_content) == whole
    if ending not in {"bib", "ris", "csl.json"}:
        assert b"Jordanie" in whole
    assert client.get(f"{BASE}.{ending}{query}", headers={"if-none-match": answer["ETag"]}).status_code == 304


def test_an_empty_selection_is_an_empty_file(client, entries):
    assert rows_of(read(client, "csv", "?theme=health")) == []
    assert json.loads(read(client, "csl.json", "?theme=health")) == []
    assert json.loads(read(client, "geojson", "?theme=health"))["features"] == []
    assert read(client, "jsonl", "?theme=health") == read(client, "bib", "?theme=health") == b""


def test_the_way_to_the_files_keeps_what_was_chosen(client, entries):
    page = client.get(reverse("directory") + "?theme=housing").text
    assert f'href="{reverse("take_away")}?theme=housing"' in page
    page = client.get(reverse("take_away") + "?theme=housing").text
    for ending in KINDS:
        assert f'href="/api/v1/practices.{ending}?theme=housing&amp;language=en"' in page
    assert "5 practices about housing" in page
    page = client.get(reverse("practice", args=["parks-1"])).text
    assert 'href="/api/v1/practices/parks-1.bib?language=en"' in page
