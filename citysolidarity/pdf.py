"""Whether a file is a PDF that does nothing but show pages.

The names of actions stand in the open part of a file, or packed in object streams (ISO 32000-2, 7.5.7), or written with
escapes (7.3.5). All three are read; what cannot be unpacked is not proved, and what is not proved is refused.
"""

import re
import zlib

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MOST_BYTES = 5_000_000
MOST_UNPACKED = 20_000_000  # bytes, of all object streams together
# ISO 32000-2, 12.6.4: actions that run, start, send or fetch; 7.11.4: files in the file; 12.7.8: forms that are programs.
ACTIVE = rb"JavaScript|Launch|SubmitForm|ImportData|GoToE|GoToR|Rendition|RichMedia(?:Execute)?|EmbeddedFiles?|XFA|Movie|Sound"
ACTIVE_NAME = re.compile(rb"/(?:" + ACTIVE + rb")(?![\w#.\-])")
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
STREAM = re.compile(rb"\bstream\r?\n")
PACKED = b"/ObjStm"
DICTIONARY = 2_000  # bytes before a stream in which its dictionary stands
ENDS_WITHIN = 1_024  # bytes; what readers allow


def prove(content: bytes) -> None:
    """Raises ValidationError with one sentence, unless the bytes are a PDF that only shows pages."""
    if len(content) > MOST_BYTES:
        raise ValidationError(_("The file weighs more than 5 MB. Save it smaller, please."), code="heavy")
    if not content.startswith(b"%PDF-") or b"%%EOF" not in content[-ENDS_WITHIN:]:
        raise ValidationError(_("This is no whole PDF."), code="no-pdf")
    plain = unescaped(content)
    if re.search(rb"/Encrypt(?![\w#])", plain):
        raise ValidationError(_("The PDF is locked. Save it without a password, please."), code="locked")
    if any(ACTIVE_NAME.search(part) for part in (plain, *object_streams(plain, content))):
        raise ValidationError(
            _("The PDF holds a script, a file or an action. Print it anew as a PDF, and send that."), code="active"
        )


def unescaped(content: bytes) -> bytes:
    """The bytes with the escapes of names undone: ``/Java#53cript`` is ``/JavaScript``."""
    return ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), content)


def object_streams(plain: bytes, content: bytes) -> list[bytes]:
    """What stands packed in object streams; ValidationError where one cannot be unpacked."""
    found, left = [], MOST_UNPACKED
    for start in STREAM.finditer(content):
        header = unescaped(content[max(0, start.start() - DICTIONARY) : start.start()])
        header = header[header.rfind(b"obj") + 3 :] if b" obj" in header else header
        if PACKED not in header:
            continue
        try:
            unpacker = zlib.decompressobj()
            found.append(unescaped(unpacker.decompress(content[start.end() :], left)))
        except zlib.error:
            raise ValidationError(unproved(), code="unproved") from None
        left -= len(found[-1])
        if left <= 0 or not unpacker.eof:
            raise ValidationError(unproved(), code="unproved")
    if len(found) != plain.count(PACKED):
        raise ValidationError(unproved(), code="unproved")
    return found


def unproved() -> str:
    return _("The PDF is packed in a way that cannot be looked into. Print it anew as a PDF, and send that.")
