"""Files in this repository that others wrote, or that were made of what others wrote."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

OFL = "OFL-1.1"
FONTSOURCE = "npm, @fontsource"
# Where such files lie: each file there is in ORIGINS or in OURS.
PLACES = (
    "static/fonts/*",
    "citysolidarity/data/fonts/*.woff2",
    "practices/data/*",
    "fixtures/*.xz",
    "tests/**/*names.csv",
)
# Version None: the typeface's own, which stands in the file.
ORIGINS = {
    "static/fonts/atkinson-*": ("Atkinson Hyperlegible Next", None, OFL, "npm, @fontsource-variable"),
    "static/fonts/bricolage-*": ("Bricolage Grotesque", None, OFL, "npm, @fontsource-variable"),
    "static/fonts/noto-*": ("Noto Sans", None, OFL, "npm, @fontsource-variable"),
    "static/fonts/readex-*": ("Readex Pro", None, OFL, "npm, @fontsource-variable"),
    "citysolidarity/data/fonts/*.woff2": ("Noto Sans", None, OFL, f"{FONTSOURCE} 5.3.0; see README.md there"),
    "practices/data/land.svgpath": ("Natural Earth", "1:110 million", "public domain", "manage.py build_land"),
    "practices/data/countries.txt": ("Natural Earth", "1:50 million", "public domain", "manage.py build_land"),
    "practices/data/country_names.csv": ("Unicode CLDR", "48", "Unicode-3.0", "manage.py build_gazetteer"),
    "practices/data/city_names.csv": ("GeoNames", "November 2026", "CC-BY-4.0", "manage.py build_city_names"),
    "practices/data/m49.csv": ("UN Statistics Division, M49", "2025", "free use with the source named", "by hand"),
    "practices/data/income.csv": ("World Bank income groups", "fiscal year 2024", "CC-BY-4.0", "by hand"),
    "fixtures/places.csv.xz": ("GeoNames", "November 2026", "CC-BY-4.0", "manage.py build_gazetteer"),
    "fixtures/place_names.csv.xz": ("GeoNames, Unicode CLDR", "November 2026", "CC-BY-4.0 AND Unicode-3.0", "manage.py build_gazetteer"),
    "fixtures/real_words.txt.xz": ("wordfreq", "3.1", "CC-BY-SA-4.0", "manage.py build_real_words"),
    "tests/practices/cities/cldr_names.csv": ("Unicode CLDR", "48", "Unicode-3.0", "Babel 2.19"),
}  # fmt: skip
OURS = (
    "practices/data/districts.csv", "practices/data/embedding_centre.csv", "practices/data/everyday_names.csv",
    "practices/data/glossary*.csv", "practices/data/institution_words.csv", "practices/data/terms.csv",
    "tests/practices/cities/typed_names.csv",
)  # fmt: skip


class Vendored(NamedTuple):
    path: str
    name: str
    version: str
    licence: str
    origin: str
    sha256: str


def vendored(root: Path) -> Iterator[Vendored]:
    for pattern, (name, version, licence, origin) in ORIGINS.items():
        for path in sorted(root.glob(pattern)):
            told = version or version_of(path)
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            yield Vendored(path.relative_to(root).as_posix(), name, told, licence, origin, digest)


def version_of(font: Path) -> str:
    from fontTools.ttLib import TTFont

    with TTFont(font, lazy=True) as file:
        return file["name"].getDebugName(5).removeprefix("Version ").partition(";")[0]


def of_unknown_origin(root: Path) -> set[str]:
    def found(patterns) -> set[str]:
        return {path.relative_to(root).as_posix() for pattern in patterns for path in root.glob(pattern)}

    return {path for path in found(PLACES) - found(ORIGINS) - found(OURS) if not path.endswith((".py", ".pyc"))}
