"""`manage.py backup`: the database and the files, as docs/backup.md says."""

import base64
import secrets
import signal
import threading
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import psycopg
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import timezone

from citysolidarity.backups import folder, making, wal
from citysolidarity.backups.models import BackupRun
from citysolidarity.backups.programs import ProgramFailed
from citysolidarity.backups.sealing import BrokenFile
from citysolidarity.erasures import journal
from citysolidarity.worker.repeating import repeat

LOOKS = 1200  # seconds from one look whether a back-up is due to the next; it is late an hour after a day
FAILURES = (making.NoBackup, ProgramFailed, BrokenFile, OSError, DatabaseError, psycopg.Error)


class Command(BaseCommand):
    help = (
        "Makes a back-up in BACKUPS_ROOT and deletes those that are too old: of the whole cluster where "
        "BACKUP_DATABASE_URL names a role that may replicate, else by pg_dump. Encrypted where BACKUP_KEY is set."
    )
    requires_system_checks = ()

    def add_arguments(self, parser):
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--every", type=int, metavar="SECONDS", help="go on: one as soon as the last is so old")
        what.add_argument("--follow", action="store_true", help="receive the database's log (WAL) until it is stopped")
        what.add_argument("--list", action="store_true", help="what there is")
        what.add_argument("--verify", action="store_true", help="compare every file with its SHA-256")
        what.add_argument("--check", action="store_true", help="exit with 1 where the last success is too long ago")
        what.add_argument("--make-key", action="store_true", help="print a new value for BACKUP_KEY")

    def handle(self, *, verbosity, **options):
        if options["make_key"]:
            self.stdout.write(base64.b64encode(secrets.token_bytes(32)).decode())
            return
        if not settings.BACKUPS_ROOT:
            raise CommandError("No back-ups are made here: set BACKUPS_ROOT (docs/backup.md).")
        root = Path(settings.BACKUPS_ROOT)
        acts = {"follow": self.follow, "list": self.list, "verify": self.verify, "check": self.check}
        if every := options["every"]:
            repeat(lambda: self.make_if_due(root, verbosity, timedelta(seconds=every)), LOOKS, self.stderr.write)
        act = next((act for name, act in acts.items() if options[name]), self.make)
        act(root, settings.BACKUP_KEY, verbosity)

    def make_if_due(self, root, verbosity, age):
        last = BackupRun.objects.last_success()
        if last and timezone.now() - last.ended_at < age:
            return
        try:
            if not BackupRun.objects.exists() and folder.paths(root):
                # The site of a new machine, before it is restored: a back-up of nothing would be the newest.
                raise CommandError(
                    f"No back-up was made. {root} holds back-ups of another database: restore one, or move them away."
                )
            self.make(root, settings.BACKUP_KEY, verbosity)
        except CommandError as error:  # told by the alarm, once it is late
            self.stderr.write(str(error))

    def make(self, root, key, verbosity):
        run = None
        try:
            run = BackupRun.begin()
            journal.copy()
            made = making.make(root, key)
        except FAILURES as error:
            with suppress(DatabaseError):
                run and run.fail(type(error).__name__)
            raise CommandError(f"No back-up was made. {error}") from error
        run.succeed(made)
        try:
            gone = making.thin(root)
            segments = wal.thin(root)
        except (making.NoBackup, BrokenFile, OSError) as error:
            raise CommandError(
                f"The back-up {made.name} is made, but old ones could not be deleted. {error}"
            ) from error
        if verbosity:
            seconds = (made.ended - made.began).total_seconds()
            self.stdout.write(
                self.style.SUCCESS(f"{made.path}: {made.kind}, {made.size:,} bytes in {seconds:.1f} seconds.")
            )
            if made.left_out:
                self.stdout.write(f"Left out, since their storage is no folder: files of {', '.join(made.left_out)}.")
            if gone or segments:
                self.stdout.write(f"Deleted: {len(gone)} old back-ups, {segments} segments of the log.")

    def follow(self, root, key, verbosity):
        if not settings.BACKUP_DATABASE_URL:
            raise CommandError("Set BACKUP_DATABASE_URL: only a role that may replicate gets the log.")
        stopping = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stopping.set())
        try:
            wal.follow(root, key, stopping)
        except (ProgramFailed, OSError, psycopg.Error) as error:
            raise CommandError(f"The log is not received any more. {error}") from error

    def list(self, root, key, verbosity):
        try:
            for backup in folder.backups(root):
                self.stdout.write(f"{backup.name}  {backup.kind}  {backup.size:,} bytes")
        except BrokenFile as error:
            raise CommandError(str(error)) from error

    def verify(self, root, key, verbosity):
        found, broken = folder.paths(root), []
        for path in found:
            try:
                folder.Backup.read(path, key).verify()
            except BrokenFile as error:
                broken.append(str(error))
        if not found:
            raise CommandError(f"There is no back-up in {root}.")
        self.stdout.write(f"{len(found) - len(broken)} back-ups are as they were written.")
        if broken:
            raise CommandError("\n".join(broken))

    def check(self, root, key, verbosity):
        if BackupRun.objects.are_late():
            last = BackupRun.objects.last_success()
            raise CommandError(
                f"The last back-up that succeeded: {last.ended_at:%Y-%m-%d %H:%M} UTC." if last else "There is none."
            )
        self.stdout.write("There is a back-up of the last day.")
