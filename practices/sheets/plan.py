"""What an import would do, row by row; then all of it, or nothing."""

import hashlib
import json
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property

from django.db import transaction
from django.utils.translation import gettext as _

from practices.differences import Difference, differences
from practices.languages import base_of
from practices.loading import Report, Row
from practices.models import City, FormerAddress, Practice, Source
from practices.models.version import Version
from practices.records import Record, record_of, write
from practices.sheets.columns import SOURCE, cells_of, is_known, same_texts, values_of
from practices.sheets.formats import BadSheet, Sheet
from practices.sheets.reading import read_record

OUTCOMES = ("new", "changed", "unchanged", "refused")
BATCH = 500


@dataclass(frozen=True)
class Change:
    """What becomes of one row: one of OUTCOMES, with its differences (changed) or its reasons (refused)."""

    line: int
    slug: str
    title: str
    outcome: str
    record: Record = field(default_factory=dict)
    differences: list[Difference] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    practice: Practice | None = None


class Plan:
    """What the sheet would change; ``lock`` holds the entries until the transaction ends, for ``carry_out``."""

    def __init__(self, sheet: Sheet, *, lock: bool = False, show_progress: bool = False):
        if unknown := [column for column in sheet.columns if not is_known(column)]:
            raise BadSheet(_("These columns are unknown: %s") % ", ".join(map(repr, unknown)))
        self.sheet, self.report = sheet, Report(show_progress=show_progress)
        self.report.files.append(sheet.name)
        self.cities = {city.slug: city for city in City.objects.defer("keywords")}
        self.stored = self._stored(lock)
        self.retired = set(FormerAddress.objects.values_list("path", flat=True))
        self._lines: dict[str, int] = {}
        self.changes = [self._change(line, row) for line, row in self.report.watched(sheet.rows, "Reading")]

    def _stored(self, lock: bool) -> dict[str, Practice]:
        slugs = [row["slug"].strip() for _line, row in self.sheet.rows]
        entries = Practice.objects.filter(slug__in=slugs).defer("search").select_related("city")
        entries = entries.prefetch_related("sources", "figures").order_by("pk")
        return {entry.slug: entry for entry in (entries.select_for_update(of=["self"]) if lock else entries)}

    @cached_property
    def counts(self) -> Counter:
        """How many rows come to each of OUTCOMES."""
        return Counter(change.outcome for change in self.changes)

    @property
    def is_sound(self) -> bool:
        """Whether no row is refused."""
        return not self.counts["refused"]

    @property
    def fingerprint(self) -> str:
        """The same for the same rows on the same entries: what was looked at is what is done."""
        told = [
            (change.line, change.slug, change.outcome, change.practice and change.practice.revision, change.record)
            for change in self.changes
        ]
        return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()

    def _change(self, line: int, texts: dict[str, str]) -> Change:
        slug = texts["slug"].strip()
        entry = self.stored.get(slug)
        stored = record_of(entry) if entry else {}
        title = texts.get("title", "").strip() or str(stored.get("title", ""))
        cells = cells_of(stored) if entry else {}
        row = Row(self.report, self.sheet.name, line, {})
        first = self._lines.setdefault(slug, line) if slug else line
        if first != line:
            row.wrong(_("slug %(slug)r stands on line %(line)d already") % {"slug": slug, "line": first})
        elif entry and same_texts(cells, texts):
            return Change(line, slug, title, "unchanged", practice=entry)
        row.values = values_of(_completed(cells, texts))
        record = read_record(row, self.cities, is_new=entry is None)
        changed = differences(stored, record) if entry else []
        if entry and changed:
            self._check_entry(row, entry, record, texts)
        elif not entry and f"/practices/{slug}/" in self.retired:
            row.wrong(_("slug %r was an address of this site and was given up") % slug)
        if not row.is_sound:
            reasons = self.report.told_of(self.sheet.name, line)
            return Change(line, slug, title, "refused", reasons=reasons, practice=entry)
        if entry and not changed:
            return Change(line, slug, title, "unchanged", practice=entry)
        wanted = {one.name: record[one.name] for one in changed} if entry else record
        return Change(line, slug, title, "changed" if entry else "new", wanted, changed, practice=entry)

    def _check_entry(self, row: Row, entry: Practice, record: Record, texts: dict[str, str]) -> None:
        seen = texts.get("revision", "").strip()
        if seen and seen != str(entry.revision):
            told = _("was changed here since the sheet was made (revision %(seen)s, now %(now)d): export it again")
            row.wrong(told % {"seen": seen[:20], "now": entry.revision})
        own = base_of(record["language"])
        if own != base_of(entry.language) and entry.translations.filter(language=own).exists():
            row.wrong(_("has a translation into %r: the original can't be in that language") % own)
        if "sources" not in record:
            return
        if entry.published_at and not record["sources"]:
            row.wrong(_("is published and keeps at least one source"))
        kept = {(source["url"], source["title"]) for source in record["sources"]}
        held = {figure.source_id for figure in entry.figures.all()}
        for source in entry.sources.all():
            if source.pk in held and (source.url, source.title) not in kept:
                row.wrong(_("a figure rests on the source %r: it can't be left out") % source.title)

    def carry_out(self, *, by=None) -> None:
        """Saves every new and changed entry, in the transaction in which the plan was made with ``lock``.

        New entries are drafts: nothing becomes public by an import. Each change is kept as a version.
        """
        if not self.is_sound:
            raise ValueError("A plan with refused rows is not carried out.")
        note = self.sheet.name[:300]
        with transaction.atomic():
            for batch in self._batches("new", "Adding"):
                self._add(batch, by, note)
            for batch in self._batches("changed", "Changing"):
                numbers = [change.practice.pk for change in batch]
                Version.objects.keep(numbers)
                for change in batch:
                    write(change.practice, change.record)
                Version.objects.keep(numbers, by=by, note=note)

    def _batches(self, outcome: str, label: str):
        changes = [change for change in self.changes if change.outcome == outcome]
        batches = [changes[start : start + BATCH] for start in range(0, len(changes), BATCH)]
        return self.report.watched(batches, label, unit=f" × {BATCH} rows") if batches else []

    def _add(self, batch: list[Change], by, note: str) -> None:
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
        revisions = dict(Practice.objects.filter(pk__in=[entry.pk for entry in entries]).values_list("pk", "revision"))
        Version.objects.bulk_create(
            Version(
                practice=entry,
                revision=revisions[entry.pk],
                record={"sources": [], "figures": []} | change.record,
                by=by,
                note=note,
            )
            for entry, change in zip(entries, batch, strict=True)
        )


def _completed(cells: dict, texts: dict[str, str]) -> dict[str, str]:
    """The row's texts, and those of the entry for the columns that the sheet does not have."""
    with_sources = any(SOURCE.fullmatch(column) for column in texts)
    return {name: str(cell) for name, cell in cells.items() if with_sources or not SOURCE.fullmatch(name)} | texts
