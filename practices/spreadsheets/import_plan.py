"""What an import would do, row by row; then all of it, or the sound rows alone."""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import batched

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _
from text_unidecode import unidecode

from citysolidarity.desk.tables import BadSheet
from practices.entries.differences import Difference, differences
from practices.loading import LoadReport
from practices.models import FormerAddress, Place, Practice, Source
from practices.models.entries.record import PARTS, Record, record_of, write
from practices.models.entries.version import Version
from practices.spreadsheets.columns import (
    SOURCE,
    cells_of,
    column_of,
    is_content,
    likely,
    same_texts,
    values_of,
)
from practices.spreadsheets.conflicts import check_entry
from practices.spreadsheets.formats import Unusable
from practices.spreadsheets.named_cities import NamedCities
from practices.spreadsheets.parsing import RowOfSheet, read_record
from practices.spreadsheets.sheets import Spreadsheet

OUTCOMES = ("new", "changed", "unchanged", "refused")
BATCH = 500
LONGEST_SLUG = 80


@dataclass(frozen=True)
class Change:
    """What becomes of one row: one of OUTCOMES, with its differences (changed) or its reasons (refused).

    ``notes`` are for whoever looks at the change before it is made.
    """

    line: int
    slug: str
    title: str
    outcome: str
    record: Record = field(default_factory=dict)
    differences: list[Difference] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    practice: Practice | None = None


@dataclass(frozen=True)
class Saved:
    """What became of an entry: its revision before the import (None: it is new) and after it."""

    line: int
    practice: int
    before: int | None
    after: int


class ImportPlan:
    """What the sheet would change; ``lock`` holds the entries until the transaction ends, for ``carry_out``.

    ``columns`` says which of our columns theirs are ("" leaves one out), ``fixed`` what is said of every row.
    """

    def __init__(
        self,
        sheet: Spreadsheet,
        *,
        lock: bool = False,
        report: LoadReport | None = None,
        columns: Mapping[str, str] | None = None,
        fixed: Mapping[str, str] | None = None,
    ):
        columns = columns_of(sheet, columns or {})
        if unknown := [name for name, ours in columns.items() if ours is None]:
            raise BadSheet(_unknown(sheet, unknown))
        self.sheet = sheet.renamed(columns, dict(fixed or {}))
        if "slug" not in self.sheet.columns and not {"title", "city"} <= {*self.sheet.columns}:
            raise BadSheet(_needs(sheet))
        self.report = report or LoadReport()
        self.report.files.append(sheet.name)
        self.cities = NamedCities()
        self.rows = [(line, self._with_city_and_slug(row)) for line, row in self.sheet.rows]
        self.stored = self._stored(lock)
        self.retired = set(FormerAddress.objects.values_list("path", flat=True))
        self._lines: dict[str, int] = {}
        self.changes = [self._change(line, row) for line, row in self.report.watched(self.rows, "Reading")]

    def _with_city_and_slug(self, row: dict[str, str]) -> dict[str, str]:
        """The city by its address, if it is found by its name; the address of an entry that has none, by its rule."""
        row = dict(row)
        if "city" in row:
            row["city"] = self.cities.find(row["city"], row.get("country", "")).key or row["city"]
        if not row.get("slug", "").strip():
            city = self.cities.get(row.get("city", ""))
            row["slug"] = slug_of(row.get("title", ""), city.name) if city and row.get("title") else ""
        return row

    def _stored(self, lock: bool) -> dict[str, Practice]:
        slugs = [row["slug"].strip() for _line, row in self.rows]
        entries = Practice.objects.filter(slug__in=slugs).defer("search").select_related("city")
        entries = entries.prefetch_related("sources", *PARTS).order_by("pk")
        return {entry.slug: entry for entry in (entries.select_for_update(of=["self"]) if lock else entries)}

    @cached_property
    def counts(self) -> Counter:
        return Counter(change.outcome for change in self.changes)

    @property
    def is_sound(self) -> bool:
        return not self.counts["refused"]

    @property
    def fingerprint(self) -> str:
        """The same for the same rows on the same entries: what was looked at is what is done."""
        rows = [
            (change.line, change.slug, change.outcome, change.practice and change.practice.revision, change.record)
            for change in self.changes
        ]
        return hashlib.sha256(json.dumps(rows, sort_keys=True).encode()).hexdigest()

    def _change(self, line: int, texts: dict[str, str]) -> Change:
        slug = texts["slug"].strip()
        entry = self.stored.get(slug)
        stored = record_of(entry) if entry else {}
        title = texts.get("title", "").strip() or str(stored.get("title", ""))
        cells = cells_of(stored) if entry else {}
        row = RowOfSheet(self.report, self.sheet.name, line, {})
        first = self._lines.setdefault(slug, line) if slug else line
        if first != line:
            row.wrong(_("slug %(slug)r stands on line %(line)d already") % {"slug": slug, "line": first})
        elif entry and same_texts(cells, texts):
            return Change(line, slug, title, "unchanged", practice=entry)
        for column, text in texts.items():
            if isinstance(text, Unusable) and is_content(column) and text != str(cells.get(column, "")):
                row.wrong(self._cell(column, line, text))
        row.values = values_of(_completed(cells, texts)) | {"country": texts.get("country", "")}
        record = read_record(row, self.cities, is_new=entry is None)
        changed = differences(stored, record) if entry else []
        notes = []
        if entry and changed:
            notes = check_entry(row, entry, record, texts)
        elif not entry and f"/practices/{slug}/" in self.retired:
            row.wrong(_("slug %r was an address of this site and was given up") % slug)
        if not row.is_sound:
            reasons = self.report.problems_of(self.sheet.name, line)
            return Change(line, slug, title, "refused", reasons=reasons, practice=entry)
        if entry and not changed:
            return Change(line, slug, title, "unchanged", practice=entry)
        wanted = {change.name: record[change.name] for change in changed} if entry else record
        if isinstance(city := self.cities.get(record["city"]), Place):
            notes = [*notes, _("%s is added to the cities.") % city]
        outcome = "changed" if entry else "new"
        return Change(line, slug, title, outcome, wanted, changed, notes=notes, practice=entry)

    def _cell(self, column: str, line: int, text: Unusable) -> str:
        cell = f"{self.sheet.letters.get(column, '')}{line}"
        return _("cell %(cell)s (%(column)s) %(why)s: %(text)s") % {
            "cell": cell, "column": column, "why": text.why, "text": text[:40]
        }  # fmt: skip

    def carry_out(self, *, by=None, only_sound: bool = False) -> list[Saved]:
        """Saves every new and changed entry, in the transaction in which the plan was made with ``lock``.

        New entries are drafts: nothing becomes public by an import. Each change is kept as a version. Refused rows are
        left out where ``only_sound`` rows are asked for.
        """
        if not (self.is_sound or only_sound):
            raise ValueError("A plan with refused rows is not carried out.")
        note = self.sheet.name[:300]
        saved: list[Saved] = []
        with transaction.atomic():
            self.cities.make({change.record["city"] for change in self.changes if "city" in change.record})
            for batch in self._batches("new", "Adding"):
                saved += self._add(batch, by, note)
            for batch in self._batches("changed", "Changing"):
                saved += self._write(batch, by, note)
        return saved

    def _batches(self, outcome: str, label: str):
        changes = [change for change in self.changes if change.outcome == outcome]
        batches = list(batched(changes, BATCH))
        return self.report.watched(batches, label, unit=f" × {BATCH} rows") if batches else []

    def _write(self, batch: Sequence[Change], by, note: str) -> list[Saved]:
        keys = [change.practice.pk for change in batch]
        before = {change.practice.pk: change.practice.revision for change in batch}
        Version.objects.keep(keys)
        for change in batch:
            write(change.practice, change.record | self._city_of(change))
        Version.objects.keep(keys, by=by, note=note)
        now = _revisions(keys)
        return [
            Saved(change.line, change.practice.pk, before[change.practice.pk], now[change.practice.pk])
            for change in batch
        ]

    def _city_of(self, change: Change) -> dict:
        return {"city": self.cities[change.record["city"]].slug} if "city" in change.record else {}

    def _add(self, batch: Sequence[Change], by, note: str) -> list[Saved]:
        entries = [
            Practice(
                **{name: value for name, value in change.record.items() if name not in ("city", "sources")},
                city=self.cities[change.record["city"]],
            )
            for change in batch
        ]
        Practice.objects.bulk_create(entries)
        Source.objects.bulk_create(
            Source(practice=entry, position=position, **source)
            for entry, change in zip(entries, batch, strict=True)
            for position, source in enumerate(change.record.get("sources", []))
        )
        now = _revisions([entry.pk for entry in entries])
        Version.objects.bulk_create(
            Version(
                practice=entry,
                revision=now[entry.pk],
                record={"sources": []} | {part: [] for part in PARTS} | change.record | self._city_of(change),
                by=by,
                note=note,
            )
            for entry, change in zip(entries, batch, strict=True)
        )
        return [Saved(change.line, entry.pk, None, now[entry.pk]) for entry, change in zip(entries, batch, strict=True)]


def columns_of(sheet: Spreadsheet, matched: Mapping[str, str]) -> dict[str, str | None]:
    """Our column for each of the sheet's: "" for those passed over, None for what nobody knows."""
    return {name: matched[name] if name in matched else column_of(name) for name in sheet.columns}


def slug_of(title: str, city: str) -> str:
    """The address of an entry without one of its own: the same for the same title and city."""
    return slugify(f"{unidecode(title)} {unidecode(city)}")[:LONGEST_SLUG].strip("-")


def _revisions(keys: list[int]) -> dict[int, int]:
    return dict(Practice.objects.filter(pk__in=keys).values_list("pk", "revision"))


def _unknown(sheet: Spreadsheet, names: list[str]) -> str:
    told = [f"{name!r}" + (_(" (perhaps “%s”)") % near if (near := likely(name)) else "") for name in names]
    if len(names) == len(sheet.columns):
        return _needs(sheet)
    return _(
        "These columns are unknown: %(names)s. Correct their names, or put them in brackets, such as (%(first)s): then "
        "they are passed over."
    ) % {"names": ", ".join(told), "first": names[0]}


def _needs(sheet: Spreadsheet) -> str:
    holds = ", ".join(_("“%(name)s”") % {"name": column[:40]} for column in sheet.columns[:8])
    return _(
        "One line has to name the columns, and one of them is “slug”, or “title” and “city” for new entries. Line "
        "%(line)d holds: %(holds)s."
    ) % {"line": sheet.heading, "holds": holds or _("nothing")}


def _completed(cells: dict, texts: dict[str, str]) -> dict[str, str]:
    with_sources = any(SOURCE.fullmatch(column) for column in texts)
    return {name: str(cell) for name, cell in cells.items() if with_sources or not SOURCE.fullmatch(name)} | texts
