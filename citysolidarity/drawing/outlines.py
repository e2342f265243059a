"""Lines of text as SVG paths: a picture that other sites show must look the same where they have none of our fonts."""

from dataclasses import dataclass
from functools import cache, lru_cache
from io import BytesIO

import uharfbuzz
from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

from citysolidarity.drawing.typefaces import FAMILIES, TEXT, instance
from citysolidarity.drawing.typesetting import Typeface, runs

FAMILY_OF = {file: family for family, (file, _weight) in FAMILIES.items()}


@dataclass(frozen=True)
class Outline:
    """``path`` is SVG's ``d``, its baseline at 0 and beginning at 0; ``length`` in the same units."""

    path: str
    length: float


@dataclass(frozen=True)
class Glyphs:
    font: uharfbuzz.Font
    glyphs: object  # fontTools' glyph set
    names: list[str]
    per_em: int


@cache
def glyphs_of(family: str) -> Glyphs:
    data = instance(family)
    face = uharfbuzz.Face(data)
    file = TTFont(BytesIO(data))
    return Glyphs(uharfbuzz.Font(face), file.getGlyphSet(), file.getGlyphOrder(), face.upem)


@lru_cache(maxsize=256)
def outline(line: str, face: Typeface, size: float, language: str = "") -> Outline:
    """The line as one path. ``line`` is what ``typesetting.printable`` gives back for this ``face``."""
    paths, left = [], 0.0
    for run in runs(line, face, language):
        glyphs = glyphs_of(TEXT if run.file == face.digits else FAMILY_OF[run.file])
        scale = size / glyphs.per_em
        # A glyph may be made of others of its font.
        pen = SVGPathPen(glyphs.glyphs, ntos=lambda number: f"{number:.1f}".removesuffix(".0"))
        text = uharfbuzz.Buffer()
        text.add_str(run.text)
        text.guess_segment_properties()
        text.direction = run.direction
        uharfbuzz.shape(glyphs.font, text)
        for glyph, place in zip(text.glyph_infos, text.glyph_positions, strict=True):
            x, y = left + place.x_offset * scale, -place.y_offset * scale
            glyphs.glyphs[glyphs.names[glyph.codepoint]].draw(TransformPen(pen, (scale, 0, 0, -scale, x, y)))
            left += place.x_advance * scale
        paths.append(pen.getCommands())
    return Outline("".join(paths), left)
