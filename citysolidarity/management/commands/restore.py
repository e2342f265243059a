"""`manage.py restore`: a back-up into an empty database, as docs/backup.md says."""

from datetime import UTC, datetime
from pathlib import Path

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection

from citysolidarity.backups import recovery, restoring, wal
from citysolidarity.backups.folder import note_restored
from citysolidarity.backups.programs import ProgramFailed
from citysolidarity.backups.sealing import BrokenFile
from citysolidarity.people.erasing_again import erase_again

FAILURES = (
    restoring.NotRestored, recovery.NotRecovered, wal.NoLog, ProgramFailed, BrokenFile, OSError, DatabaseError, psycopg.Error,
)  # fmt: skip


def moment(text: str) -> datetime:
    """In UTC where it names no other zone."""
    value = datetime.fromisoformat(text)
    return value if value.tzinfo else value.replace(tzinfo=UTC)


class Command(BaseCommand):
    help = (
        "Restores a back-up into an empty database and empty folders of files, and erases again whoever was erased since "
        "then. Stop the site and its worker first."
    )
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("name", nargs="?", default="", help="of the back-up; default: the newest that serves")
        parser.add_argument(
            "--from", dest="root", type=Path, default=settings.BACKUPS_ROOT or None, help="the folder of the back-ups"
        )
        parser.add_argument(
            "--to", type=moment, help="the moment, such as 2026-06-20T11:59:30+02:00; UTC without a zone"
        )
        parser.add_argument(
            "--overwrite", action="store_true", help="delete what is in the database, and write over files"
        )
        parser.add_argument("--database-only", action="store_true", help="leave the files as they are")
        parser.add_argument("--erasures-only", action="store_true", help="restore nothing; only erase again")

    def handle(self, *, name, root, to, overwrite, database_only, erasures_only, verbosity, **options):
        lost = "" if erasures_only else self.restore(name, root, to, overwrite, database_only)
        try:
            call_command("migrate", interactive=False, verbosity=0)  # the back-up may be older than this code
            done = erase_again()
        except Exception as error:
            raise CommandError(
                f"The back-up is restored, but who was erased since then is NOT erased again. Do not open the site; repair "
                f"it and run: manage.py restore --erasures-only. {type(error).__name__}: {error}"
            ) from error
        told = ", ".join(f"{act} {number}" for act, number in sorted(done.items())) or "nothing to do"
        self.stdout.write(f"Done again since the back-up: {told}.")
        if lost:
            raise CommandError(lost)

    def restore(self, name, root, to, overwrite, database_only) -> str:
        """Returns what is wrong with the files, where something is: who was erased must be erased again all the same."""
        if root is None:
            raise CommandError("Say where the back-ups are: --from FOLDER, or BACKUPS_ROOT.")
        key = settings.BACKUP_KEY
        try:
            backup = restoring.chosen(Path(root), key, name, to)
            restoring.require_empty(overwrite=overwrite, with_files=not database_only)
            backup.verify()
            restoring.restore_database(backup, key, to, overwrite=overwrite)
        except FAILURES as error:
            emptied = " What was in the database may be deleted already." if overwrite else ""
            raise CommandError(f"Nothing was restored.{emptied} {error}") from error
        finally:
            connection.close()
        note_restored(backup)
        where = f" to {to:%Y-%m-%d %H:%M:%S %Z}" if to else ""
        self.stdout.write(self.style.SUCCESS(f"{backup.name} ({backup.kind}) is restored{where}."))
        try:
            files = {} if database_only else restoring.restore_files(backup, key)
        except FAILURES as error:
            return f"The database is restored, but not all files are. {error}"
        for folder, count in files.items():
            self.stdout.write(f"{folder}: {count:,} files.")
        return ""
