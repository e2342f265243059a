"""Fills an empty database from a snapshot: all of it, or nothing."""

import json
from collections.abc import Callable
from pathlib import Path

from django.db import models, transaction
from django.db.models.functions import Now

from citysolidarity.opendata.snapshot import pledged_loading
from citysolidarity.opendata.snapshot.making import Made, NotLoaded, fields_of, make_rows, moment, vouching
from citysolidarity.opendata.snapshot.package import SUMS, sha256
from citysolidarity.opendata.snapshot.pictures import load_pictures
from citysolidarity.opendata.snapshot.rows import DataTable, RowDict
from citysolidarity.opendata.snapshot.tables import CITY_FIELDS, MOMENTS, TABLES
from pledges.models import Signature
from practices.models import City, Practice, PracticeTranslation, Rewording
from practices.models.entries.picture import FOLDER
from practices.models.entries.texts import TEXTS

PARTS = ("data", FOLDER)  # what is read of a snapshot


def load_snapshot(folder: Path, curator=None) -> dict[str, int]:
    """Returns the number of rows by table. ``curator`` vouches here for what curators decided there; NotLoaded without."""
    check_sums(folder)
    with transaction.atomic():
        if full := [table.name for table in TABLES if table.model.objects.exists()]:
            raise NotLoaded(f"The database is not empty: it has {', '.join(full[:3]).replace('_', ' ')}.")
        made: Made = {}
        for table in TABLES:
            rows = read(folder / "data" / f"{table.name}.jsonl", table)
            make = MAKERS.get(table.name, make_rows)
            objects = make(table, rows, made, curator)
            made[table.name] = {key_of(table, row): one for row, one in zip(rows, objects, strict=True)}
        load_pictures(folder, made["pictures"].values())
        Signature.objects.show_on_cities(list(City.objects.values_list("pk", flat=True)))
    return {name: len(rows) for name, rows in made.items()}


def check_sums(folder: Path) -> None:
    """Every file of the package is as its checksum says. Its pages are not read, so they may be missing."""
    try:
        lines = (folder / SUMS).read_text("utf-8").splitlines()
    except OSError as error:
        raise NotLoaded(f"{folder} is no snapshot: it has no {SUMS}.") from error
    told = {name: digest for digest, _space, name in (line.partition("  ") for line in lines)}
    for path in sorted(path for part in PARTS for path in (folder / part).rglob("*") if path.is_file()):
        name = path.relative_to(folder).as_posix()
        if told.pop(name, "") != sha256(path):
            raise NotLoaded(f"{name} is not as {SUMS} says.")
    if gone := [name for name in told if name.partition("/")[0] in PARTS]:
        raise NotLoaded(f"{gone[0]} is missing.")


def read(path: Path, table: DataTable) -> list[RowDict]:
    if not path.exists():
        return []
    rows = [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]
    if wrong := [row for row in rows if row.keys() != set(table.columns)]:
        raise NotLoaded(f"{path.name} has other columns than this version of the site: {', '.join(wrong[0])}.")
    return rows


def key_of(table: DataTable, row: RowDict) -> tuple:
    return tuple(row[name] for name in table.key)


def make_cities(table: DataTable, rows: list[RowDict], made: Made, curator) -> list[City]:
    """One by one, since saving makes the words under which a city is found."""
    cities = [City(**fields_of(table, row, made)) for row in rows]
    for city in cities:
        city.save(force_insert=True)
    for city, row in zip(cities, rows, strict=True):
        City.objects.filter(pk=city.pk).update(**{name: row[name] for name in CITY_FIELDS if name in ("area", "near")})
    return cities


def make_practices(table: DataTable, rows: list[RowDict], made: Made, curator) -> list[Practice]:
    """With the days of the snapshot: to the database they are new today."""
    practices = make_rows(table, rows, made, curator)
    for practice, row in zip(practices, rows, strict=True):
        Practice.objects.filter(pk=practice.pk).update(**{name: row[name] for name in MOMENTS})
    return practices


def make_translations(table: DataTable, rows: list[RowDict], made: Made, curator) -> list[PracticeTranslation]:
    loaded, behind = [], {}
    # What rests on sources counts as a revision of its own.
    revisions = dict(Practice.objects.values_list("pk", "revision"))
    for row in rows:
        fields = fields_of(table, row, made)
        practice = fields["practice"]
        one = PracticeTranslation(**fields, translated_at=f"{row['day']}T00:00:00Z", follows=revisions[practice.pk])
        if row["is_behind"]:
            one.follows = 0
            behind[practice.pk] = Rewording(practice=practice, revision=1, at=row_moment(made, row))
        shown = {name: row[name] for name in (*TEXTS, "phrases", "kind", "made_by", "day", "is_reviewed")}
        one.shown = shown | {"follows": one.follows}
        one.published_at = one.changed_at = Now()
        one.published_by = vouching(curator, "translations that somebody reviewed") if row["is_reviewed"] else None
        loaded.append(one)
    Rewording.objects.bulk_create(behind.values(), ignore_conflicts=True)
    return PracticeTranslation.objects.bulk_create(loaded, batch_size=500)


def row_moment(made: Made, row: RowDict):
    """When the words of the original last changed, as far as the snapshot tells."""
    return Practice.objects.values_list("updated_at", flat=True).get(pk=made["practices"][row["practice"],].pk)


def make_elsewhere(table: DataTable, rows: list[RowDict], made: Made, curator) -> list[models.Model]:
    loaded = [table.model(**fields_of(table, row, made), accepted_at=moment(row["checked_on"])) for row in rows]
    for one in loaded:
        one.decided_by = vouching(curator, "pages elsewhere that curators compared")
    return table.model.objects.bulk_create(loaded)


def make_sentences(table: DataTable, rows: list[RowDict], made: Made, curator) -> list[models.Model]:
    loaded = []
    for row in rows:
        one = table.model(**fields_of(table, row, made))
        if row["reviewed_on"]:
            one.reviewed_at = f"{row['reviewed_on']}T00:00:00Z"
            one.reviewed_by = vouching(curator, "translations that somebody reviewed")
        loaded.append(one)
    return table.model.objects.bulk_create(loaded)


MAKERS: dict[str, Callable] = {
    "cities": make_cities,
    "practices": make_practices,
    "translations": make_translations,
    "elsewhere": make_elsewhere,
    "guide_translations": make_sentences,
    "document_translations": make_sentences,
    "network_translations": make_sentences,
    **pledged_loading.MAKERS,
}
