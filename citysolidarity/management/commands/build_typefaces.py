"""Make the typefaces for print from npm's packages, small enough to be kept with the project."""

import io
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.woff2 import WOFF2FlavorData

from citysolidarity.drawing.typefaces import FOLDERS, NOTO
from practices.cities.own_names import FILE, lines_of

# Files in the packages that are not named after their script.
CALLED = {
    "jp": "noto-sans-jp/files/noto-sans-jp-japanese", "kr": "noto-sans-kr/files/noto-sans-kr-korean",
    "sc": "noto-sans-sc/files/noto-sans-sc-chinese-simplified",
    "tc": "noto-sans-tc/files/noto-sans-tc-chinese-traditional",
} | {part: f"noto-sans/files/noto-sans-{part}" for part in ("cyrillic-ext", "latin-ext", "vietnamese")}  # fmt: skip
FEATURES = ["ccmp", "kern", "liga", "locl"]
# The countries whose places' names a typeface holds besides the characters of its national standard.
COUNTRIES = {"jp": {"JP"}, "kr": {"KP", "KR"}, "sc": {"CN", "SG"}, "tc": {"HK", "MO", "TW"}}


class Command(BaseCommand):
    """Writes citysolidarity/data/fonts: only common characters of Chinese, Japanese and Korean, and all others whole."""

    help = "Copies and cuts the typefaces for print. FOLDER is node_modules/@fontsource, see data/fonts/README.md."

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path)
        parser.add_argument("--output", type=Path, default=FOLDERS[1])

    def handle(self, *, folder: Path, output: Path, **options):
        for script in NOTO:
            name = CALLED.get(script, f"noto-sans-{script}/files/noto-sans-{script}-{script}")
            file = folder / f"{name}-500-normal.woff2"
            if not file.is_file():
                raise CommandError(f"{file} is missing: see {FOLDERS[1] / 'README.md'}")
            whole = file.read_bytes()
            written = (
                cut(whole, {*STANDARDS[script](), *of_places(COUNTRIES[script])}) if script in COUNTRIES else whole
            )
            (output / f"noto-sans-{script}-500-normal.woff2").write_bytes(written)
            self.stdout.write(f"{script}: {len(written):,} bytes")


def cut(whole: bytes, characters: Iterable[str]) -> bytes:
    """The WOFF2 file with these characters alone.

    The format's transform of outlines is left out: it saves a fifth, and takes two seconds to undo.
    """
    font = TTFont(io.BytesIO(whole), recalcTimestamp=False)
    cutting = Subsetter(Options(layout_features=FEATURES, hinting=False, notdef_outline=True))
    cutting.populate(unicodes=map(ord, characters))
    cutting.subset(font)
    font.flavor, font.flavorData = "woff2", WOFF2FlavorData(transformedTables=set())
    written = io.BytesIO()
    font.save(written)
    return written.getvalue()


def of_places(countries: set[str]) -> Iterator[str]:
    """Every character in the other names of these countries' places."""
    for line in lines_of((settings.BASE_DIR / "fixtures" / FILE).read_bytes()):
        if line[1] in countries:
            yield from line[-1]


def coded(encoding: str, leads: range, trails: Iterable[int]) -> Iterator[str]:
    """The two-byte characters of an encoding with these lead and trail bytes."""
    for lead in leads:
        for trail in trails:
            yield from bytes([lead, trail]).decode(encoding, errors="ignore")


# The characters in common use, as national standards list them: JIS X 0208 (level 1, kana), KS X 1001 (hangul),
# GB 2312 (level 1), Big5 (level 1). Ideographs of level 1 are those of daily life and of most places' names.
ROW = range(0xA1, 0xFF)
STANDARDS = {
    "jp": lambda: [*coded("euc_jp", range(0xB0, 0xD0), ROW), *coded("euc_jp", range(0xA4, 0xA6), ROW), *"々〆ヶー"],
    "kr": lambda: coded("euc_kr", range(0xB0, 0xC9), ROW),
    "sc": lambda: coded("gb2312", range(0xB0, 0xD8), ROW),
    "tc": lambda: coded("big5", range(0xA4, 0xC7), [*range(0x40, 0x7F), *ROW]),
}
