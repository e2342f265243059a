"""A curator's picture is decoded, turned upright and saved in several sizes.

The uploaded file is not stored: new files are made from its pixels, so that neither the place where it was taken (EXIF)
nor anything hidden in it reaches a visitor.
"""

import hashlib
import io
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps

MOST_BYTES = 5_000_000
MOST_SIDE = 6_000  # pixels
# Unpacked whole, which only a JPEG need not be (it is drafted): some 100 MB.
MOST_PIXELS = 25_000_000
# A camera writes one, a program for the web some ten; each is another walk through the whole picture.
MOST_SCANS = 100
LEAST_SIDE = 320
PAGE_DPI, PAGE_SIDE = 200, 2_400  # a page of A4, on which a letter can be read
READ = ("JPEG", "PNG", "WEBP")  # Pillow tries no other decoder
WIDTHS = (480, 960, 1440)  # for a column of 46 rem on a telephone, a screen and a screen of high resolution
# Suffix → Pillow's name and options. By eye on photographs: no artefact at twice the size.
KINDS = {
    "avif": ("AVIF", {"quality": 60, "speed": 8}),
    "jpg": ("JPEG", {"quality": 80, "optimize": True, "progressive": True}),
}
LARGEST_LOADED = 2 * WIDTHS[-1]  # pixels of the shorter side
SCAN = b"\xff\xda"
TYPES = {"avif": "image/avif", "jpg": "image/jpeg"}


@dataclass(frozen=True)
class Drawn:
    """``key`` is a hash of the files, which are named like ``480.avif``; width and height are in pixels."""

    key: str
    width: int
    height: int
    files: dict[str, bytes]


def redrawn(file) -> Drawn:
    """Raises ValidationError with one sentence where an uploaded file is not a picture that we can show."""
    if file.size > MOST_BYTES:
        raise _refusal("heavy", _("The picture is larger than 5 MB. Please save a smaller one."))
    picture = _upright(_opened(file.read()))
    widths = [width for width in WIDTHS if width < picture.width] or [picture.width]
    if picture.width > widths[-1] and len(widths) < len(WIDTHS):
        widths.append(picture.width)
    sizes = {width: picture.resize((width, _height(picture, width)), Image.Resampling.LANCZOS) for width in widths}
    files = {}
    for width, smaller in sizes.items():
        for suffix, (kind, options) in KINDS.items():
            file = io.BytesIO()
            smaller.save(file, kind, **options)
            files[f"{width}.{suffix}"] = file.getvalue()
    key = hashlib.sha256(b"".join(files.values())).hexdigest()[:32]
    return Drawn(key, widths[-1], _height(picture, widths[-1]), files)


def is_photograph(content: bytes) -> bool:
    """Whether the bytes begin as a JPEG or a PNG does."""
    return content.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"))


def as_pdf(content: bytes) -> bytes:
    """A PDF of one page, made anew from the pixels of a photographed letter. Raises ValidationError as ``redrawn``."""
    if len(content) > MOST_BYTES:
        raise _refusal("heavy", _("The picture is larger than 5 MB. Please save a smaller one."))
    picture = _upright(_opened(content))
    picture.thumbnail((PAGE_SIDE, PAGE_SIDE), Image.Resampling.LANCZOS)
    file = io.BytesIO()
    picture.convert("RGB").save(file, "PDF", resolution=PAGE_DPI, quality=85)
    return file.getvalue()


def _opened(content: bytes) -> Image.Image:
    """Check the size before any pixel is unpacked."""
    try:
        picture = Image.open(io.BytesIO(content), formats=READ)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_large() from None
    except Exception:
        # Decoders raise many kinds of errors; for the curator they are all the same.
        raise _refusal("unread", _("We cannot read this picture: please send a JPEG, PNG or WebP.")) from None
    if max(picture.size) > MOST_SIDE:
        raise _too_large()
    if picture.format == "JPEG" and content.count(SCAN) > MOST_SCANS:
        raise _refusal("scans", _("The picture has too many layers. Please save it as a plain JPEG."))
    if min(picture.size) < LEAST_SIDE:
        sentence = _("The picture is too small: each side needs %(least)d pixels or more.")
        raise _refusal("small", sentence % {"least": LEAST_SIDE})
    if getattr(picture, "is_animated", False):
        raise _refusal("moves", _("The picture is animated. Please send a still picture."))
    # A JPEG is unpacked at a half or a quarter of its size where that is still as large as is shown.
    picture.draft(None, _scaled(picture.size, WIDTHS[-1]))
    if picture.width * picture.height > MOST_PIXELS:
        raise _refusal(
            "pixels", _("The picture has more than 25 million pixels. Please save a smaller one, or save it as JPEG.")
        )
    try:
        picture.load()
        picture = _smaller(picture)
    except Exception:
        raise _refusal("damaged", _("The picture is damaged or incomplete. Please save it again.")) from None
    return picture


def _smaller(picture: Image.Image) -> Image.Image:
    """Twice as large as is shown, before anything is made of all its pixels: each step would weigh as much again."""
    if min(picture.size) > LARGEST_LOADED:
        if picture.mode in ("P", "PA", "1"):
            picture = picture.convert("RGBA" if picture.has_transparency_data else "RGB")
        picture.thumbnail(_scaled(picture.size, LARGEST_LOADED), Image.Resampling.BOX)
    return picture


def _scaled(size: tuple[int, int], shorter: int) -> tuple[int, int]:
    """The size with this shorter side: it is turned upright later, and which one is the width is not known yet."""
    return tuple(round(side * shorter / min(size)) for side in size)


def _upright(picture: Image.Image) -> Image.Image:
    """Apply the orientation (EXIF), convert to sRGB, and put a white ground behind transparent parts."""
    profile = picture.info.get("icc_profile")
    picture = ImageOps.exif_transpose(picture)
    if profile and picture.mode in ("RGB", "CMYK", "L"):
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            picture = ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
        except (ImageCms.PyCMSError, OSError):
            pass  # the profile cannot be read: the colours stay as they are
    if picture.has_transparency_data:
        picture = picture.convert("RGBA")
        picture = Image.alpha_composite(Image.new("RGBA", picture.size, "white"), picture)
    plain = Image.new("RGB", picture.size)
    plain.paste(picture.convert("RGB"))
    return plain


def _height(picture: Image.Image, width: int) -> int:
    return max(1, round(picture.height * width / picture.width))


def _refusal(code: str, sentence: str) -> ValidationError:
    return ValidationError(sentence, code=code)


def _too_large() -> ValidationError:
    sentence = _("The picture has more than %(most)d pixels on a side. Please save a smaller one.")
    return _refusal("large", sentence % {"most": MOST_SIDE})
