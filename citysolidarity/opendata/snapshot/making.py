"""How the rows of a table of a snapshot become rows of the database."""

from datetime import date, datetime, time

from django.db import models
from django.utils import timezone

from citysolidarity.opendata.snapshot.rows import DataTable, RowDict
from citysolidarity.opendata.snapshot.tables import TABLES

# The rows made so far, by table and then by key.
type Made = dict[str, dict[tuple, models.Model]]
KEYS = {table.name: table.key for table in TABLES}


class NotLoaded(Exception):
    """Why nothing was loaded, as a sentence."""


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


def make_rows(table: DataTable, rows: list[RowDict], made: Made, curator) -> list[models.Model]:
    return table.model.objects.bulk_create([table.model(**fields_of(table, row, made)) for row in rows], batch_size=500)


def vouching(curator, what: str):
    if curator is None:
        raise NotLoaded(f"It has {what}: name with --curator the account that vouches for them here.")
    return curator


def moment(day: str | None) -> datetime | None:
    """One of a day on which something was, as far as the snapshot tells when."""
    return day and datetime.combine(date.fromisoformat(day), time(12), tzinfo=timezone.get_current_timezone())
