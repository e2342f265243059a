"""The image that other sites show when someone shares a practice (Open Graph)."""

import re
from functools import cache
from io import BytesIO
from itertools import accumulate

from django.conf import settings
from django.utils.translation import gettext, override
from PIL import Image, ImageChops, ImageColor, ImageDraw

from citysolidarity.drawing.typesetting import (
    HEADING,
    TEXT,
    draw_line,
    has_letters_from_right,
    printable,
    shortened,
    width,
    wrap,
)
from practices.cities.atlas import WORLD, land

WIDTH, HEIGHT = 1200, 630  # what Open Graph's readers ask for
MARGIN = 80
ROOM = WIDTH - 2 * MARGIN

NIGHT, LAND, PAPER, SOFT = "#16233b", "#1f2e49", "#f6f1e7", "#cfd3dd"
ACCENT, SUN, BOTH = "#c2410c", "#f2b441", "#b82e03"  # the last: where the mark's circles lie on each other

TITLE_SIZES = (92, 80, 70, 62, 54, 48)
TITLE_TOP, TITLE_BOTTOM = 150, 490
LONGEST_READ = 300  # characters; far more than the smallest size has room for

FINER = 4


def draw(title: str, place: str, *, kind_label: str = "", language: str = "en") -> bytes:
    """A PNG of 1200 × 630 pixels with the title, the place and the site's name.

    `kind_label` is a word above the title, such as "Practice". `language` (a
    language code) says which side to start from and how to greet when the title
    is in a script that the site has no font for. Never raises for a text.
    """
    with override(language):
        site_name = printable(gettext("Cities of Solidarity"), HEADING) or "Cities of Solidarity"
    image = _sheet(site_name, language).copy()
    page = _Page(image, language)
    size, lines = _fitted(printable(title[:LONGEST_READ], HEADING) or _greeting(language))
    step = size * (1.32 if any(map(has_letters_from_right, lines)) else 1.1)
    eyebrow = printable(kind_label[:LONGEST_READ], TEXT)
    block = step * len(lines) + (56 if eyebrow else 0)
    top = TITLE_TOP + (TITLE_BOTTOM - TITLE_TOP - block) / 2
    if eyebrow:
        page.line(top + 30, eyebrow, TEXT, 30, SUN)
        top += 56
    for number, line in enumerate(lines):
        page.line(top + step * number + size * 0.86, line, HEADING, size, PAPER)
    if place := printable(place[:LONGEST_READ], TEXT):
        page.dot(HEIGHT - MARGIN - 13, 9, SUN)
        page.line(HEIGHT - MARGIN, place, TEXT, 36, SOFT, indent=34)
    png = BytesIO()
    image.quantize(palette=_palette(), dither=Image.Dither.NONE).save(png, "PNG", optimize=True)
    return png.getvalue()


@cache
def _palette() -> Image.Image:
    """The card's colours and the steps between them at soft edges: the same to the eye, in a third of the bytes."""
    pairs = [(NIGHT, LAND), (NIGHT, ACCENT), (NIGHT, SUN), (SUN, BOTH), (ACCENT, BOTH)]
    pairs += [(ground, text) for ground in (NIGHT, LAND) for text in (PAPER, SOFT, SUN)]
    colours = dict.fromkeys(
        tuple(round(a + (b - a) * step / 6) for a, b in zip(*map(ImageColor.getrgb, pair), strict=True))
        for pair in pairs
        for step in range(7)
    )
    palette = Image.new("P", (1, 1))
    palette.putpalette([part for colour in colours for part in colour])
    return palette


class _Page:
    def __init__(self, image: Image.Image, language: str):
        self.image = image
        self.canvas = ImageDraw.Draw(image)
        self.language = language
        self.from_right = language in settings.LANGUAGES_BIDI

    def line(self, baseline, text, face, size, fill, indent=0):
        room = ROOM - indent
        if width(text, face, size) > room:
            text = shortened(text, face, size, room)
        length = width(text, face, size)
        left = WIDTH - MARGIN - indent - length if self.from_right else MARGIN + indent
        draw_line(self.canvas, left, baseline, text, face, size, fill, self.language)

    def dot(self, middle, radius, fill):
        x = WIDTH - MARGIN - radius if self.from_right else MARGIN + radius
        mask = _smooth(2 * radius, 2 * radius, _circle(radius, radius, radius))
        self.image.paste(fill, (x - radius, middle - radius), mask)


def _fitted(title: str) -> tuple[int, list[str]]:
    """The largest size at which the title fits, and its lines; shortened if it fits at none."""
    for size in TITLE_SIZES:
        lines = wrap(title, HEADING, size, ROOM)
        most = int((TITLE_BOTTOM - TITLE_TOP - 56) / (size * (1.32 if has_letters_from_right(title) else 1.1)))
        if len(lines) <= min(most, 4):
            return size, lines
    shown = lines[: min(most, 4)]
    return size, [*shown[:-1], shortened(shown[-1], HEADING, size, ROOM)]


def _greeting(language: str) -> str:
    with override(language):
        greeting = gettext("What cities do to welcome people forced to flee")
    return printable(greeting, HEADING) or "Cities of Solidarity"


@cache
def _sheet(site_name: str, language: str) -> Image.Image:
    image = Image.new("RGB", (WIDTH, HEIGHT), NIGHT)
    image.paste(LAND, mask=_smooth(WIDTH, HEIGHT, _draw_land))
    accent, sun = (_smooth(72, 44, _circle(x, 22, 22)) for x in (22, 50))
    corner = (WIDTH - MARGIN - 72 if language in settings.LANGUAGES_BIDI else MARGIN, MARGIN - 22)
    image.paste(SUN, corner, sun)
    image.paste(ACCENT, corner, accent)
    image.paste(BOTH, corner, ImageChops.multiply(accent, sun))
    _Page(image, language).line(MARGIN + 12, site_name, HEADING, 36, PAPER, indent=90)
    return image


def _smooth(wide: int, high: int, paint) -> Image.Image:
    """A mask drawn FINER times as large, as Pillow's shapes have jagged edges."""
    mask = Image.new("L", (wide * FINER, high * FINER))
    paint(ImageDraw.Draw(mask))
    return mask.resize((wide, high), Image.Resampling.BOX)


def _circle(x: int, y: int, radius: int):
    left, top, right, bottom = (FINER * value for value in (x - radius, y - radius, x + radius, y + radius))
    return lambda canvas: canvas.ellipse((left, top, right - 1, bottom - 1), fill=255)


def _draw_land(canvas: ImageDraw.ImageDraw) -> None:
    scale = FINER * WIDTH / WORLD.width
    shift = (FINER * HEIGHT - scale * WORLD.height) / 2
    at = (0.0, 0.0)
    for ring in re.findall(r"m([^mz]+)z", land()):
        numbers = [float(number) for number in re.findall(r"-?(?:\d+(?:\.\d+)?|\.\d+)", ring)]
        steps = [at, *zip(numbers[::2], numbers[1::2], strict=True)]
        points = list(accumulate(steps, lambda a, b: (a[0] + b[0], a[1] + b[1])))[1:]
        at = points[0]
        turn = sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in zip(points, points[1:] + points[:1], strict=True))
        # Seas within the land, such as the Caspian, are drawn the other way round.
        canvas.polygon([(x * scale, y * scale + shift) for x, y in points], fill=255 if turn > 0 else 0)
