"""QR codes as squares that a page, a sheet of paper or a picture draws for itself."""

import io

from qrcode import QRCode
from qrcode.constants import ERROR_CORRECT_M

QUIET = 4  # modules that must stay light around a code


def modules(text: str) -> list[list[bool]]:
    """The rows of modules, dark or not; with the quiet zone."""
    code = QRCode(border=QUIET, error_correction=ERROR_CORRECT_M)
    code.add_data(text)
    return code.get_matrix()


def svg_path(text: str) -> tuple[int, str]:
    """The side of a square, in modules, and an SVG path of its dark modules."""
    rows = modules(text)
    dark = [(x, y) for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark]
    return len(rows), "".join(f"M{x} {y}h1v1h-1z" for x, y in dark)


def png(text: str) -> bytes:
    """The code as a picture, for files that take nothing else."""
    code = QRCode(border=QUIET, box_size=8, error_correction=ERROR_CORRECT_M)
    code.add_data(text)
    written = io.BytesIO()
    code.make_image().save(written, "PNG")
    return written.getvalue()
