"""Only PDFs that show pages and do nothing else are kept, however what they do is hidden."""

import zlib

import pytest
from django.core.exceptions import ValidationError

from citysolidarity import pdf
from tests.pdfs import a_pdf, with_object, with_packed

SCRIPT = b"/S /JavaScript /JS (app.alert(1))"


def said_of(content):
    with pytest.raises(ValidationError) as refused:
        pdf.prove(content)
    [sentence] = refused.value.messages
    return sentence


@pytest.mark.parametrize("content", [a_pdf(), with_object(b"/Type /Info"), with_packed(b"/Type /Page")])
def test_a_pdf_that_shows_pages_is_taken(content):
    pdf.prove(content)


def test_a_word_on_a_page_is_no_script():
    """The page's text names one; it stands in a packed stream that holds no objects."""
    pdf.prove(a_pdf())


@pytest.mark.parametrize(
    "inside",
    [
        SCRIPT,
        b"/S /Java#53cript /JS 3 0 R",
        b"/S /#4a#61vaScript",
        b"/S/Launch /F (cmd.exe)",
        b"/Names << /EmbeddedFiles 5 0 R >>",
        b"/Type /EmbeddedFile",
        b"/S /SubmitForm",
        b"/Subtype /RichMedia",
        b"/AcroForm << /XFA 7 0 R >>",
        b"/S /GoToR",
    ],
)
@pytest.mark.parametrize("hide", [with_object, with_packed])
def test_what_acts_is_refused_in_the_open_and_packed(inside, hide):
    assert "holds a script, a file or an action" in said_of(hide(inside))


@pytest.mark.parametrize(
    "content",
    [
        with_packed(SCRIPT, filters=b"[/ASCIIHexDecode /FlateDecode]", packed=zlib.compress(b"x").hex().encode()),
        with_packed(SCRIPT, filters=b"/LZWDecode", packed=b"\x80\x0b\x60\x50"),
        with_packed(SCRIPT, packed=zlib.compress(SCRIPT)[:-6]),
        with_packed(SCRIPT, packed=zlib.compress(b"\0" * (pdf.MOST_UNPACKED + 1))),
        with_packed(SCRIPT, name=b"/Obj#53tm", packed=b"not packed at all"),
        a_pdf() + b"/ObjStm %%EOF",
    ],
)
def test_what_cannot_be_looked_into_is_refused(content):
    assert "cannot be looked into" in said_of(content)


def test_a_packed_script_behind_an_escaped_name_is_found():
    assert "holds a script" in said_of(with_packed(SCRIPT, name=b"/Obj#53tm"))


def test_a_locked_pdf_is_refused():
    assert "locked" in said_of(a_pdf().replace(b"trailer\n<<", b"trailer\n<< /Encrypt 5 0 R", 1))


@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.7", b"\n" + a_pdf(), a_pdf()[:-200], b"MZ" + a_pdf(), b"<html>%%EOF"]
)
def test_what_is_no_whole_pdf_is_refused(content):
    assert "no whole PDF" in said_of(content)


def test_a_heavy_file_is_refused():
    assert "more than 5 MB" in said_of(b"%PDF-" + b"x" * pdf.MOST_BYTES)
