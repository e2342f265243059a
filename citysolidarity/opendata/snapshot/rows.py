"""What a table of the data package is, and how its rows are put in order."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby

from django.db.models import Model
from django.utils import timezone

type RowDict = dict[str, object]


@dataclass(frozen=True)
class DataTable:
    """``references`` are table names by column: by their address or, where a parent's rows are counted, by their position."""

    name: str
    model: type[Model]
    key: tuple[str, ...]
    columns: tuple[str, ...]
    rows: Callable[[], Iterable[RowDict]]
    references: dict[str, str] = field(default_factory=dict)


def by_address(rows: Iterable[RowDict], *key: str) -> list[RowDict]:
    """Sorted here, because each database has an order of texts of its own; an empty cell comes first."""
    return sorted(rows, key=lambda row: [(row[name] is not None, row[name]) for name in key])


def values(queryset, **columns: str) -> Iterator[RowDict]:
    """The rows of a query as dicts: each column with the lookup by which it is read."""
    return (dict(zip(columns, row, strict=True)) for row in queryset.order_by("pk").values_list(*columns.values()))


def themselves(*names: str) -> dict[str, str]:
    return {name: name for name in names}


def numbered(rows: Iterable[RowDict], *parents: str) -> Iterator[RowDict]:
    """With ``position`` from 1 in each parent; the rows come parent by parent."""
    for _parent, group in groupby(rows, lambda row: [row[name] for name in parents]):
        for position, row in enumerate(group, start=1):
            yield row | {"position": position}


def day_of(moment: datetime | None) -> date | None:
    """The day on which pages say it was."""
    return moment and timezone.localdate(moment)
