"""Whatever a file is packed to, little time and memory is spent on it; and what is no sheet is told in a sentence."""

import io
import tracemalloc
import zipfile

import openpyxl
import pytest
from openpyxl import load_workbook

from practices.models import Practice
from practices.spreadsheets import BadSheet, read_sheet, write_xlsx
from practices.spreadsheets.export import export
from practices.spreadsheets.formats import MOST_TAGS
from tests.modules import seconds
from tests.people import a_practice
from tests.practices.spreadsheets.sheets import ROW, book_of, packed, plan_of, sheet

BAD_FILES = {
    "nothing": (b"", "“slug”"),
    "Latin-1": (sheet(ROW | {"title": "Forêt"}, encoding="latin-1"), "is not UTF-8 (byte"),
    "UTF-16": (sheet(ROW, encoding="utf-16"), "is not UTF-8 (byte 1)"),
    "no slug": (b"title,summary\nA,B\n", "“slug”"),
    "a column twice": (b"slug,title,Title\na,b,c\n", "'title'"),
    "a column without a name": (b"slug,,title\na,b,c\n", "no name: ''"),
    "an unknown column": (b"slug,titel\na,b\n", "'titel'"),
    "an open quote": (b'slug,title\na,"b\n', "is not CSV"),
    "too many cells": (b"slug,title\na,b,c\n", "Line 2"),
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0\0", "is not UTF-8"),
    "a broken workbook": (b"PK\x03\x04rest", "cannot be read"),
}


@pytest.mark.parametrize(("content", "said"), BAD_FILES.values(), ids=BAD_FILES)
def test_a_file_that_cannot_be_read_is_told_in_a_sentence(content, said):
    with pytest.raises(BadSheet) as refused:
        plan_of(content)
    assert said in str(refused.value)


def test_more_rows_than_may_be_are_refused_before_they_are_read():
    content = b"slug,title\n" + b"a,b\n" * 2_000_000
    tracemalloc.start()
    with pytest.raises(BadSheet, match="more than 5,000 rows"):
        read_sheet("x", content, 5_000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 100_000_000


@pytest.mark.parametrize("line", [b"," * 3_000_000, b'"' + b"x" * 90 + b'",' * 300_000, (b'"\n"' + b"," * 9_000) * 20])
def test_a_line_of_endless_cells_is_refused(line):
    with pytest.raises(BadSheet, match=r"too many cells|not CSV"):
        read_sheet("x", b"slug,title\n" + line)


def bomb(part: str, unit: bytes, times: int) -> bytes:
    """A small workbook, one part of which unpacks to very many pieces."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(packed(book_of(ROW)))) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            if name != part:
                new.writestr(name, old.read(name))
        with new.open(part, "w") as stream:
            for _ in range(times // 1000):
                stream.write(unit * 1000)
    return out.getvalue()


@pytest.mark.parametrize(
    ("part", "unit", "times"),
    [
        ("xl/sharedStrings.xml", b"<si/>", 500_000),
        ("xl/sharedStrings.bin", b'<x:si xmlns:x="a"><t></t></x:si>', 500_000),
        ("xl/styles.xml", b"<xf/>", 300_000),
        ("xl/workbook.xml", b"<definedName/>", 300_000),
        ("xl/worksheets/sheet1.xml", b"<row/>", MOST_TAGS + 1000),
        ("xl/media/picture.png", b"\0" * 1000, 210_000),
    ],
)
def test_a_workbook_that_unpacks_to_very_much_is_refused_at_once(part, unit, times):
    content = bomb(part, unit, times)
    assert len(content) < 2_000_000

    def refused():
        with pytest.raises(BadSheet, match="too large when it is unpacked"):
            read_sheet("x", content)

    assert seconds(refused) < 5


ENTITIES = {
    "a file": '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    "an address": '<!DOCTYPE a [<!ENTITY x SYSTEM "http://127.0.0.1:9/x">]>',
    "itself a thousand times": '<!DOCTYPE a [<!ENTITY y "lol"><!ENTITY x "' + "&y;" * 1000 + '">]>',
}


@pytest.mark.parametrize("doctype", ENTITIES.values(), ids=ENTITIES)
def test_no_entity_of_a_workbook_is_resolved(doctype):
    """Refused in a sentence, and nothing is fetched or multiplied. openpyxl is safe only where defusedxml is installed."""
    assert openpyxl.DEFUSEDXML
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed(book_of(ROW)))) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                text = doctype.encode() + text.replace(b"<t>", b"<t>&x;", 1)
            new.writestr(name, text)
    with pytest.raises(BadSheet, match="cannot be read") as refused:
        read_sheet("x", out.getvalue())
    assert "root:" not in str(refused.value) and "lollol" not in str(refused.value)


def test_a_workbook_of_half_a_million_rows_is_not_read_to_its_end():
    content = write_xlsx([["slug", "title"], *([f"a-{number}", "b"] for number in range(60_000))])

    def refused():
        with pytest.raises(BadSheet, match="more than 5,000 rows"):
            read_sheet("x", content, 5_000)

    assert seconds(refused) < 10


@pytest.mark.django_db
def test_an_export_weighs_no_more_than_what_is_in_it():
    practice = a_practice(slug="one")
    for number in range(100):
        practice.sources.create(title=f"Paper {number}", publisher="P", url=f"https://example.org/{number}")
    for number in range(20):
        a_practice(slug=f"other-{number}")
    content = export(Practice.objects.order_by("pk"), "xlsx")
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert parts.read("xl/worksheets/sheet1.xml").count(b"<c ") < 3_000
    sheet_read = load_workbook(io.BytesIO(content)).active
    assert sheet_read.column_dimensions["B"].width >= 8
