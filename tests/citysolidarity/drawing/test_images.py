"""Pictures are drawn anew: nothing hidden comes through, and what cannot be shown is told in one sentence."""

import io
import struct
import subprocess
import sys
import zlib

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from PIL import Image, ImageCms

from citysolidarity.drawing.images import MOST_BYTES, redrawn
from tests.pictures import a_file, upload


def opened(drawn, name):
    return Image.open(io.BytesIO(drawn.files[name]))


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_that_claims(width, height):
    """A small file whose header promises so many pixels."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 9999))
        + chunk(b"IEND", b"")
    )


def test_each_size_comes_in_two_kinds_that_really_are_what_they_say():
    drawn = redrawn(upload(a_file(1600, 1200)))
    assert set(drawn.files) == {f"{width}.{kind}" for width in (480, 960, 1440) for kind in ("avif", "jpg")}
    assert (drawn.width, drawn.height) == (1440, 1080)
    assert opened(drawn, "960.avif").format == "AVIF" and opened(drawn, "960.avif").size == (960, 720)
    assert opened(drawn, "480.jpg").format == "JPEG" and opened(drawn, "480.jpg").size == (480, 360)


@pytest.mark.parametrize(("width", "widths"), [(400, [400]), (480, [480]), (700, [480, 700]), (1440, [480, 960, 1440])])
def test_nothing_is_blown_up(width, widths):
    drawn = redrawn(upload(a_file(width, 500)))
    assert sorted({int(name.partition(".")[0]) for name in drawn.files}) == widths
    assert drawn.width == width


@pytest.mark.parametrize(
    ("kind", "mode"), [("PNG", "RGBA"), ("PNG", "L"), ("PNG", "P"), ("WEBP", "RGBA"), ("JPEG", "CMYK")]
)
def test_every_usual_file_is_taken(kind, mode):
    content = a_file(kind=kind, mode="RGB" if mode == "P" else mode)
    assert opened(redrawn(upload(content)), "480.jpg").mode == "RGB"


def test_what_is_see_through_stands_on_white():
    file = io.BytesIO()
    Image.new("RGBA", (400, 400), (0, 0, 0, 0)).save(file, "PNG")
    assert opened(redrawn(upload(file.getvalue())), "400.jpg").getpixel((10, 10)) == (255, 255, 255)


def test_the_place_where_it_was_taken_does_not_come_through():
    exif = Image.Exif()
    exif[0x010F] = "Camera of R. Haddad"
    exif.get_ifd(0x8825)[2] = (31.0, 57.0, 0.0)
    content = a_file(exif=exif, comment=b"taken at home")
    assert b"Haddad" in content
    drawn = redrawn(upload(content))
    for name, kept in drawn.files.items():
        assert not any(secret in kept for secret in (b"Haddad", b"Exif", b"at home")), name
        assert not opened(drawn, name).getexif()


def test_a_picture_taken_sideways_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    drawn = redrawn(upload(a_file(800, 600, exif=exif)))
    assert (drawn.width, drawn.height) == (600, 800)


def test_the_colours_of_another_profile_are_carried_over_and_the_profile_is_not():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for icc in (profile, b"no profile at all"):
        assert "icc_profile" not in opened(redrawn(upload(a_file(icc_profile=icc))), "800.jpg").info


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "cannot read this picture"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "cannot read this picture"),
        (b"GIF89a" + b"\0" * 99, "cannot read this picture"),
        (b"%PDF-1.7", "cannot read this picture"),
        (a_file()[:-5000], "damaged or incomplete"),
        (a_file(300, 900), "each side needs 320 pixels"),
        (png_that_claims(6001, 10), "more than 6000 pixels"),
        (png_that_claims(12_000, 12_000), "more than 6000 pixels"),
        (png_that_claims(60_000, 60_000), "more than 6000 pixels"),
        (b"\xff\xd8" + b"\0" * MOST_BYTES, "larger than 5 MB"),
    ],
)
def test_what_cannot_be_shown_is_told_in_one_sentence(content, sentence):
    with pytest.raises(ValidationError) as refused:
        redrawn(upload(content))
    [said] = refused.value.messages
    assert sentence in said


def test_a_picture_that_moves_is_refused():
    file = io.BytesIO()
    frames = [Image.new("RGB", (400, 400), colour) for colour in ("red", "blue")]
    frames[0].save(file, "WEBP", save_all=True, append_images=frames[1:])
    with pytest.raises(ValidationError, match="The picture is animated"):
        redrawn(upload(file.getvalue()))


def test_the_same_picture_has_the_same_key():
    assert redrawn(upload()).key == redrawn(upload()).key != redrawn(upload(a_file(801))).key


# --- what a picture may cost -----------------------------------------------------------------

MEASURED = """
import io, resource, sys
from django.conf import settings
settings.configure(USE_I18N=False)
from django.core.files.uploadedfile import SimpleUploadedFile
from citysolidarity.drawing.images import redrawn
upload = SimpleUploadedFile("x", sys.stdin.buffer.read())
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
redrawn(upload)
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


def megabytes(content):
    """What a process needs on top to draw the picture anew."""
    done = subprocess.run(
        [sys.executable, "-c", MEASURED], input=content, capture_output=True, check=True, cwd=settings.BASE_DIR
    )
    return int(done.stdout)


@pytest.mark.parametrize(
    ("kind", "size", "mode"),
    [
        ("JPEG", (6000, 6000), "RGB"),
        ("PNG", (5000, 5000), "RGBA"),
        ("PNG", (5000, 5000), "P"),
        ("WEBP", (5000, 4000), "RGB"),
    ],
)
def test_a_large_picture_costs_little_memory(kind, size, mode):
    file = io.BytesIO()
    Image.new(mode, size, 7 if mode == "P" else "white").save(file, kind)
    assert megabytes(file.getvalue()) < 230


def test_more_pixels_than_may_be_unpacked_are_refused_before_they_are():
    file = io.BytesIO()
    Image.new("L", (6000, 6000), "white").save(file, "PNG")
    with pytest.raises(ValidationError, match="more than 25 million pixels"):
        redrawn(upload(file.getvalue()))


def test_endless_scans_are_refused_at_once():
    content = a_file(2000, 1500, progressive=True)
    end = content.rindex(b"\xff\xd9")
    scan = b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00\x00"
    with pytest.raises(ValidationError, match="too many layers"):
        redrawn(upload(content[:end] + scan * 1500 + content[end:]))


@pytest.mark.parametrize(("width", "height"), [(400, 6000), (6000, 400), (4000, 6000), (6000, 4000), (6000, 6000)])
@pytest.mark.parametrize("turned", [1, 6])
def test_a_large_picture_keeps_its_shape_and_width(width, height, turned):
    exif = Image.Exif()
    exif[0x0112] = turned
    drawn = redrawn(upload(a_file(width, height, exif=exif)))
    wide, high = (width, height) if turned == 1 else (height, width)
    assert drawn.width == min(wide, 1440)
    assert drawn.height == pytest.approx(high * drawn.width / wide, abs=3)
