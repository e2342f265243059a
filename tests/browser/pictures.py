"""Small pictures of the pages that most people read, in Arabic: ``python -m tests.browser.pictures`` takes them anew.

A picture is a page from its top to ``TALLEST``, in grey, a quarter as wide and as high: letters become
a grain, of which a browser may draw each a little otherwise, and blocks, lines and marks stay where they are. Two pictures are
compared square by square; a line may have moved by a few pixels.
"""

import io
import sys
from pathlib import Path

import numpy
from PIL import Image, ImageFilter

from tests.browser.served import launch_options, served_site, set_up

FOLDER = Path(__file__).parent / "pictures"
TODAY = "2026-11-30"  # what pages call today
# name: the page of ``addresses`` that it shows, and its width in CSS pixels
PICTURES = {
    "home": ("home", 1280),
    "home-phone": ("home", 390),
    "directory": ("directory, filtered", 1280),
    "directory-phone": ("directory", 390),
    "practice": ("practice", 1280),
    "statement": ("statement", 1280),
    "sign": ("sign_city", 390),
    "brief": ("brief", 1280),
    "signatories": ("signatories", 1280),
}
# What is drawn without a browser, at ``SCALE`` as well: test_pictures_of_files.py.
FILES = ("certificate", "brief-cover", "brief-sheet", "share-card")
TALLEST = 2800  # CSS pixels
SCALE = 4
GREYS = 16
SQUARE = 8  # pixels of a picture
MOVED = 2  # pixels of a picture by which a square may have moved
# Shades from 0 to 255: the difference of the means of a square, and of its pixels.
DARKER, OTHER = 14, 16
LONGER = 0.02  # the share by which a page may have become longer or shorter


def take(page, address: str, width: int, breaking: str = "() => {}") -> Image.Image:
    """The page of a playwright browser at this address as a small picture; ``breaking`` is done to it before."""
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(address, wait_until="networkidle")
    page.evaluate(breaking)
    page.evaluate("() => document.fonts.ready")
    height = min(TALLEST, page.evaluate("() => document.documentElement.scrollHeight"))
    shown = page.screenshot(full_page=True, clip={"x": 0, "y": 0, "width": width, "height": height})
    return small(Image.open(io.BytesIO(shown)))


def small(picture: Image.Image) -> Image.Image:
    width, height = picture.size
    return picture.convert("L").resize((width // SCALE, height // SCALE), Image.Resampling.BOX)


def stored(name: str) -> Image.Image:
    return Image.open(FOLDER / f"{name}.png").convert("L")


def store(name: str, picture: Image.Image) -> None:
    """Write with so many greys as are kept."""
    step = 255 / (GREYS - 1)
    few = picture.point(lambda shade: round(round(shade / step) * step))
    few.quantize(GREYS, dither=Image.Dither.NONE).save(FOLDER / f"{name}.png", optimize=True)


def differences(before: Image.Image, after: Image.Image) -> list[str]:
    """What is otherwise, in words; nothing where a reader would see the same."""
    if before.width != after.width:
        return [f"{after.width} pixels wide instead of {before.width}"]
    if abs(before.height - after.height) > max(LONGER * before.height, 2 * MOVED):
        return [f"{after.height} pixels high instead of {before.height}"]
    height = min(before.height, after.height) // SQUARE * SQUARE
    width = before.width // SQUARE * SQUARE
    old, new = (
        numpy.asarray(one.filter(ImageFilter.BoxBlur(1)), dtype=float)[:height, :width] for one in (before, after)
    )
    wrong, size = wrong_squares(old, new), SQUARE * SCALE
    half = slice(SQUARE // 2, -SQUARE // 2)
    # A small mark that stands where four squares meet is seen in squares that lie half a square further.
    if not wrong.any() and not (wrong := wrong_squares(old[half, half], new[half, half])).any():
        return []
    rows, columns = wrong.nonzero()
    return [
        f"{wrong.sum()} of {wrong.size} squares differ, from {columns.min() * size} to {(columns.max() + 1) * size} pixels"
        f" across and {rows.min() * size} to {(rows.max() + 1) * size} down"
    ]


def wrong_squares(old: numpy.ndarray, new: numpy.ndarray) -> numpy.ndarray:
    """For each square whether it is otherwise, however it is moved."""
    means, pixels = [], []
    height, width = old.shape
    beyond = numpy.pad(new, MOVED, mode="edge")
    for down in range(2 * MOVED + 1):
        for along in range(2 * MOVED + 1):
            moved = beyond[down : down + height, along : along + width]
            means.append(abs(squares(old - moved)))
            pixels.append(squares(abs(old - moved)))
    return (numpy.min(means, axis=0) > DARKER) | (numpy.min(pixels, axis=0) > OTHER)


def squares(values: numpy.ndarray) -> numpy.ndarray:
    """The mean of each square."""
    rows, columns = (size // SQUARE for size in values.shape)
    return values.reshape(rows, SQUARE, columns, SQUARE).mean(axis=(1, 3))


def main() -> None:
    set_up()
    from playwright.sync_api import sync_playwright

    from tests.browser.addresses import address_of

    FOLDER.mkdir(exist_ok=True)
    with served_site(TODAY) as site, sync_playwright() as started:
        browser = started.chromium.launch(**launch_options(whole=True))
        page = browser.new_context(reduced_motion="reduce", color_scheme="light").new_page()
        for name, (shown, width) in PICTURES.items():
            store(name, take(page, site.origin + address_of(shown, "ar"), width))
            sys.stdout.write(f"{(FOLDER / f'{name}.png').stat().st_size:,} bytes  {name}\n")
        browser.close()


if __name__ == "__main__":
    main()
