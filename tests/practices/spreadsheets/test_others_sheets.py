"""Other people's sheets at the desk: columns are matched once; a template; and an import that is taken back."""

import io

import pytest
from django.core.management import call_command
from django.db.models import F
from openpyxl import load_workbook

from practices.models import Practice, SheetImport
from practices.models.entries.record import record_of
from practices.models.entries.review import ReviewComment
from practices.models.entries.sheet_import import KEPT, UNDONE_WITHIN
from tests.forms import a_place
from tests.people import a_city, a_practice
from tests.practices.spreadsheets.sheets import ROW, book_of, exported, packed, reasons, rows_of, sheet
from tests.practices.spreadsheets.test_admin import IMPORT, chosen, pressed

pytestmark = pytest.mark.django_db
NETWORK = [
    {"City": "Quito", "Country": "Ecuador", "Project name": "Gardens", "Link": "https://www.quito.example/gardens"},
    {"City": "Amman", "Country": "Jordan", "Project name": "Parks", "Link": "https://www.amman.example/parks"},
]
FIXED = {
    "fixed_summary": "To be written.", "fixed_themes": "housing", "fixed_instrument": "space",
    "fixed_source_1_title": "The city’s page", "fixed_source_1_publisher": "The city",
}  # fmt: skip


def form_data(page):
    return {name: field.initial or "" for name, field in page.context["form"].fields.items()}


# --- columns of others ---------------------------------------------------------------------


def test_a_networks_own_sheet_is_matched_and_the_match_is_kept(admin_client):
    quito, amman = a_city("Quito", "EC"), a_city("Amman", "JO")
    page = chosen(admin_client, packed(book_of(*NETWORK, above=[["Our cities, 2026"], []])), "network.xlsx")
    assert "read the column names from line 3" in page.text.replace("\n", " ").replace("        ", "")
    data = form_data(page)
    assert [data[f"column_{place}"] for place in range(4)] == ["city", "country", "title", "source 1 url"]
    planned = pressed(admin_client, page, "match", **(data | FIXED))
    assert "2 new, as drafts." in planned.text
    pressed(admin_client, planned)
    gardens = Practice.objects.get(city=quito)
    assert (gardens.title, gardens.slug, gardens.themes) == ("Gardens", "gardens-quito", ["housing"])
    assert gardens.sources.get().url == "https://www.quito.example/gardens"
    # Next year's sheet needs no question, and knows its entries again.
    later = NETWORK[1] | {"Project name": "Parks for all"}
    again = chosen(admin_client, packed(book_of(NETWORK[0], later)))
    assert "project name → title" in again.text
    assert Practice.objects.filter(city=amman).count() == 1


def test_one_unknown_column_is_asked_for_and_may_be_left_out(admin_client):
    a_city("Quito", "EC")
    page = chosen(admin_client, sheet(ROW | {"internal no.": "17"}))
    data = form_data(page)
    assert "“internal no.”" in page.text and "For example: 17" in page.text
    planned = pressed(admin_client, page, "match", **data)
    assert "1 new, as drafts." in planned.text
    # The choice can be looked at again.
    assert admin_client.get(f"{planned.request['PATH_INFO']}?match=1").context["form"]


@pytest.mark.parametrize(
    ("choices", "said"),
    [
        ({"column_0": "title", "column_2": "title"}, "Chosen for two columns"),
        ({"column_0": "", "column_2": ""}, "the columns of the title and the city"),
        ({"column_0": "no such column"}, "no such column"),
    ],
)
def test_a_match_that_cannot_be_is_told(admin_client, choices, said):
    page = chosen(admin_client, sheet(*NETWORK))
    answer = admin_client.post(page.request["PATH_INFO"], {"act": "match"} | form_data(page) | choices)
    assert answer.status_code == 200 and said in answer.text
    assert SheetImport.objects.get().columns == {}


def test_a_file_without_any_known_column_can_be_matched(admin_client):
    a_city("Quito", "EC")
    page = chosen(admin_client, "Ciudad;Proyecto;Descripción\nQuito;Jardines;Para todos\n".encode())
    data = form_data(page) | {"column_0": "city", "column_1": "title", "column_2": "summary"}
    planned = pressed(admin_client, page, "match", **(data | FIXED | {"fixed_summary": ""}))
    pressed(admin_client, planned)
    assert Practice.objects.get().summary == "Para todos"


def test_a_city_that_the_gazetteer_knows_is_added_with_the_import(admin_client):
    place = a_place()
    page = chosen(admin_client, sheet(ROW | {"city": place.name, "country": place.country}))
    assert f"{place} is added to the cities." in page.text
    assert not Practice.objects.exists()
    pressed(admin_client, page)
    assert Practice.objects.get().city.geonames_id == place.pk


# --- the template ---------------------------------------------------------------------------


def test_the_template_explains_its_codes_and_can_be_filled_in(admin_client):
    a_city("Quito", "EC")
    book = load_workbook(io.BytesIO(admin_client.get(f"{IMPORT}template/").content))
    entries, codes = book.worksheets
    columns = [cell.value for cell in entries[1]]
    assert {"title", "city", "country", "themes", "status", "source 1 url"} <= set(columns)
    explained = {(row[0].value, row[2].value): row[3].value for row in codes.iter_rows(min_row=2)}
    assert explained[("themes", "housing")] == "Housing" and explained[("status", "ongoing")] == "Ongoing"
    offered = {}
    for choice in entries.data_validations.dataValidation:
        letter = "".join(filter(str.isalpha, str(choice.sqref).partition(":")[0]))
        first, last = choice.formula1.removeprefix("Codes!").split(":")
        listed = [codes.cell(row, 3).value for row in range(int(first[3:]), int(last[3:]) + 1)]
        offered[columns[entries[f"{letter}1"].column - 1]] = listed
    assert offered["status"] == ["ongoing", "completed", "unknown"]
    assert "housing" in offered["themes"] and {"instrument", "cost_band", "evidence_level"} <= set(offered)
    assert entries.column_dimensions["B"].width > 8
    row = {
        "title": "Gardens",
        "city": "Quito",
        "summary": "For all.",
        "themes": "housing, health",
        "instrument": "space",
    }
    for name, text in row.items():
        entries.cell(2, columns.index(name) + 1, text)
    pressed(admin_client, chosen(admin_client, packed(book), "practices-template.xlsx"))
    assert Practice.objects.get().slug == "gardens-quito"


# --- an older sheet without revisions ----------------------------------------------------------


def edited(practice, by, **facts):
    from practices.models.entries.version import Version

    Version.objects.keep([practice.pk])
    Practice.objects.filter(pk=practice.pk).update(**facts)
    Version.objects.keep([practice.pk], by=by)


def test_an_older_sheet_without_revisions_does_not_undo_an_edit(admin_user):
    practice = a_practice("Parks", slug="parks", lead="The city")
    [row] = rows_of(exported())
    del row["revision"]
    edited(practice, admin_user, lead="The mayor")
    [[told]] = reasons(sheet(row | {"summary": "Other."})).values()
    assert "by admin, and the sheet is older (Led by)" in told


def test_a_newer_sheet_without_revisions_is_taken_and_told_where_it_may_be_older(admin_user):
    from tests.practices.spreadsheets.sheets import plan_of

    practice = a_practice("Parks", slug="parks", lead="The city")
    edited(practice, admin_user, lead="The mayor")
    [row] = rows_of(exported())
    del row["revision"]
    [change] = plan_of(sheet(row | {"summary": "Other."})).changes
    assert (change.outcome, change.notes) == ("changed", [])
    [change] = plan_of(sheet(row | {"lead": "The council"})).changes
    assert change.outcome == "changed" and "changed here on" in change.notes[0]


# --- taken back --------------------------------------------------------------------------------


@pytest.fixture
def saved(admin_client):
    """An import of three new drafts and one change; the page that tells so."""
    a_city("Quito", "EC")
    a_practice("Parks", slug="parks", lead="The city")
    [row] = rows_of(exported())
    rows = [ROW | {"slug": f"a-{number}"} for number in range(3)]
    page = pressed(admin_client, chosen(admin_client, sheet(*rows, row | {"lead": "The mayor"})))
    assert Practice.objects.count() == 4 and "Undo this import" in page.text
    return page


def test_an_import_is_taken_back_whole(admin_client, admin_user, saved):
    done = pressed(admin_client, saved, "undo")
    assert "was undone by admin" in " ".join(done.text.split())
    entry = Practice.objects.get()
    assert entry.lead == "The city"
    assert entry.versions.first().note == "Import undone: practices.csv" and entry.versions.first().by == admin_user
    assert "undone by admin" in " ".join(admin_client.get(IMPORT).text.split())
    assert pressed(admin_client, saved, "undo").told != []


def test_what_somebody_changed_since_is_named_and_stays(admin_client, admin_user, saved):
    Practice.objects.filter(slug="a-0").update(lead="Somebody")
    ReviewComment.objects.create(practice=Practice.objects.get(slug="a-1"), by=admin_user, text="Good.")
    page = pressed(admin_client, saved, "undo")
    assert "Nothing was undone: entries have changed since then (2)." in page.text
    assert page.text.count("<li>Gardens: it was changed since</li>") == 1
    assert page.text.count("<li>Gardens: something was added to it since</li>") == 1
    assert Practice.objects.count() == 4
    pressed(admin_client, page, "undo-rest")
    assert set(Practice.objects.values_list("slug", "lead")) == {
        ("a-0", "Somebody"),
        ("a-1", ""),
        ("parks", "The city"),
    }


def test_a_draft_that_was_published_since_stays(admin_client, admin_user, saved):
    Practice.objects.get(slug="a-0").submit(by=admin_user)
    page = pressed(admin_client, saved, "undo")
    assert "These entries have been changed since then:" in page.text
    assert Practice.objects.count() == 4


def test_after_48_hours_nothing_is_taken_back(admin_client, saved):
    before = [record_of(entry) for entry in Practice.objects.order_by("pk")]
    SheetImport.objects.update(saved_at=F("saved_at") - UNDONE_WITHIN)
    assert "Undo this import" not in admin_client.get(saved.request["PATH_INFO"]).text
    assert pressed(admin_client, saved, "undo").told == [
        "Nothing was done: this page was not up to date. Look again, please."
    ]
    assert [record_of(entry) for entry in Practice.objects.order_by("pk")] == before


def test_a_week_later_the_file_is_gone_and_the_log_stays(admin_client, saved):
    SheetImport.objects.update(at=F("at") - KEPT)
    call_command("tidy", verbosity=0)
    one = SheetImport.objects.get()
    assert one.content is None and one.rows.filter(cells={}, changes=[]).count() == one.rows.count()
    assert one.counts == {"new": 3, "changed": 1}
    assert admin_client.get(saved.request["PATH_INFO"]).status_code == 200
