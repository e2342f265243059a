"""Accept only PDFs that do nothing but show pages: every object in the file is checked."""

import re
from io import BytesIO

import pikepdf
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MOST_BYTES = 5_000_000
# A scanned letter has some ten objects and three streams a page. A file that is made to keep the site busy has hundreds
# of thousands, or a few that unpack to gigabytes.
MOST_OBJECTS, MOST_STREAMS = 20_000, 2_000
MOST_UNPACKED = 1_000_000  # bytes of one stream; streams that pack objects hold some 100 of them
ENDS_WITHIN = 1_024  # bytes; what readers allow
# ISO 32000-2, 12.6.4: actions that run, start, send or fetch; 7.11.4: files in the file; 12.7.8: forms that are programs.
ACTIVE = frozenset(
    "/AA /JavaScript /JS /Launch /SubmitForm /ImportData /GoToE /GoToR /Rendition /RichMedia /RichMediaExecute /EmbeddedFile "
    "/EmbeddedFiles /XFA /Movie /Sound /3D".split()
)
ACTIVE_NAME = re.compile(rb"(?:" + b"|".join(name.encode() for name in sorted(ACTIVE)) + rb")(?![\w#.\-])")
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
# For the whole process: nothing else in it opens PDFs.
pikepdf.settings.set_qpdf_limits(
    flate_max_memory=MOST_UNPACKED, run_length_max_memory=MOST_UNPACKED, png_max_memory=MOST_UNPACKED,
    tiff_max_memory=MOST_UNPACKED, max_stream_filters=3,
)  # fmt: skip


def prove(content: bytes) -> None:
    """Raise ValidationError with one sentence, unless the bytes are a PDF that only shows pages."""
    if len(content) > MOST_BYTES:
        raise ValidationError(_("The file is larger than 5 MB. Please save a smaller one."), code="heavy")
    if not content.startswith(b"%PDF-") or b"%%EOF" not in content[-ENDS_WITHIN:]:
        raise ValidationError(_("This is neither a complete PDF nor a photo (JPEG, PNG)."), code="no-pdf")
    if content.count(b" obj") > MOST_OBJECTS or content.count(b"endstream") > MOST_STREAMS:
        raise unproved()
    try:
        with pikepdf.open(BytesIO(content), suppress_warnings=True) as pdf:
            if pdf.is_encrypted or "/Encrypt" in pdf.trailer:
                raise pikepdf.PasswordError
            if acts(pdf):
                raise ValidationError(
                    _("The PDF contains a script, a file or an action. Please print it to a new PDF and send that."),
                    code="active",
                )
    except pikepdf.PasswordError:
        raise ValidationError(_("The PDF is locked. Please save it without a password."), code="locked") from None
    except pikepdf.PdfError:
        raise ValidationError(_("This is not a complete PDF."), code="no-pdf") from None


def acts(pdf: pikepdf.Pdf) -> bool:
    """Whether anything in the file runs, starts, sends or fetches, or whatever opens by itself is more than a page."""
    opens = pdf.Root.get("/OpenAction")
    if isinstance(opens, pikepdf.Dictionary) and opens.get("/S") != "/GoTo":
        return True
    if len(pdf.objects) > MOST_OBJECTS:
        raise unproved()
    for item in pdf.objects:
        if not ACTIVE.isdisjoint(names_in(item)):
            return True
        # Some readers take any stream of this shape for one that packs objects, whatever it is called.
        packs = isinstance(item, pikepdf.Stream) and "/N" in item and "/First" in item
        if packs and ACTIVE_NAME.search(ESCAPED.sub(lambda escape: bytes([int(escape[1], 16)]), unpacked(item))):
            return True
    return False


def names_in(item: pikepdf.Object):
    """The names in an object, as keys and as values, without those of the objects that it refers to."""
    waiting = [item]
    while waiting:
        value = waiting.pop()
        if isinstance(value, pikepdf.Stream | pikepdf.Dictionary):
            yield from value.keys()
            children = value.values()
        elif isinstance(value, pikepdf.Array):
            children = list(value)
        else:
            if isinstance(value, pikepdf.Name):
                yield str(value)
            continue
        waiting += [child for child in children if not getattr(child, "is_indirect", False)]


def unpacked(stream: pikepdf.Stream) -> bytes:
    """The content of an object stream; ValidationError where it cannot be read."""
    try:
        return stream.read_bytes()
    except pikepdf.PdfError:
        raise unproved() from None


def unproved() -> ValidationError:
    sentence = _("The PDF is compressed in a way that we cannot check. Please print it to a new PDF and send that.")
    return ValidationError(sentence, code="unproved")
