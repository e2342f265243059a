"""Pictures that tests send: files as they come from cameras and from people who mean no good."""

import io
import random

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image


def a_file(width=800, height=600, kind="JPEG", mode="RGB", **options) -> bytes:
    """The bytes of a picture with something to see on it."""
    colours = random.Random(f"{width}{height}{mode}")
    picture = Image.new(mode, (8, 6), 0)
    bands = len(picture.getbands())
    for x in range(8):
        for y in range(6):
            picture.putpixel(
                (x, y), tuple(colours.randrange(256) for _ in range(bands)) if bands > 1 else colours.randrange(256)
            )
    file = io.BytesIO()
    picture.resize((width, height), Image.Resampling.BILINEAR).save(file, kind, **options)
    return file.getvalue()


def upload(content: bytes | None = None, name="park.jpg") -> SimpleUploadedFile:
    """What a form hands over."""
    return SimpleUploadedFile(name, a_file() if content is None else content)
