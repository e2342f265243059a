"""The brief as a document to edit: the same content, headings as styles, the language set, nothing cut."""

from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils.translation import override
from docx import Document
from docx.oxml.ns import qn

from citysolidarity.caching.shared import FILE
from practices.comparing.brief.content import BriefPart, brief_of
from practices.comparing.brief.docx import draw
from practices.comparing.brief.word_file import WordFile
from practices.comparing.limits import BRIEF_SHEETS
from practices.models import Practice
from tests.people import a_city, a_practice

TODAY = date(2026, 11, 29)
ARABIC = "رممت أمانة عمّان الكبرى حديقتين عامتين"


@pytest.fixture
def two():
    a_practice("Homes in the centre", a_city("Livadia", "GR", population=21_492), slug="homes", themes=["housing"])
    a_practice(
        "Ein Haus für alle", a_city("Altena", "DE"), slug="haus", themes=["housing"], language="de", approach="Wohnen.\nLernen.",
    )  # fmt: skip


def document(client, *slugs, **more):
    answer = client.get(reverse("brief_docx"), {"p": slugs} | more)
    assert answer.status_code == 200
    return answer, Document(BytesIO(answer.content))


def headings(file):
    """(level, text) in their order."""
    return [
        (int(paragraph.style.name.removeprefix("Heading ")), paragraph.text)
        for paragraph in file.paragraphs
        if paragraph.style.name.startswith("Heading")
    ]


def all_text(file):
    cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    links = ["".join(part.text or "" for part in link.iter(qn("w:t"))) for link in file.element.iter(qn("w:hyperlink"))]
    return "\n".join([*(paragraph.text for paragraph in file.paragraphs), *cells, *links])


@pytest.mark.django_db
@pytest.mark.usefixtures("two")
def test_it_holds_the_opening_page_and_each_practice_under_real_headings(client):
    answer, file = document(client, "homes", "haus", like="altena-de")
    assert answer["Content-Disposition"] == 'attachment; filename="housing-2-cities-altena.docx"'
    assert answer["Content-Type"].endswith("wordprocessingml.document")
    assert answer["Cache-Control"] == FILE and "noarchive" in answer["X-Robots-Tag"]
    levels = headings(file)
    assert levels[:3] == [
        (1, "Housing: what two cities do"), (2, "What they have in common"), (2, "What we propose"),
    ]  # fmt: skip
    assert (2, "Homes in the centre") in levels and (2, "Ein Haus für alle") in levels
    assert (3, "What the city does") in levels and (3, "Sources") in levels
    text = all_text(file)
    assert "Prepared for Altena," in text and "Not known" not in text
    assert "Wohnen." in text and "https://example.org/report" in text and "21,492 inhabitants" in text
    assert [paragraph.text for paragraph in file.paragraphs if paragraph.style.name == "List Number"] == ["", "", ""]


@pytest.mark.django_db
@pytest.mark.usefixtures("two")
def test_language_title_and_pictures_are_told(client):
    _answer, file = document(client, "homes", "haus")
    assert (file.core_properties.title, file.core_properties.language) == ("Housing: what two cities do", "en")
    assert file.core_properties.author == "Cities of Solidarity" and not file.core_properties.comments
    assert {mark.get(qn("w:val")) for mark in file.styles.element.iter(qn("w:lang"))} == {"en"}
    title = next(paragraph for paragraph in file.paragraphs if paragraph.text == "Ein Haus für alle")
    assert [mark.get(qn("w:val")) for mark in title.paragraph_format.element.iter(qn("w:lang"))] == ["de"]
    pictures = [picture.get("descr") for picture in file.element.iter(qn("wp:docPr"))]
    assert len(pictures) == 2 and all(text.startswith("QR code with the address") for text in pictures)
    assert pictures[0].endswith("/homes/") and pictures[1].endswith("/haus/")


@pytest.mark.django_db
@pytest.mark.usefixtures("two")
def test_one_practice_has_no_opening_page(client):
    answer, file = document(client, "homes")
    assert answer["Content-Disposition"] == 'attachment; filename="brief-homes.docx"'
    assert headings(file)[0] == (1, "Homes in the centre") and not file.tables


@pytest.mark.django_db
@pytest.mark.usefixtures("two")
def test_arabic_runs_from_the_right():
    practice = Practice.objects.with_city().with_feedback().with_parts().get(slug="homes")
    practice.title = ARABIC
    with override("ar"):
        file = Document(BytesIO(draw(None, [brief_of(practice, "https://solidarity.example/")], TODAY)))
    title = next(paragraph for paragraph in file.paragraphs if paragraph.text == ARABIC)
    assert title.runs[0].font.rtl and title.paragraph_format.element.pPr.find(qn("w:bidi")) is not None
    assert {mark.get(qn("w:bidi")) for mark in file.styles.element.iter(qn("w:lang"))} == {"ar"}


def test_an_arabic_line_that_begins_with_a_latin_name_runs_from_the_right():
    with override("ar"):
        word = WordFile("", "")
        word.heading(f"IDNYC، {ARABIC}", 1)
        word.heading("Homes", 1, "en")
        word.heading("2018–2021", 1)
        file = Document(BytesIO(word.finished()))
    directions = [paragraph._p.pPr.find(qn("w:bidi")) is not None for paragraph in file.paragraphs]
    assert directions == [True, False, True]


def test_what_xml_cannot_hold_is_left_out():
    file = WordFile("A \x0btitle", "")
    file.labelled("Label\x00", "text\x1f\ud800", style="List Bullet")
    read = Document(BytesIO(file.finished()))
    assert read.paragraphs[0].text == "Label: text" and read.core_properties.title == "A title"


@pytest.mark.django_db
@pytest.mark.usefixtures("two")
def test_it_is_limited_as_the_pdf_is(client, monkeypatch):
    BRIEF_SHEETS.forget()
    monkeypatch.setattr(BRIEF_SHEETS, "most", 2)
    assert client.get(reverse("brief_pdf"), {"p": ["homes", "haus"]}).status_code == 200
    late = client.get(reverse("brief_docx"), {"p": "haus", "like": "altena-de"})
    assert late.status_code == 429 and "?like=altena-de&amp;p=haus" in late.text
    BRIEF_SHEETS.forget()
    assert client.get(reverse("brief_docx"), {"p": "nowhere"})["Location"] == reverse("brief")


@pytest.mark.django_db
@pytest.mark.usefixtures("two")
def test_a_text_is_whole_however_long():
    practice = Practice.objects.with_city().with_feedback().with_parts().get(slug="homes")
    brief = brief_of(practice, "https://solidarity.example/")
    brief.texts.append(BriefPart("More", "A sentence of some words. " * 400, written=True))
    file = Document(BytesIO(draw(None, [brief], TODAY)))
    assert "[…]" not in all_text(file) and all_text(file).count("A sentence of some words.") == 400
