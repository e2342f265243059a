"""Loads ``places.csv.gz``, the gazetteer: all of it or nothing, and only when the file is another one than last time."""

import csv
import gzip
import hashlib
import io
from pathlib import Path

from django.db import connection, transaction

from practices.gazetteer import is_own, keys_of
from practices.models import Place

FILE = "places.csv.gz"
COLUMNS = ("geonames_id", "country", "name", "near", "latitude", "longitude", "population", "keys")
# Any fixed number of our own: two loads at once take turns.
LOCK = 20_180_621


class BadPlaces(ValueError):
    """The file cannot be read; the message says what is wrong, and on which line."""


def load_places(folder: Path) -> int:
    """Brings the table in step with the folder's file; returns how many places were written, 0 when it is in step.

    A folder without the file leaves the table alone. Raises BadPlaces on one that cannot be read.
    """
    file = folder / FILE
    if not file.is_file():
        return 0
    packed = file.read_bytes()
    mark = f"{FILE} sha256:{hashlib.sha256(packed).hexdigest()}"
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        if mark == mark_of_table(cursor) and Place.objects.exists():
            return 0
        rows = list(read_places(packed))
        table = connection.ops.quote_name(Place._meta.db_table)
        cursor.execute(f"DELETE FROM {table}")
        with cursor.copy(f"COPY {table} ({', '.join(COLUMNS)}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        # On the table itself, so that it can be neither lost nor kept without the rows.
        cursor.execute(f"COMMENT ON TABLE {table} IS '{mark}'")
    return len(rows)


def own_names(folder: Path, number: int) -> list[str]:
    """How the file writes a place in the scripts of its country, by its GeoNames number; some hundredths of a second.

    The table holds the names only as they are compared.
    """
    file, start = folder / FILE, f"{number},".encode()
    lines = gzip.decompress(file.read_bytes()).splitlines() if file.is_file() else []
    for line in lines:
        if line.startswith(start):
            [(_key, country, _name, *_place, further)] = csv.reader([line.decode("utf-8")])
            return [name for name in further.split("|") if is_own(name, country)]
    return []


def mark_of_table(cursor) -> str | None:
    """Which file the table was filled from; None for none."""
    cursor.execute("SELECT obj_description(%s::regclass, 'pg_class')", [Place._meta.db_table])
    return cursor.fetchone()[0]


def read_places(packed: bytes):
    """Yields the rows of the table, in the order of COLUMNS."""
    try:
        lines = gzip.decompress(packed).decode("utf-8")
    except (OSError, EOFError, ValueError) as error:
        raise BadPlaces(f"{FILE} cannot be unpacked: {error}") from error
    for number, line in enumerate(csv.reader(io.StringIO(lines, newline="")), start=1):
        try:
            key, country, name, near, latitude, longitude, population, further = line
            keys = keys_of([name, *further.split("|")])
            yield int(key), country, name, near, float(latitude), float(longitude), int(population), keys
        except ValueError as error:
            raise BadPlaces(f"{FILE}, line {number}: {error}") from error
