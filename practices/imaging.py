"""A curator's picture made safe and light: decoded, turned upright, stripped of everything but its colours, in sizes.

Nothing of the file that was sent is kept: what is stored is drawn anew from its pixels, so that neither a place where
it was taken (EXIF) nor anything hidden in it reaches a visitor.
"""

import hashlib
import io
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps

MOST_BYTES = 5_000_000
MOST_SIDE = 6_000  # pixels: 36 million in all, some 110 MB once unpacked
LEAST_SIDE = 320
READ = ("JPEG", "PNG", "WEBP")  # Pillow tries no other decoder
WIDTHS = (480, 960, 1440)  # for a column of 46 rem: a telephone, a screen, and a fine screen
# Suffix → Pillow's name and options. By eye on photographs: no artefact at twice the size.
KINDS = {
    "avif": ("AVIF", {"quality": 60, "speed": 8}),
    "jpg": ("JPEG", {"quality": 80, "optimize": True, "progressive": True}),
}
TYPES = {"avif": "image/avif", "jpg": "image/jpeg"}


@dataclass(frozen=True)
class Drawn:
    """A picture as it is stored: its key (of its content), width and height in pixels, and the file of each size."""

    key: str
    width: int
    height: int
    files: dict[str, bytes]


def redrawn(file) -> Drawn:
    """Reads an uploaded file; raises ValidationError with one sentence where it is not a picture we can show."""
    if file.size > MOST_BYTES:
        raise ValidationError(_("The picture weighs more than 5 MB. Save it smaller, please."), code="heavy")
    content = file.read()
    picture = _upright(_opened(content))
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


def _opened(content: bytes) -> Image.Image:
    """The decoded picture. Its size is read and judged before a single pixel is unpacked."""
    try:
        picture = Image.open(io.BytesIO(content), formats=READ)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise ValidationError(_too_large(), code="large") from None
    except Exception:
        # What comes from outside makes decoders fail in many ways; to the curator they are all one.
        raise ValidationError(
            _("This is no picture that can be read: send a JPEG, PNG or WebP."), code="unread"
        ) from None
    if max(picture.size) > MOST_SIDE:
        raise ValidationError(_too_large(), code="large")
    if min(picture.size) < LEAST_SIDE:
        raise ValidationError(
            _("The picture is too small: each side needs %(least)d pixels or more.") % {"least": LEAST_SIDE},
            code="small",
        )
    if getattr(picture, "is_animated", False):
        raise ValidationError(_("The picture moves. Send one that stands still."), code="moves")
    try:
        picture.load()
    except Exception:
        raise ValidationError(
            _("The picture is damaged, or ends too early. Save it again, please."), code="damaged"
        ) from None
    return picture


def _upright(picture: Image.Image) -> Image.Image:
    """Turned as the camera was held, in the colours of the web (sRGB), on white where it was transparent."""
    profile = picture.info.get("icc_profile")
    picture = ImageOps.exif_transpose(picture)
    if profile and picture.mode in ("RGB", "CMYK", "L"):
        try:
            found = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            picture = ImageCms.profileToProfile(picture, found, ImageCms.createProfile("sRGB"), outputMode="RGB")
        except (ImageCms.PyCMSError, OSError):
            pass  # a profile that cannot be read: the colours stay as they are
    if picture.has_transparency_data:
        picture = picture.convert("RGBA")
        picture = Image.alpha_composite(Image.new("RGBA", picture.size, "white"), picture)
    plain = Image.new("RGB", picture.size)
    plain.paste(picture.convert("RGB"))
    return plain


def _height(picture: Image.Image, width: int) -> int:
    return max(1, round(picture.height * width / picture.width))


def _too_large() -> str:
    return _("The picture has more than %(most)d pixels on a side. Save it smaller, please.") % {"most": MOST_SIDE}
