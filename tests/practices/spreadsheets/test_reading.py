"""Files as other programs and other people make them: what a person sees in them is what is read."""

import io
import zipfile

import pytest

from practices.models import Practice
from practices.spreadsheets import BadSheet, read_sheet
from tests.people import a_city, a_practice
from tests.practices.spreadsheets.sheets import (
    ROW,
    book_of,
    exported,
    imported,
    packed,
    plan_of,
    reasons,
    rows_of,
    sheet,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def quito(db):
    return a_city("Quito", "EC")


def rewritten(content: bytes, **changes) -> bytes:
    """A workbook with texts replaced in one of its parts: ``part`` and ``replace`` (old → new)."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = old.read(name)
            if name == changes["part"]:
                for before, after in changes["replace"].items():
                    assert before in text
                    text = text.replace(before, after)
            new.writestr(name, text)
    return out.getvalue()


def outcomes(content, **options):
    return dict(plan_of(content, **options).counts)


# --- other people's programs ---------------------------------------------------------------


@pytest.mark.parametrize("size", [b"A1", b"A1:A1", b"A1:B1", b"A1:XFD1048576"])
def test_all_rows_are_read_whatever_the_workbook_says_of_its_size(size):
    content = packed(book_of(ROW))
    content = rewritten(content, part="xl/worksheets/sheet1.xml", replace={b'ref="A1:I2"': b'ref="' + size + b'"'})
    assert outcomes(content) == {"new": 1}


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
@pytest.mark.parametrize("end", ["_x000D_\n", "_x000d_\n", "_x000D_"])
def test_carriage_returns_that_were_written_out_are_ends_of_lines(kind, end):
    row = ROW | {"lessons": f"line one{end}line two"}
    content = sheet(row) if kind == "csv" else packed(book_of(row))
    imported(content)
    assert Practice.objects.get().lessons == "line one\nline two"


def test_a_text_that_reads_like_a_written_out_character_comes_back_as_it_was():
    a_practice("A_x0041_B", slug="a", lessons="_x000G_ and _x005F_")
    assert outcomes(exported("xlsx")) == {"unchanged": 1}


@pytest.mark.parametrize("first", ["sep=;", "SEP=;", '"sep=;"', "sep=,", "sep=\t"])
def test_the_hint_for_excel_is_no_line_of_the_sheet(first):
    mark = "\t" if "\t" in first else "," if "," in first else ";"
    content = f"{first}\r\n".encode() + sheet(ROW, ROW | {"slug": "b", "started": "soon"}, delimiter=mark)
    assert list(reasons(content)) == [3]


@pytest.mark.parametrize("year", ["2015.0", "2015.00", "2015,0", "２０１５", "٢٠١٥", " 2015 "])
def test_a_year_is_a_year_however_it_is_written(year):
    imported(sheet(ROW | {"started": year}))
    assert Practice.objects.get().started == 2015


def test_numbers_of_a_workbook_are_read_alike():
    imported(packed(book_of(ROW | {"started": 2015, "ended": 2016.0, "sdgs": 11.0})))
    entry = Practice.objects.get()
    assert (entry.started, entry.ended, entry.sdgs) == (2015, 2016, ["11"])


def test_texts_and_addresses_are_read_as_the_forms_read_them():
    imported(sheet(ROW | {"title": "Coor\u00addination\u200b Cen\u00adtre", "source 1 url": "HTTPS://EXAMPLE.ORG/A"}))
    entry = Practice.objects.get()
    assert entry.title == "Coordination Centre"
    assert entry.sources.get().url.lower() == "https://example.org/a"


OTHER_FILES = {
    "OpenDocument": (
        {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<a/>"},
        "OpenDocument",
    ),
    "Word": ({"[Content_Types].xml": "<a/>", "word/document.xml": "<a/>"}, "Word"),
    "Numbers": ({"Index/Document.iwa": "x"}, "Numbers"),
    "binary": ({"[Content_Types].xml": "<a/>", "xl/workbook.bin": "x"}, "XLSB"),
    "packed": ({"sheet.csv": "slug"}, "unpack it"),
}


@pytest.mark.parametrize(("parts", "said"), OTHER_FILES.values(), ids=OTHER_FILES)
def test_another_kind_of_file_is_named(parts, said):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed_file:
        for name, text in parts.items():
            packed_file.writestr(name, text)
    with pytest.raises(BadSheet, match=said):
        read_sheet("x", out.getvalue())


def test_an_old_workbook_is_named():
    with pytest.raises(BadSheet, match="save it as XLSX"):
        read_sheet("x", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)


# --- other people's sheets -------------------------------------------------------------------


@pytest.mark.parametrize("above", [[["Practices, as of May"]], [[], ["Our sheet"], []], [["A", "B"], ["C"]]])
def test_lines_above_the_heading_are_passed_over(above):
    assert outcomes(packed(book_of(ROW, above=above))) == {"new": 1}
    lines = "".join(",".join(line) + "\r\n" for line in above)
    assert outcomes(lines.encode() + sheet(ROW)) == {"new": 1}


def test_the_sheet_with_the_entries_is_found_among_others():
    read_me = [["Please read"], ["Every row is a practice.", "And so on"]]
    assert outcomes(packed(book_of(ROW, before=[read_me, []]))) == {"new": 1}


def test_a_file_without_names_of_columns_is_told_what_it_holds():
    with pytest.raises(BadSheet, match=r"Line 1 holds: “ort”, “land”"):
        plan_of(b"Ort,Land\nQuito,Ecuador\n")


def test_an_unknown_column_is_told_with_the_way_out():
    with pytest.raises(BadSheet, match=r"'titel' \(perhaps “title”\).*in brackets, such as \(titel\)"):
        plan_of(sheet({"slug": "a", "titel": "b"}))
    assert outcomes(sheet(ROW | {"(titel)": "b"})) == {"new": 1}


def test_labels_are_read_like_codes():
    row = {
        "Title": "Gardens", "City": "Quito", "Summary": "Gardens for all.", "Themes": "Housing; Rights, status & documents",
        "Instrument": "Place or building", "Status": "Running", "Populations": "asylum seekers, Refugees",
        "Yearly cost": "<50k", "Currency": "EUR", "Year of that cost": "2020", "SDGs": "SDG 11, 5. Gender equality",
        "Evidence level": "A plausible account of change",
    }  # fmt: skip
    imported(
        sheet({{"Yearly cost": "cost a year", "SDGs": "sdgs"}.get(name, name): text for name, text in row.items()})
    )
    entry = Practice.objects.get()
    assert (entry.themes, entry.instrument, entry.status) == (["housing", "rights"], "space", "ongoing")
    assert (entry.populations, entry.cost_band, entry.sdgs) == (
        ["asylum-seekers", "refugees"],
        "under-50k",
        ["11", "5"],
    )
    assert (entry.evidence_level, entry.city.slug, entry.slug) == (1, "quito-ec", "gardens-quito")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("under 50,000", "under-50k"), ("< 50 000 per year", "under-50k"), ("50k–250k", "50k-250k"),
        ("50.000 - 250.000", "50k-250k"), ("250,000 – 1 million a year", "250k-1m"), (">1M", "over-1m"),
        ("Not known", "unknown"), ("No extra cost", "none"),
    ],
)  # fmt: skip
def test_sums_are_read_as_people_write_them(text, code):
    imported(sheet(ROW | {"cost_band": text, "cost_currency": "EUR", "cost_year": "2020"}))
    assert Practice.objects.get().cost_band == code


def test_a_refusal_names_what_is_allowed():
    [told] = reasons(sheet(ROW | {"status": "paused"})).values()
    assert told == ["status 'paused' is unknown; allowed are ongoing, completed, unknown"]


@pytest.mark.parametrize(
    ("city", "country"),
    [
        ("quito-ec", ""),
        ("QUITO", ""),
        ("Quito, Ecuador", ""),
        ("Quito", "Ecuador"),
        ("quito", "EC"),
        ("Кито", "Équateur"),
    ],
)
def test_a_city_is_found_by_its_name(quito, city, country):
    quito.names = {"ru": "Кито"}
    quito.save()
    imported(sheet(ROW | {"city": city, "country": country}))
    assert Practice.objects.get().city == quito


def test_a_city_of_a_name_that_two_have_is_asked_for(quito):
    a_city("Suzhou", "CN", slug="suzhou-cn")
    a_city("Suzhou", "CN", slug="suzhou-anhui-cn")
    [[told]] = reasons(sheet(ROW | {"city": "Suzhou", "country": "China"})).values()
    assert "suzhou-cn (China), suzhou-anhui-cn (China)" in told
    [[told]] = reasons(sheet(ROW | {"city": "Quitto"})).values()
    assert "do you mean quito-ec?" in told


def test_a_sheet_with_a_hundred_sources_goes_out_and_comes_back():
    practice = a_practice(slug="parks")
    for number in range(120):
        practice.sources.create(title=f"Paper {number}", publisher="P", url=f"https://example.org/{number}")
    for kind in ("csv", "xlsx"):
        assert outcomes(exported(kind)) == {"unchanged": 1}
    [row] = rows_of(exported())
    row["source 121 year"] = "2019"
    imported(sheet(row))
    assert practice.sources.filter(year=2019).count() == 1
