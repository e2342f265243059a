"""What the worker does with a sheet: read it, save what was looked at, take an import back."""

import logging

from django.db import DatabaseError, connection, transaction
from django.db.models.functions import Now
from django.tasks import task
from django.utils.translation import gettext as _

from citysolidarity.desk.tables import BadSheet
from citysolidarity.http.database_outage import DATABASE_OUTAGES
from citysolidarity.mail.sending import TryAgain
from practices.models import SheetImport, SheetRow
from practices.spreadsheets.import_plan import ImportPlan, columns_of
from practices.spreadsheets.progress import SheetProgress
from practices.spreadsheets.sheets import MOST_ROWS, Spreadsheet, read_sheet
from practices.spreadsheets.undo import take_back

LOCK = 20_260_620  # a key of our own among the advisory locks
SAMPLE = 80  # characters of a cell that help to match its column
logger = logging.getLogger(__name__)


@task(queue_name="sheets")
def handle_sheet(number: int) -> None:
    """Does what is next; nothing where another worker has done it."""
    one = SheetImport.objects.select_related("by", "asked_by", "undone_by").filter(pk=number).first()
    if one is None or not one.is_waiting:
        return
    try:
        with transaction.atomic():
            if one.asked_at and not alone_with(one):
                raise TryAgain("busy")
            if one.undo_asked_at:
                take_back(one, SheetProgress(one.pk))
            elif one.asked_at:
                save(one)
        if not one.asked_at:
            look(one)
    except (TryAgain, *DATABASE_OUTAGES):
        raise  # the worker comes back to it
    except BadSheet as problem:
        stop(one, str(problem))
    except DatabaseError as problem:
        stop(one, _("Nothing was saved: the database refused a row (%s).") % str(problem).partition("\n")[0])
    except Exception as problem:
        logger.exception("A sheet could not be handled")
        stop(one, _("Nothing was saved: the file cannot be processed (%s).") % type(problem).__name__)


def alone_with(one: SheetImport) -> bool:
    """Whether no other worker saves it or takes it back: one that is slow loses its lease. Until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [LOCK, one.pk])
        [is_alone] = cursor.fetchone()
    one.refresh_from_db(fields=["saved_at", "undone_at"])
    if is_alone and not one.is_waiting:
        raise TryAgain("done")
    return is_alone


def stop(one: SheetImport, problem: str) -> None:
    """Tells why, and waits for a person."""
    waits = {"undo_asked_at": None} if one.undo_asked_at else {"asked_at": None, "asked_by": None, "read_at": Now()}
    SheetImport.objects.filter(pk=one.pk).update(problem=problem, **waits)


def look(one: SheetImport) -> None:
    sheet = read_sheet(one.name, bytes(one.content), MOST_ROWS)
    matched = one.columns or SheetImport.objects.exclude(pk=one.pk).remembered(sheet.columns)
    columns = columns_of(sheet, matched)
    ours = {name for name in columns.values() if name} | set(one.fixed)
    heading = [{"name": name, "sample": _sample(sheet, name)} for name in sheet.columns]
    SheetImport.objects.filter(pk=one.pk).update(heading=heading, heading_line=sheet.heading, total=len(sheet.rows))
    if None in columns.values() or not ("slug" in ours or {"title", "city"} <= ours):
        SheetImport.objects.filter(pk=one.pk).update(read_at=Now(), fingerprint="")
        return
    if not one.columns and any(name in matched for name in sheet.columns):
        one.columns = {name: ours or "" for name, ours in columns.items()}
        SheetImport.objects.filter(pk=one.pk).update(columns=one.columns)
    plan = ImportPlan(sheet, report=SheetProgress(one.pk), columns=columns, fixed=one.fixed)
    with transaction.atomic():
        one.keep_plan(plan.fingerprint, rows_of(one, sheet, plan))


def save(one: SheetImport) -> None:
    sheet = read_sheet(one.name, bytes(one.content), MOST_ROWS)
    with transaction.atomic():
        plan = ImportPlan(sheet, lock=True, report=SheetProgress(one.pk), columns=one.columns, fixed=one.fixed)
        if plan.fingerprint != one.fingerprint:
            problem = _("Nothing was saved: an entry has changed since. Look again, please.")
            one.keep_plan(plan.fingerprint, rows_of(one, sheet, plan), problem)
            return
        saved = {row.line: row for row in plan.carry_out(by=one.asked_by, only_sound=one.only_sound)}
        rows = list(one.rows.filter(line__in=saved))
        for row in rows:
            became = saved[row.line]
            row.entry, row.before, row.after = became.practice, became.before, became.after
        SheetRow.objects.bulk_update(rows, ["entry", "before", "after"], batch_size=500)
        SheetImport.objects.filter(pk=one.pk).update(saved_at=Now(), problem="")


def rows_of(one: SheetImport, sheet: Spreadsheet, plan: ImportPlan) -> list[SheetRow]:
    cells = dict(sheet.rows)
    return [
        SheetRow(
            sheet=one,
            line=change.line,
            outcome=change.outcome,
            slug=change.slug[:200],
            title=change.title[:200],
            reasons=change.reasons,
            notes=change.notes,
            changes=[[one.name, one.before, one.after] for one in change.differences],
            cells=cells[change.line] if change.outcome == "refused" else {},
        )
        for change in plan.changes
    ]


def _sample(sheet: Spreadsheet, name: str) -> str:
    return next((row[name].strip()[:SAMPLE] for _line, row in sheet.rows if row[name].strip()), "")
