"""Reading a PDF back: the words on it, and the outlines of the letters drawn."""

import re
import zlib
from io import BytesIO

from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont

SHOWN = re.compile(rb"/F(\d+) [\d.]+ Tf|\(((?:\\.|[^\\)])*)\) Tj", re.DOTALL)
ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


class Sheet:
    """A PDF of one page with embedded TrueType fonts, as fpdf2 writes it."""

    def __init__(self, pdf: bytes):
        self.objects = {int(one[1]): one[2] for one in re.finditer(rb"(\d+) 0 obj(.*?)endobj", pdf, re.DOTALL)}
        resources = re.search(rb"/Font <<(.*?)>>", pdf, re.DOTALL)[1]
        self.fonts = {int(name): int(key) for name, key in re.findall(rb"/F(\d+) (\d+) 0 R", resources)}
        self.drawn = [(font, glyphs) for page in self.pages() for font, glyphs in read_page(page)]

    def pages(self):
        return [text for text in map(self.stream, self.objects) if b" Tj" in text]

    def stream(self, key: int) -> bytes:
        found = re.search(rb"stream\r?\n(.*?)\r?\nendstream", self.objects[key], re.DOTALL)
        if not found:
            return b""
        # The last byte may be a line's end: a decompressor that is not told the length does not miss it.
        return zlib.decompressobj().decompress(found[1]) if b"/FlateDecode" in self.objects[key] else found[1]

    def follow(self, key: int, name: bytes) -> int:
        return int(re.search(name + rb" \[? ?(\d+) 0 R", self.objects[key])[1])

    def letters(self, font: int) -> dict[int, str]:
        """Glyph → what it stands for, as a reader copies it."""
        cmap = self.stream(self.follow(self.fonts[font], b"/ToUnicode"))
        pairs = re.findall(rb"<([0-9A-Fa-f]{4})> <([0-9A-Fa-f]+)>", cmap)
        return {int(glyph, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for glyph, text in pairs}

    @property
    def text(self) -> str:
        """All words in the order in which they are drawn; nothing stands between two lines."""
        said = "".join("".join(self.letters(font).get(one, "�") for one in glyphs) for font, glyphs in self.drawn)
        return re.sub(r"\s+", " ", said)

    def outlines(self, text: str) -> list[list]:
        """The outlines of the letters of ``text``, from left to right, wherever they are drawn."""
        return self.outlines_of(lambda _font, letter: letter.strip() and letter in text)

    def outlines_in(self, typeface: str) -> list[list]:
        """The outlines of all that is drawn in a typeface, from left to right, by a part of its name in the PDF."""
        return self.outlines_of(lambda font, _letter: typeface.encode() in self.objects[self.fonts[font]])

    def outlines_of(self, is_wanted) -> list[list]:
        """The outlines of the glyphs that ``is_wanted(number of the font, what the glyph stands for)``."""
        found = []
        for font, glyphs in self.drawn:
            letters = self.letters(font)
            wanted = [one for one in glyphs if is_wanted(font, letters.get(one, ""))]
            if wanted:
                descendant = self.follow(self.fonts[font], b"/DescendantFonts")
                file = self.stream(self.follow(self.follow(descendant, b"/FontDescriptor"), b"/FontFile2"))
                numbers = self.stream(self.follow(descendant, b"/CIDToGIDMap"))
                embedded = TTFont(BytesIO(file))
                found += [outline(embedded, int.from_bytes(numbers[2 * one : 2 * one + 2])) for one in wanted]
        return found


def read_page(page: bytes):
    """``(number of the font, glyphs)`` for each piece of text drawn."""
    font = 0
    for name, shown in SHOWN.findall(page):
        if name:
            font = int(name)
        else:
            raw = re.sub(rb"\\(.)", lambda found: ESCAPED.get(found[1], found[1]), shown, flags=re.DOTALL)
            yield font, [int.from_bytes(raw[at : at + 2]) for at in range(0, len(raw), 2)]


def outline(font: TTFont, glyph: int) -> list:
    """The strokes of a glyph, by its number in the font."""
    glyphs = font.getGlyphSet()
    pen = DecomposingRecordingPen(glyphs)
    glyphs[font.getGlyphName(glyph)].draw(pen)
    return pen.value
