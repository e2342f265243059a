"""Loads the gazetteer from its files: all of it or nothing, and only when a file is another one than last time."""

import hashlib
from collections.abc import Callable
from functools import partial
from pathlib import Path

from practices.cities.own_names import FILE, FURTHER_FILE, lines_of
from practices.loading.table import fill_table
from practices.models import Place
from practices.search.place_names import RULES, keys_of

COLUMNS = ("geonames_id", "country", "name", "near", "regions", "latitude", "longitude", "population", "keys")


class BadPlaces(ValueError):
    """The file cannot be read; the message says what is wrong, and on which line."""


def load_places(folder: Path) -> int:
    """Brings the table in step with the folder's files; returns how many places were written, 0 when it is in step.

    A folder without places leaves the table alone. Raises BadPlaces on a file that cannot be read.
    """
    files = [folder / FILE, folder / FURTHER_FILE]
    if not files[0].is_file():
        return 0
    packed, further = (file.read_bytes() if file.is_file() else b"" for file in files)
    mark = f"{FILE} by rules {RULES} sha256:{hashlib.sha256(packed + further).hexdigest()}"
    return fill_table(Place, COLUMNS, lambda: read_places(packed, further), mark, lock=20_180_621)


def read_places(packed: bytes, further: bytes = b""):
    """Yields the rows of the table, in the order of COLUMNS."""
    others = dict(rows_of(FURTHER_FILE, further, further_names)) if further else {}
    yield from rows_of(FILE, packed, partial(row_of, others))


def rows_of(file: str, packed: bytes, row: Callable[[list[str]], tuple]):
    try:
        lines = list(lines_of(packed))
    except (OSError, EOFError, ValueError) as error:
        raise BadPlaces(f"{file} cannot be unpacked: {error}") from error
    for number, line in enumerate(lines, start=1):
        try:
            yield row(line)
        except ValueError as error:
            raise BadPlaces(f"{file}, line {number}: {error}") from error


def further_names(line: list[str]) -> tuple[int, list[str]]:
    key, names = line
    return int(key), names.split("|")


def row_of(others: dict[int, list[str]], line: list[str]) -> tuple:
    key, country, name, near, region, latitude, longitude, population, names = line
    known = [name, *(pair.partition(":")[2] for pair in names.split("|"))]
    keys = keys_of(known, others.get(int(key), ()))
    where = keys_of(region.split("|"))
    return int(key), country, name, near, where, float(latitude), float(longitude), int(population), keys
