"""Import practices from a spreadsheet of any size."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, transaction

from practices.loading import LoadReport
from practices.spreadsheets import BadSheet, ImportPlan, read_sheet


class Command(BaseCommand):
    """All rows are saved in one transaction, or none is."""

    help = (
        "Imports a CSV or XLSX file as the desk exports it. Every refused row is named with its reason, and then "
        "nothing is saved. New entries are drafts; what is public changes at once."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="only say what would change")

    def handle(self, *, file: Path, dry_run: bool, verbosity: int, **options):
        try:
            sheet = read_sheet(file.name, file.read_bytes())
            with transaction.atomic():
                report = LoadReport(show_progress=verbosity > 0)
                plan = ImportPlan(sheet, lock=not dry_run, report=report)
                self.tell(plan, detailed=dry_run and verbosity > 0)
                if not dry_run:
                    plan.carry_out()
        except OSError as error:
            raise CommandError(f"{file} cannot be read ({error.strerror}).") from error
        except BadSheet as error:
            raise CommandError(str(error)) from error
        except DatabaseError as error:
            raise CommandError(f"Nothing was imported: the database refused a row.\n{error}") from error
        if verbosity > 0:
            done = "Nothing is saved (--dry-run)" if dry_run else "Saved"
            self.stdout.write(self.style.SUCCESS(f"{done}: {summary_of(plan)}."))

    def tell(self, plan: ImportPlan, *, detailed: bool) -> None:
        """Says what would change, or raises with every refused row."""
        if not plan.is_sound:
            lines = [f"line {change.line}: {reason}" for change in plan.changes for reason in change.reasons]
            raise CommandError("\n".join([f"Nothing was imported. Problems: {len(lines):,}", *lines]))
        if detailed:
            for change in plan.changes:
                if change.outcome != "unchanged":
                    fields = ", ".join(difference.label for difference in change.differences)
                    self.stdout.write(f"line {change.line}: {change.outcome} {change.slug} {fields}".rstrip())


def summary_of(plan: ImportPlan) -> str:
    """Such as ``4,998 unchanged, 2 changed``."""
    return ", ".join(f"{number:,} {outcome}" for outcome, number in plan.counts.items()) or "no rows"
