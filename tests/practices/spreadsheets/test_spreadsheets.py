"""Spreadsheets: out and back without a loss, every change seen, all rows or none."""

import io
import random
import zipfile

import pytest
from django.db import connection
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as some
from openpyxl import Workbook, load_workbook

from citysolidarity.forms.formula_guard import STARTS, guard, unguard
from practices.models import Figure, FormerAddress, Practice
from practices.models.entries.record import record_of
from practices.spreadsheets import BadSheet, read_sheet, write_csv, write_xlsx
from tests.people import a_city, a_practice
from tests.practices.spreadsheets.sheets import (
    ROW,
    exported,
    imported,
    packed,
    plan_of,
    reasons,
    rows_of,
    sheet,
)

pytestmark = pytest.mark.django_db
kinds = pytest.mark.parametrize("kind", ["csv", "xlsx"])
ODD = [
    "=HYPERLINK(\"http://evil.example\")", "+1", "-1", "@x", "＝1", "'=1", "''", "'s-Hertogenbosch", "'", " around ",
    "one,two;three", "a\r\nb\rc\nd", "tab\there", "bell\a", "\"quoted\"", "1.0", "0012", "TRUE", "#N/A", "2015-01-01",
    "Łódź 城市 مدينة", "e\u0301", "_x0041_", "null", "🙂",
]  # fmt: skip


# --- out and back -------------------------------------------------------------------------


@kinds
def test_an_export_read_back_changes_nothing(kind):
    city = a_city()
    for number, text in enumerate(ODD):
        practice = a_practice(
            text[:120], city, summary=text, challenge=text, lead=text, partners=[text, "Ministry of Health, Labour"],
            sdgs=["11", "5"], themes=["housing", "health"], started=2015, evidence_level=0, cost_band="under-50k",
            cost_currency="EUR", cost_year=2020, published_at=timezone.now() if number % 2 else None,
        )  # fmt: skip
        practice.sources.create(title=text, publisher=text, url="https://example.org/?a=1&b=2", language="fr")
    before = [record_of(one) for one in Practice.objects.order_by("pk")]
    plan = plan_of(exported(kind))
    assert dict(plan.counts) == {"unchanged": len(ODD)}
    plan.carry_out()
    assert [record_of(one) for one in Practice.objects.order_by("pk")] == before


@kinds
@given(cells=some.lists(some.text(some.characters(exclude_categories=["Cs", "Cc"])), min_size=1, max_size=4))
def test_any_text_comes_back_from_a_file_as_it_was(kind, cells):
    columns = ["slug", *(f"column {number}" for number in range(len(cells)))]
    content = {"csv": write_csv, "xlsx": write_xlsx}[kind]([columns, ["a", *cells]])
    [(_line, row)] = read_sheet("x", content).rows
    assert list(row.values()) == ["a", *cells]


@given(some.text(some.sampled_from([*STARTS, "'", "a"])))
def test_no_guarded_text_begins_a_formula_and_each_comes_back(text):
    assert not guard(text).startswith(tuple(STARTS))
    assert unguard(guard(text)) == text


@kinds
def test_no_cell_of_an_export_begins_a_formula(kind):
    a_practice("=1+1", summary="@SUM(A1)", lead="-2+3", partners=["+4"])
    content = exported(kind)
    if kind == "csv":
        cells = [cell for row in rows_of(content) for cell in row.values()]
    else:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            assert b"<f>" not in packed.read("xl/worksheets/sheet1.xml")
        cells = [str(cell or "") for row in load_workbook(io.BytesIO(content)).active.values for cell in row]
    assert "'=1+1" in cells
    assert [cell for cell in cells if cell.startswith(tuple(STARTS))] == []


def test_an_export_asks_as_often_for_many_as_for_few(django_assert_num_queries):
    for number in range(3):
        a_practice(f"Practice {number}")
    with django_assert_num_queries(2):
        exported()


def test_a_workbook_never_cuts_a_text_short():
    a_practice(challenge="x" * 40_000)
    with pytest.raises(BadSheet, match="take CSV"):
        exported("xlsx")
    assert dict(plan_of(exported("csv")).counts) == {"unchanged": 1}


# --- what a file looks like ---------------------------------------------------------------


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_commas_semicolons_and_tabs_are_recognised_with_and_without_a_mark(delimiter, encoding):
    a_city("Quito", "EC")
    content = sheet(ROW | {"title": "Jardins, forêts; places"}, delimiter=delimiter, encoding=encoding)
    [change] = plan_of(content).changes
    assert (change.outcome, change.record["title"]) == ("new", "Jardins, forêts; places")


def test_a_row_with_a_formula_or_an_error_is_refused_by_its_cell_and_no_other_row():
    a_city("Quito", "EC")
    rows = [ROW | {"lessons": "=1+1"}, ROW | {"slug": "b", "lessons": "#N/A"}, ROW | {"slug": "c", "lessons": "#1"}]
    book = Workbook()
    for row in ([*ROW, "lessons"], *([*row.values()] for row in rows)):
        book.active.append(row)
    assert reasons(packed(book)) == {
        2: ["cell J2 (lessons) holds a formula: paste its value instead: =1+1"],
        3: ["cell J3 (lessons) is an error of the spreadsheet: #N/A"],
    }


@pytest.mark.parametrize("text", ["#N/A", "#DIV/0!", "#NAME?", "#BEZUG!", "#¿NOMBRE?", "#Н/Д", "Err:502"])
def test_an_error_of_any_language_is_no_text_in_csv_either(text):
    a_city("Quito", "EC")
    assert reasons(sheet(ROW | {"lessons": text})) == {2: [f"cell J2 (lessons) is an error of the spreadsheet: {text}"]}


def test_blank_rows_are_passed_over_and_lines_are_counted_as_a_spreadsheet_program_shows_them():
    a_city("Quito", "EC")
    content = sheet(ROW | {"challenge": "One.\nTwo."}) + b"\n,,,\n" + b"gardens,,,,,,,,\n"
    assert list(reasons(content)) == [5]


# --- what would change ----------------------------------------------------------------------


def test_every_row_is_new_changed_unchanged_or_refused_with_its_reason():
    a_city("Quito", "EC")
    kept, changed = a_practice("Kept", slug="kept"), a_practice("Old title", slug="changed")
    rows = rows_of(exported())
    rows[1]["title"] = "New title"
    plan = plan_of(sheet(*rows, ROW, ROW | {"slug": "b", "themes": "houses", "city": "atlantis-xx"}))
    assert [change.outcome for change in plan.changes] == ["unchanged", "changed", "new", "refused"]
    [difference] = plan.changes[1].differences
    assert (difference.label, difference.before, difference.after) == ("Title", "Old title", "New title")
    assert plan.changes[3].reasons == [
        "theme 'houses' is unknown; allowed are social-cohesion, participation, welcome, employment, housing, education, "
        "health, rights, reception, environment, governance, culture-sport",
        "city 'atlantis-xx' is not here: write its address, such as berlin-de, or add the city first",
    ]
    assert kept.revision == Practice.objects.get(pk=kept.pk).revision - 1  # its source was added after it
    with pytest.raises(ValueError, match="refused"):
        plan.carry_out()
    assert Practice.objects.get(pk=changed.pk).title == "Old title"
    assert Practice.objects.count() == 2


REFUSED = {
    "no title": ({"title": ""}, "title is missing"),
    "a long title": ({"title": "x" * 121}, "title has 121 characters; 120 are allowed"),
    "a long summary": ({"summary": "é" * 281}, "summary has 281 characters; 280 are allowed"),
    "no theme": ({"themes": ""}, "themes is missing"),
    "four themes": ({"themes": "housing; health; rights; welcome"}, "has 4 themes; one to three are allowed"),
    "an unknown instrument": ({"instrument": "law"}, "instrument 'law' is unknown"),
    "a year in words": ({"started": "soon"}, "started 'soon' is not a whole number"),
    "a far year": ({"started": "20024"}, "started 20024 is not between 1900 and 2100"),
    "the end first": ({"started": "2015", "ended": "2014"}, "ended in 2014, before it started in 2015"),
    "running and ended": ({"status": "ongoing", "ended": "2014"}, "is said to be ongoing and to have ended in 2014"),
    "cost without a year": ({"cost_band": "none-such"}, "cost_band 'none-such' is unknown"),
    "cost without currency": ({"cost_band": "under-50k"}, "cost_band stands without cost_currency and cost_year"),
    "a high level": ({"evidence_level": "6"}, "evidence_level 6 is not between 0 and 5"),
    "a script for a source": ({"source 1 url": "javascript:alert(1)"}, "does not start with http:// or https://"),
    "half a source": ({"source 1 publisher": ""}, "source 1: publisher is missing"),
    "an odd copy": ({"source 1 archived_url": "x"}, "source 1: archived_url 'x' does not start with http"),
    "an odd slug": ({"slug": "Gärten"}, "is not made of small letters, digits and hyphens"),
    "a page's slug": ({"slug": "share"}, "belongs to a page of the site"),
    "a slug given up": ({"slug": "gone"}, "was an address of this site"),
    "no slug and no title": ({"slug": "", "title": ""}, "slug is missing"),
    "a lost letter": ({"title": "M\ufffdnchen"}, "holds \ufffd, where a letter was lost in copying"),
    "a year to come": ({"started": "2051"}, "started 2051 is still far away"),
    "a cost to come": ({"cost_year": "2051"}, "cost_year 2051 is still far away"),
    "a link of a mail filter": ({"source 1 url": "https://x.mimecast.com/s/abc"}, "goes through an e-mail filter"),
    "no language": ({"language": "English"}, "language 'English' is not a code such as en"),
}


@pytest.mark.parametrize(("change", "said"), REFUSED.values(), ids=REFUSED)
def test_a_row_that_cannot_be_is_refused_with_its_reason(change, said):
    a_city("Quito", "EC")
    FormerAddress.objects.create(path="/practices/gone/", moved_to="/practices/here/")
    [(line, told)] = reasons(sheet(ROW | change)).items()
    assert line == 2
    assert any(said in reason for reason in told), told


def test_what_the_rows_let_pass_the_database_takes():
    a_city("Quito", "EC")
    imported(sheet(*(ROW | {"slug": f"a-{number}"} | facts for number, facts in enumerate([
        {"started": "1900", "ended": "2020"}, {"evidence_level": "5"}, {"status": "completed", "language": "pt-BR"},
        {"cost_band": "under-50k", "cost_currency": "USD", "cost_year": "2020"}, {"source 1 year": "1900"},
        {"populations": "refugees, idps", "groups": "women", "contexts": "protracted", "sdgs": "11", "gcr_objectives": "4"},
        {"title": "x" * 120, "summary": "é" * 280, "area": "x" * 120, "lead": "x" * 200, "partners": "x" * 200},
        {"source 1 title": "", "source 1 publisher": "", "source 1 url": ""},
    ]))))  # fmt: skip
    connection.check_constraints()
    assert Practice.objects.count() == 8


def test_the_same_entry_twice_is_refused_by_its_second_line():
    a_city("Quito", "EC")
    assert reasons(sheet(ROW, ROW)) == {3: ["slug 'gardens-quito' stands on line 2 already"]}


def test_a_sheet_made_before_somebody_edited_an_entry_does_not_undo_the_edit():
    practice = a_practice(slug="parks")
    other = a_practice("Other", slug="other")
    rows = rows_of(exported())
    Practice.objects.filter(pk=practice.pk).update(lead="The mayor")
    rows[1]["title"] = "Changed"
    seen, now = practice.revision + 1, practice.revision + 2
    told = f"was changed here since the sheet was made (revision {seen}, now {now}): export it again"
    assert reasons(sheet(*rows)) == {2: [told]}
    assert plan_of(sheet(rows[1])).changes[0].practice == other


def test_columns_left_out_stay_as_they_are():
    practice = a_practice(slug="parks", challenge="Rents rose.")
    practice.sources.create(title="B", publisher="B", url="https://example.org/b")
    before = record_of(Practice.objects.get())
    imported(sheet({"slug": "parks", "lead": "The mayor"}))
    assert record_of(Practice.objects.get()) == before | {"lead": "The mayor"}


def test_a_source_that_a_figure_rests_on_is_not_left_out():
    practice = a_practice(slug="parks")
    Figure.objects.create(practice=practice, value="12", what="parks", year=2020, source=practice.sources.get())
    [row] = rows_of(exported())
    row |= {"source 1 title": "Another", "source 1 url": "https://example.org/other"}
    assert reasons(sheet(row)) == {2: ["a figure or fact is based on the source 'A report', so it cannot be left out"]}


def test_a_public_entry_keeps_a_source():
    a_practice(slug="parks")
    [row] = rows_of(exported())
    for column in row:
        row[column] = "" if column.startswith("source") else row[column]
    assert reasons(sheet(row)) == {2: ["is published and keeps at least one source"]}


# --- carried out ------------------------------------------------------------------------------


def test_an_import_saves_new_entries_as_drafts_and_keeps_versions(admin_user):
    a_city("Quito", "EC")
    practice = a_practice(slug="parks", challenge="Rents rose.")
    [row] = rows_of(exported())
    plan = imported(sheet(row | {"challenge": "Rents doubled."}, ROW), by=admin_user)
    assert dict(plan.counts) == {"changed": 1, "new": 1}
    new = Practice.objects.get(slug="gardens-quito")
    assert (new.state, new.sources.get().title, new.city.slug) == ("draft", "A report", "quito-ec")
    assert new.tags
    assert (new.versions.get().by, new.versions.get().revision) == (admin_user, new.revision)
    assert new.versions.get().record == record_of(new)
    now, before = practice.versions.all()
    assert (before.record["challenge"], now.record["challenge"]) == ("Rents rose.", "Rents doubled.")
    assert (now.by, now.note) == (admin_user, "practices.csv")
    assert Practice.objects.get(slug="parks").state == "public"
    assert dict(plan_of(exported()).counts) == {"unchanged": 2}


def test_any_export_with_any_change_of_order_still_changes_nothing():
    city = a_city()
    for number in range(5):
        a_practice(f"Practice {number}", city)
    rows = rows_of(exported())
    random.Random(7).shuffle(rows)
    columns = list(rows[0])
    random.Random(7).shuffle(columns)
    assert dict(plan_of(sheet(*({name: row[name] for name in columns} for row in rows))).counts) == {"unchanged": 5}


def test_a_sheet_is_cleaned_as_the_forms_are():
    a_city("Quito", "EC")
    odd = {
        "title": "Coor\u00addination Cen\u00adtre\x0bfor all", "approach": "\uf0b7 Courses\u200b\x07", "partners": "- UNHCR\n• IOM\n+Más",
        "source 1 url": "HTTPS://eur02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fa.example%2FNr%205.pdf&data=x",
        "cost_band": "under-50k", "cost_currency": "eur", "cost_year": "2020",
    }  # fmt: skip
    imported(sheet(ROW | odd))
    entry = Practice.objects.get()
    assert (entry.title, entry.approach) == ("Coordination Centre for all", "• Courses")
    assert (entry.partners, entry.cost_currency) == (["UNHCR", "IOM", "+Más"], "EUR")
    assert entry.sources.get().url == "https://a.example/Nr%205.pdf"
