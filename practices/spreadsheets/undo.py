"""An import taken back: drafts that it made go, entries that it changed get their former content. Nobody's later work is lost."""

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from practices.models import Practice, SheetImport, SheetRow
from practices.models.entries.record import write
from practices.models.entries.version import Version
from practices.spreadsheets.progress import SheetProgress

BATCH = 500
# What comes with every new entry; anything else was added by a person.
MADE_WITH_IT = {"sources", "versions", "rewordings", "text"}


def changed_since(one: SheetImport) -> list[tuple[SheetRow, str]]:
    """The rows that can't be taken back, each with the reason."""
    rows = list(one.rows.filter(after__isnull=False, undone_at__isnull=True))
    entries = Practice.objects.defer("search").in_bulk([row.entry for row in rows])
    added_to = _with_additions([row.entry for row in rows if row.outcome == "new"])
    return [(row, why) for row in rows if (why := _why_not(row, entries.get(row.entry), added_to))]


def _why_not(row: SheetRow, entry: Practice | None, added_to: set[int]) -> str:
    if entry is None:
        return "" if row.outcome == "new" else _("it was deleted since")
    if entry.revision != row.after:
        return _("it was changed since")
    if row.outcome == "new" and entry.state != "draft":
        return _("it was sent to review or published since")
    return _("something was added to it since") if entry.pk in added_to else ""


def _with_additions(keys: list[int]) -> set[int]:
    added: set[int] = set()
    for relation in Practice._meta.related_objects:
        if relation.get_accessor_name() not in MADE_WITH_IT:
            rows = relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": keys})
            added.update(rows.values_list(relation.field.attname, flat=True))
    return added


def take_back(one: SheetImport, progress: SheetProgress) -> None:
    """All of it, or, where ``undo_the_rest`` asks for it, all but what was changed since; else nothing."""
    with transaction.atomic():
        keys = one.rows.filter(after__isnull=False).values("entry")
        list(Practice.objects.filter(pk__in=keys).order_by("pk").select_for_update(of=["self"]).values_list("pk"))
        kept = {row.line: why for row, why in changed_since(one)}
        if kept and not one.undo_the_rest:
            SheetImport.objects.filter(pk=one.pk).update(undo_asked_at=None, undone_by=None, problem=_told(len(kept)))
            return
        rows = [row for row in one.rows.filter(after__isnull=False, undone_at__isnull=True) if row.line not in kept]
        Practice.objects.filter(pk__in=[row.entry for row in rows if row.outcome == "new"]).delete()
        changed = [row for row in rows if row.outcome == "changed"]
        note = _("Import undone: %s") % one.name
        for row in progress.watched(changed, "Undoing"):
            _write_back(row, note[:300], one.undone_by)
        one.rows.filter(pk__in=[row.pk for row in rows]).update(undone_at=Now())
        SheetImport.objects.filter(pk=one.pk).update(undone_at=Now(), problem="")


def _told(kept: int) -> str:
    return _("Nothing was undone: entries have changed since then (%d).") % kept


def _write_back(row: SheetRow, note: str, by) -> None:
    entry = Practice.objects.defer("search").select_related("city").get(pk=row.entry)
    former = entry.versions.get(revision=row.before).record
    names = [name for name, _before, _after in row.changes]
    Version.objects.keep([entry.pk])
    write(entry, {name: former[name] for name in names})
    Version.objects.keep([entry.pk], by=by, note=note)
