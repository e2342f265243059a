"""Only PDFs that show pages and do nothing else are kept, however what they do is hidden."""

import zlib
from io import BytesIO

import pikepdf
import pytest
from django.core.exceptions import ValidationError

from citysolidarity.attachments import pdf_check
from tests.modules import at_once
from tests.pdfs import a_pdf, with_object, with_packed

SCRIPT = b"/S /JavaScript /JS (app.alert(1))"


def said_of(content):
    with pytest.raises(ValidationError) as refused:
        pdf_check.prove(content)
    [sentence] = refused.value.messages
    return sentence


@pytest.mark.parametrize("content", [a_pdf(), with_object(b"/Type /Info"), with_packed(b"/Type /Page")])
def test_a_pdf_that_shows_pages_is_taken(content):
    pdf_check.prove(content)


def test_a_word_on_a_page_is_no_script():
    """The page's text names one; it stands in a packed stream that holds no objects."""
    pdf_check.prove(a_pdf())


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
        b"/Subtype /3D",
        b"/AA << /O 3 0 R >>",
    ],
)
@pytest.mark.parametrize("hide", [with_object, with_packed])
def test_what_acts_is_refused_in_the_open_and_packed(inside, hide):
    assert "contains a script, a file or an action" in said_of(hide(inside))


@pytest.mark.parametrize(
    "content",
    [
        with_packed(
            SCRIPT,
            filters=b"[/ASCIIHexDecode /FlateDecode]",
            packed=zlib.compress(b"98 0 << " + SCRIPT + b" >>").hex().encode() + b">",
        ),
        with_packed(SCRIPT, packed=zlib.compress(b"98 0 << " + SCRIPT + b" >>")[:-6]),
        with_packed(SCRIPT, name=b"/Anything"),
        with_packed(SCRIPT, name=b"/Obj#53tm"),
    ],
    ids=["two filters", "cut off", "without its type", "an escaped type"],
)
def test_a_packed_script_is_found_however_it_is_packed(content):
    assert "contains a script" in said_of(content)


@pytest.mark.parametrize(
    "content",
    [
        with_packed(SCRIPT, packed=zlib.compress(b"\0" * (pdf_check.MOST_UNPACKED + 1))),
        with_packed(SCRIPT, packed=b"not packed at all"),
        with_packed(SCRIPT, filters=b"[/FlateDecode /FlateDecode /FlateDecode /FlateDecode]"),
        with_packed(SCRIPT, filters=b"/Unknown"),
        a_pdf().replace(b"xref\n", b"9 0 obj\n<< >>\nendobj\n" * pdf_check.MOST_OBJECTS + b"xref\n", 1),
        a_pdf().replace(b"xref\n", b"9 0 obj\n<< >>\nstream\nendstream\nendobj\n" * 2_001 + b"xref\n", 1),
    ],
    ids=["a bomb", "not packed", "too many filters", "an unknown filter", "too many objects", "too many streams"],
)
def test_what_cannot_be_looked_into_is_refused_at_once(content):
    assert "in a way that we cannot check" in at_once(lambda: said_of(content))


@pytest.mark.parametrize(
    "action",
    [
        {"/S": "/URI", "/URI": b"https://cities.example"},
        {"/S": "/Named", "/N": "/Print"},
        {"/S": "/GoToR"},
        {"/S": "/JavaScript", "/JS": b"app.alert(1)"},
    ],
    ids=["a page on the web", "printing", "another file", "a script"],
)
def test_what_happens_on_opening_is_refused(action):
    names = {
        key: pikepdf.Name(value) if isinstance(value, str) else pikepdf.String(value.decode())
        for key, value in action.items()
    }
    assert "contains a script" in said_of(
        changed(lambda file: setattr(file.Root, "OpenAction", pikepdf.Dictionary(names)))
    )


def test_a_pdf_may_open_on_one_of_its_pages():
    def open_on_its_page(file):
        file.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.GoTo, D=[file.pages[0].obj, pikepdf.Name.Fit])

    pdf_check.prove(changed(open_on_its_page))


def test_a_link_on_a_page_is_taken():
    def link(file):
        action = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String("https://cities.example"))
        file.pages[0].Annots = file.make_indirect(
            [pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=action)]
        )

    pdf_check.prove(changed(link))


def changed(change, **options) -> bytes:
    """The plain PDF after a change, written with its objects packed as most programs write them today."""
    written = BytesIO()
    with pikepdf.open(BytesIO(a_pdf())) as file:
        change(file)
        file.save(written, object_stream_mode=pikepdf.ObjectStreamMode.generate, **options)
    return written.getvalue()


@pytest.mark.parametrize("owner", ["", "secret"])
@pytest.mark.parametrize("user", ["", "secret"])
def test_a_locked_pdf_is_refused(owner, user):
    locked = changed(lambda file: None, encryption=pikepdf.Encryption(owner=owner, user=user))
    assert "locked" in said_of(locked)


@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.7", b"\n" + a_pdf(), a_pdf()[:-200], b"MZ" + a_pdf(), b"<html>%%EOF"]
)
def test_what_is_no_whole_pdf_is_refused(content):
    assert "complete PDF" in said_of(content)


def test_a_heavy_file_is_refused():
    assert "larger than 5 MB" in said_of(b"%PDF-" + b"x" * pdf_check.MOST_BYTES)
