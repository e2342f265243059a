"""The gazetteer's file, and how it writes a place in the scripts of its country."""

import csv
import io
import lzma
from collections.abc import Iterator
from pathlib import Path

from practices.search.place_names import is_own

# GeoNames number, country, name, near, region, latitude, longitude, population, further names with their language.
FILE = "places.csv.xz"
# GeoNames number, names without a language, which are found but never offered: some are of the past.
FURTHER_FILE = "place_names.csv.xz"


def lines_of(packed: bytes) -> Iterator[list[str]]:
    """The lines of such a file. Raises OSError, EOFError or ValueError where it cannot be unpacked."""
    try:
        text = lzma.decompress(packed).decode("utf-8")
    except lzma.LZMAError as error:
        raise ValueError(error) from error
    return csv.reader(io.StringIO(text, newline=""))


def own_names(folder: Path, number: int) -> dict[str, str]:
    """Name → language, for the names of a place in the scripts of its country, by its GeoNames number; 0.1 s.

    The table holds the names only as they are compared.
    """
    file, key = folder / FILE, str(number)
    for line in lines_of(file.read_bytes()) if file.is_file() else ():
        if line[0] == key:
            pairs = (pair.partition(":") for pair in line[8].split("|") if pair)
            return {name: language for language, _colon, name in pairs if is_own(name, line[1])}
    return {}
