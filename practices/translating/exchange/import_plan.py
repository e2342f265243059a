"""What the import of a translators' file would do, text by text; then all of it."""

import hashlib
import json
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from django.utils.translation import gettext as _

from practices.entries.differences import Difference
from practices.models import Practice, PracticeTranslation
from practices.models.entries.record import PARTS
from practices.models.entries.texts import TEXTS
from practices.models.entries.translation import TranslationKind, behind_since
from practices.models.entries.version import Version
from practices.translating.exchange.reading import Message, TranslatorsFile
from practices.translating.exchange.slots import LENGTHS, PHRASE, Slot, mark_in_file, slots_of
from practices.translating.forms import changes_since
from practices.vocabularies.languages import base_of


class Outcome(StrEnum):
    CHANGED = "changed"
    CHANGED_HERE = "changed-here"  # at the desk since the export: left out unless it is ticked
    UNCHANGED = "unchanged"
    EMPTY = "empty"
    LEFT_OUT = "left-out"


@dataclass
class ImportedText:
    """What becomes of one message. ``entry`` and ``slot`` are None where the file names what is not here."""

    message: Message
    outcome: Outcome
    why: str = ""
    entry: Practice | None = None
    slot: Slot | None = None

    @property
    def line(self) -> int:
        return self.message.line

    @property
    def difference(self) -> Difference:
        slot = self.slot
        return Difference(slot.field, slot.label, slot.translation, self.message.translation)


class ExchangePlan:
    """``lock`` holds the entries and their translations until the transaction ends, for ``carry_out``."""

    def __init__(self, file: TranslatorsFile, *, lock: bool = False):
        self.language = file.language
        slugs = {message.context.rpartition("/")[0] for message in file.messages}
        self.entries, self.rows = self._stored(slugs, lock)
        self.slots = {
            slug: {(slot.field, slot.in_file): slot for slot in slots_of(entry, self.rows.get(entry.pk))}
            for slug, entry in self.entries.items()
        }
        self._lines: dict[tuple[str, str], int] = {}
        self.changes = [self._change(message) for message in file.messages]
        self._leave_out_what_cannot_begin()

    def _stored(self, slugs: set[str], lock: bool):
        entries = Practice.objects.filter(slug__in=slugs).defer("search").select_related("city")
        entries = entries.prefetch_related(*PARTS).order_by("pk")
        entries = {entry.slug: entry for entry in (entries.select_for_update(of=["self"]) if lock else entries)}
        rows = PracticeTranslation.objects.filter(practice__slug__in=slugs, language=self.language).order_by("pk")
        rows = rows.annotate(behind_since=behind_since())
        return entries, {row.practice_id: row for row in (rows.select_for_update(of=["self"]) if lock else rows)}

    def _change(self, message: Message) -> ImportedText:
        slug, _slash, field = message.context.rpartition("/")
        entry = self.entries.get(slug)
        if entry is None:
            why = _("no entry has the address “%(slug)s”.") % {"slug": slug or message.context}
            return ImportedText(message, Outcome.LEFT_OUT, why)
        slot = self.slots[slug].get((field, message.original))
        if why := self._objection(message, entry, field, slot):
            return ImportedText(message, Outcome.LEFT_OUT, why, entry, slot)
        return ImportedText(message, _outcome(message, slot), entry=entry, slot=slot)

    def _objection(self, message: Message, entry: Practice, field: str, slot: Slot | None) -> str:
        """Why this is not taken, as a sentence; "" where nothing speaks against it."""
        name = (message.context, message.original if field == PHRASE else "")
        first = self._lines.setdefault(name, message.line)
        if field not in (*TEXTS, PHRASE):
            return _("an entry has no text called “%(name)s”.") % {"name": field}
        if base_of(entry.language) == self.language:
            return _("the original is in this language.")
        if first != message.line:
            return _("this text stands in the file already, in line %(line)d.") % {"line": first}
        if slot is None or message.has_plural:
            return _("the original has changed since the export, and says something else now.")
        if message.is_fuzzy:
            return _("the file marks it as “fuzzy”: not finished.")
        if field == "title" and "\n" in message.translation:
            return _("a title has one line.")
        longest, length = LENGTHS.get(field), len(message.translation)
        if longest and length > longest:
            return _("%(count)d characters, but the limit is %(most)d.") % {"count": length, "most": longest}
        return ""

    def _leave_out_what_cannot_begin(self) -> None:
        """A new translation needs its title and its summary."""
        coming = {(change.entry.pk, change.slot.field) for change in self.changes if change.outcome == Outcome.CHANGED}
        for change in self.changes:
            if change.outcome != Outcome.CHANGED or change.entry.pk in self.rows:
                continue
            if not {(change.entry.pk, "title"), (change.entry.pk, "summary")} <= coming:
                change.outcome = Outcome.LEFT_OUT
                change.why = _("this translation is new: it needs the title and the summary as well.")

    def of(self, outcome: str) -> list[ImportedText]:
        return [change for change in self.changes if change.outcome == outcome]

    @cached_property
    def counts(self) -> Counter:
        return Counter(str(change.outcome) for change in self.changes)

    @cached_property
    def begins(self) -> list[Practice]:
        """Entries that get their first translation into this language."""
        entries = {change.entry.slug: change.entry for change in self.of(Outcome.CHANGED)}
        return [entry for entry in entries.values() if entry.pk not in self.rows]

    @cached_property
    def fingerprint(self) -> str:
        """What the plan would do: another one where something changed at the desk after it was looked at."""
        facts = [
            (change.line, change.outcome, change.slot and mark_in_file(change.slot.translation), change.why)
            for change in self.changes
        ]
        return hashlib.sha256(json.dumps(facts).encode()).hexdigest()

    def carry_out(self, ticked: set[int], *, kind: str = "", made_by: str = "") -> list[PracticeTranslation]:
        """Save what is to be changed, and what changed here in the lines that are ticked; returns the translations.

        Nothing becomes public by it. ``kind`` and ``made_by`` "" leave what a translation says of itself; a new one needs
        ``made_by``. In a transaction, of a plan that locks.
        """
        chosen: dict[str, list[ImportedText]] = {}
        for change in self.changes:
            is_ticked = change.outcome == Outcome.CHANGED_HERE and change.line in ticked
            if change.outcome == Outcome.CHANGED or is_ticked:
                chosen.setdefault(change.entry.slug, []).append(change)
        return [self._save(self.entries[slug], changes, kind, made_by) for slug, changes in chosen.items()]

    def _save(self, entry: Practice, changes: list[ImportedText], kind: str, made_by: str) -> PracticeTranslation:
        row = self.rows.get(entry.pk)
        if row is None:
            row = PracticeTranslation(practice=entry, language=self.language, kind=TranslationKind.HUMAN)
        row.practice = entry
        row.kind, row.made_by = kind or row.kind, made_by or row.made_by
        fields = {change.slot.field for change in changes}
        if row.pk is None or follows_again(row, fields):
            row.follow()
        for change in changes:
            if change.slot.field == PHRASE:
                row.phrases[change.slot.original] = change.message.translation
            else:
                setattr(row, change.slot.field, change.message.translation)
        row.save()
        Version.objects.keep([entry.pk])
        return row


def _outcome(message: Message, slot: Slot) -> Outcome:
    here = mark_in_file(slot.translation)
    if not message.translation:
        return Outcome.EMPTY
    if mark_in_file(message.translation) == here:
        return Outcome.UNCHANGED
    # A file that lost its marks is trusted where it overwrites nothing.
    as_exported = message.mark == here if message.mark else not slot.translation
    return Outcome.CHANGED if as_exported else Outcome.CHANGED_HERE


def follows_again(row: PracticeTranslation, fields: set[str]) -> bool:
    """Whether a translation says what its original says once these texts are saved: it did, or all that changed is here."""
    if row.behind_since is None:
        return True
    reworded = {one.name for one in changes_since(row.practice, row.follows)}
    return bool(reworded) and reworded <= fields
