"""Puts a back-up into an empty database, and the files into their folders. Nothing that has data is overwritten unasked."""

import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import connection

from citysolidarity.backups import programs
from citysolidarity.backups.folder import BASE, DUMP, Backup, backups
from citysolidarity.backups.making import DATABASE, FOLDERS, about, folder_of
from citysolidarity.backups.recovery import recovered
from citysolidarity.backups.sealing import BrokenFile, unsealed

TABLES = """
SELECT count(*) FROM pg_class WHERE relkind IN ('r', 'p')
    AND relnamespace NOT IN (SELECT oid FROM pg_namespace WHERE nspname ~ '^pg_|^information_schema$')
"""


class NotRestored(Exception):
    """The message is one sentence for the operator. Nothing was changed."""


def chosen(root: Path, key: bytes, name: str, to: datetime | None) -> Backup:
    """The back-up of this name; else the newest that serves. Raises NotRestored, BrokenFile.

    Older ones may have been made with another key: only the manifest of the chosen one must fit this key.
    """
    found = backups(root)
    if name:
        found = [backup for backup in found if backup.name == name]
        if not found:
            raise NotRestored(f"There is no back-up {name} in {root}.")
    if to:
        found = [backup for backup in found if backup.kind == BASE and backup.ended <= to]
        if not found:
            raise NotRestored(
                f"No base back-up ended before {to:%Y-%m-%d %H:%M:%S %Z}. A dump can only be restored as it is: leave out --to."
            )
    if not found:
        raise NotRestored(f"There is no back-up in {root}.")
    if key and not found[-1].is_encrypted:
        raise NotRestored(
            f"{found[-1].name} is not encrypted, so anybody may have made it: unset BACKUP_KEY if you trust it."
        )
    return Backup.read(found[-1].path, key)


def require_empty(*, overwrite: bool, with_files: bool) -> None:
    """Raises NotRestored where something would be overwritten."""
    if overwrite:
        return
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        if number := cursor.fetchone()[0]:
            raise NotRestored(
                f"The database {connection.settings_dict['NAME']} has {number} tables: make an empty one, or say --overwrite, "
                f"which deletes them."
            )
    for folder in map(folder_of, FOLDERS) if with_files else ():
        if folder and folder.is_dir() and any(folder.iterdir()):
            raise NotRestored(f"{folder} is not empty: move it away, or say --overwrite or --database-only.")


def restore_database(backup: Backup, key: bytes, to: datetime | None, *, overwrite: bool) -> None:
    """Into the site's database. A base back-up is first recovered by a server of its own, and then moved over as a dump.

    So its major version, its superuser and the disk of the database's machine do not matter.
    """
    with dump_of(backup, key, to) as source:
        if overwrite:
            with connection.cursor() as cursor:
                cursor.execute("DROP SCHEMA public CASCADE")
                cursor.execute("CREATE SCHEMA public")
        with connection.cursor():
            server = connection.connection.info.server_version // 10_000
        database = connection.get_connection_params()["dbname"]
        connection.close()
        program = programs.folder_for(max(server, backup.server), "pg_restore") / "pg_restore"
        command = [program, f"--dbname={database}", "--no-owner", "--no-privileges", "--no-password"]
        programs.fed([*command, "--exit-on-error", "--single-transaction"], programs.of_the_site(), source)


@contextmanager
def dump_of(backup: Backup, key: bytes, to: datetime | None) -> Iterator:
    """What pg_restore reads; of a base back-up it is whole, and compressed, before anything is overwritten."""
    if backup.kind == DUMP:
        path = next(backup.path / name for name in backup.files if name.startswith(DATABASE[DUMP]))
        with unsealed(path, key, about(backup.name, path.name)) as source:
            yield source
        return
    with tempfile.TemporaryFile(dir="/var/tmp") as file:
        with recovered(backup, key, to) as place:
            program = programs.folder_for(backup.server, "pg_dump") / "pg_dump"
            command = [program, "--format=custom", "--compress=1", "--no-owner", "--no-privileges"]
            with programs.output_of(command, programs.environment(place)) as source:
                shutil.copyfileobj(source, file, 1 << 20)
        file.seek(0)
        yield file


def restore_files(backup: Backup, key: bytes) -> dict[str, int]:
    """Folder or bucket → how many files. Files that are there already are written over, and no other is touched."""
    done = {}
    for storage, setting in FOLDERS.items():
        archive = setting.partition("_")[0].lower()
        path = next((backup.path / name for name in backup.files if name.startswith(f"{archive}.tar")), None)
        if path is None:
            continue
        with (
            unsealed(path, key, about(backup.name, path.name)) as file,
            tarfile.open(fileobj=file, mode="r|") as packed,
        ):
            try:
                done[str(folder_of(storage) or f"The bucket of {archive} files")] = unpack(packed, storage)
            except (tarfile.TarError, EOFError) as error:
                raise BrokenFile(f"{path.name} cannot be unpacked: {error}.") from error
    return done


def unpack(packed: tarfile.TarFile, storage: str) -> int:
    """How many files; the archive may have been made while they were kept in a folder, and the site uses a bucket now."""
    folder, count = folder_of(storage), 0
    if folder:
        folder.mkdir(parents=True, exist_ok=True)
    for member in packed:
        if folder:
            packed.extract(member, folder, filter="data")
        elif member.isfile():
            storages[storage].save(member.name, ContentFile(packed.extractfile(member).read()))
        count += member.isfile()
    return count
