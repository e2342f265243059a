"""Fills an empty database from a snapshot: all of it, or nothing."""

import json
from collections.abc import Callable
from pathlib import Path

from django.db import models, transaction
from django.db.models.functions import Now

from citysolidarity.opendata.snapshot.package import SUMS, sha256
from citysolidarity.opendata.snapshot.tables import CITY_FIELDS, MOMENTS, TABLES, DataTable, RowDict
from pledges.models import Clause, Signature, Statement, StatementVersion
from pledges.vocabularies import CLAUSE_CODES, Kind, Origin, Proof
from practices.models import City, Practice, PracticeTranslation, Rewording
from practices.models.entries.texts import TEXTS

# The rows made so far, by table and then by key.
type Made = dict[str, dict[tuple, models.Model]]


class NotLoaded(Exception):
    """Why nothing was loaded, as a sentence."""


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
        Signature.objects.show_on_cities(list(City.objects.values_list("pk", flat=True)))
    return {name: len(rows) for name, rows in made.items()}


def check_sums(folder: Path) -> None:
    """Every file of the package is as its checksum says. Its pages are not read, so they may be missing."""
    try:
        lines = (folder / SUMS).read_text("utf-8").splitlines()
    except OSError as error:
        raise NotLoaded(f"{folder} is no snapshot: it has no {SUMS}.") from error
    told = {name: digest for digest, _space, name in (line.partition("  ") for line in lines)}
    for path in sorted((folder / "data").iterdir()):
        name = path.relative_to(folder).as_posix()
        if told.pop(name, "") != sha256(path):
            raise NotLoaded(f"{name} is not as {SUMS} says.")
    if gone := [name for name in told if name.startswith("data/")]:
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


def fields_of(table: DataTable, row: RowDict, made: Made) -> dict:
    """The columns that are fields of the model, days as days and references as rows."""
    known = {field.name: field for field in table.model._meta.concrete_fields}
    values = {
        name: known[name].to_python(value)
        for name, value in row.items()
        if name in known and name not in table.references
    }
    for name, target in table.references.items():
        if name in known and row[name] is not None:
            parents = KEYS[target][:-1]
            values[name] = made[target][*(row[parent] for parent in parents), row[name]]
    return values


KEYS = {table.name: table.key for table in TABLES}


def make_rows(table: DataTable, rows: list[RowDict], made: Made, curator) -> list[models.Model]:
    return table.model.objects.bulk_create([table.model(**fields_of(table, row, made)) for row in rows], batch_size=500)


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


def make_guide_translations(table: DataTable, rows: list[RowDict], made: Made, curator) -> list[models.Model]:
    loaded = []
    for row in rows:
        one = table.model(**fields_of(table, row, made))
        if row["reviewed_on"]:
            one.reviewed_at = f"{row['reviewed_on']}T00:00:00Z"
            one.reviewed_by = vouching(curator, "guides whose translation somebody reviewed")
        loaded.append(one)
    return table.model.objects.bulk_create(loaded)


def make_statement(table: DataTable, rows: list[RowDict], made: Made, curator) -> list[StatementVersion]:
    """As drafts: only a draft accepts clauses."""
    versions = []
    for row in rows:
        own = {"statement": Statement.objects.get_or_create(slug=row["statement"])[0], "valid_from": None}
        version = StatementVersion.objects.create(**fields_of(table, row | {"statement": None}, made) | own)
        version.day = StatementVersion._meta.get_field("valid_from").to_python(row["valid_from"])
        versions.append(version)
    return versions


def make_clauses(table: DataTable, rows: list[RowDict], made: Made, curator) -> list[Clause]:
    versions = made["statement"]
    clauses = [Clause(**fields_of(table, row, made), version=versions[version_of(row)]) for row in rows]
    Clause.objects.bulk_create(clauses)
    for version in versions.values():
        version.enact(version.day)
    return clauses


def version_of(row: RowDict) -> tuple:
    return row["statement"], row["language"], row["number"]


def make_signatures(table: DataTable, rows: list[RowDict], made: Made, curator) -> list[Signature]:
    loaded = []
    for row in rows:
        one = Signature(**fields_of(table, row, made), name_may_be_shown=bool(row["signer_name"]))
        if row["origin"] == Origin.ONLINE:
            one.version = made["statement"][version_of(row)]
            one.drafted_at = one.confirmed_at = one.verified_at
        loaded.append(one)
    Signature.objects.bulk_create(loaded)
    for one in loaded:
        if one.origin == Origin.STATED:
            one.events.create(kind=Kind.STATED, at=one.published_at)
            continue
        by = vouching(curator, "signatures that curators verified")
        for kind, at, who in (
            (Kind.DRAFTED, one.drafted_at, None),
            (Kind.CONFIRMED, one.confirmed_at, None),
            (Kind.VERIFIED, one.verified_at, by),
            (Kind.PUBLISHED, one.published_at, by),
        ):
            one.events.create(kind=kind, at=at, by=who)
    return loaded


def make_proofs(table: DataTable, rows: list[RowDict], made: Made, curator) -> list[models.Model]:
    """Where a number was found was never public, so it says that it came with a snapshot."""
    extra = {"by": curator, "was_strong": True}
    found = {Proof.CALLED_BACK: {"number_found_at": "snapshot"}}
    loaded = [table.model(**fields_of(table, row, made), **extra, **found.get(row["kind"], {})) for row in rows]
    return table.model.objects.bulk_create(loaded)


def make_commitments(table: DataTable, rows: list[RowDict], made: Made, curator) -> list[models.Model]:
    loaded = []
    for row in rows:
        signature = made["signatures"][row["signature"],]
        clause = signature.version.clauses.get(code=row["clause"])
        loaded.append(table.model(**fields_of(table, row | {"clause": None}, made) | {"clause": clause}))
    return table.model.objects.bulk_create(loaded)


def make_deeds(table: DataTable, rows: list[RowDict], made: Made, curator) -> list[models.Model]:
    loaded = []
    for row in (row for row in rows if row["clause"] in CLAUSE_CODES):
        one = table.model(**fields_of(table, row, made))
        if row["accepted"]:
            one.accepted_at, one.decided_by = Now(), vouching(curator, "practices that curators tied to promises")
        else:
            one.tied_at = Now()
        loaded.append(one)
    return table.model.objects.bulk_create(loaded)


def vouching(curator, what: str):
    if curator is None:
        raise NotLoaded(f"It has {what}: name with --curator the account that vouches for them here.")
    return curator


MAKERS: dict[str, Callable] = {
    "cities": make_cities,
    "practices": make_practices,
    "translations": make_translations,
    "guide_translations": make_guide_translations,
    "statement": make_statement,
    "clauses": make_clauses,
    "signatures": make_signatures,
    "proofs": make_proofs,
    "commitments": make_commitments,
    "deeds": make_deeds,
}
