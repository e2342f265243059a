"""PDFs that tests send: plain ones, and ones that hide something."""

import zlib
from datetime import UTC, datetime
from io import BytesIO

from fpdf import FPDF

MADE = datetime(2026, 5, 3, 12, tzinfo=UTC)


def a_pdf() -> bytes:
    """A real page, made as the certificates are."""
    page = FPDF()
    page.set_creation_date(MADE)  # made twice, it is the same file
    page.add_page()
    page.set_font("Helvetica", size=20)
    page.cell(text="Amman, 3 May 2026. We sign. /JavaScript is a word here.")
    file = BytesIO()
    page.output(file)
    return file.getvalue()


def with_object(inside: bytes) -> bytes:
    """The same, with one more object in the open."""
    return a_pdf().replace(b"xref\n", b"99 0 obj\n<< " + inside + b" >>\nendobj\nxref\n", 1)


def with_packed(inside: bytes, *, name=b"/ObjStm", filters=b"/FlateDecode", packed=None) -> bytes:
    """The same, with one more object in an object stream."""
    packed = zlib.compress(b"98 0 << " + inside + b" >>") if packed is None else packed
    stream = b"97 0 obj\n<< /Type " + name + b" /N 1 /First 5 /Filter " + filters
    stream += b" /Length %d >>\nstream\n" % len(packed) + packed + b"\nendstream\nendobj\n"
    return a_pdf().replace(b"xref\n", stream + b"xref\n", 1)
