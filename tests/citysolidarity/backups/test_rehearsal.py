"""Back-ups are restored as an operator would: to the second before, with every row, and without whoever was erased since."""

import threading
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.db import connection

from citysolidarity.backups import making, restoring, wal
from citysolidarity.backups.models import BackupRun
from citysolidarity.database.clock import database_now
from citysolidarity.erasures import journal
from pledges.erasure import forget
from pledges.models import Signature, SignatureContact
from pledges.vocabularies import State
from tests.buckets import Buckets, serving
from tests.dump import fingerprints
from tests.people import a_city
from tests.pledges.signers import a_published
from tests.processes import wait_for

ADDRESS = "rana.haddad@amman.example"


def everything():
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
    return fingerprints(tables, "^$")


def root():
    return Path(settings.BACKUPS_ROOT)


@pytest.fixture
def following(here, replicating, monkeypatch):
    """The log is received meanwhile; stops it, when called, with all that was written until then."""
    monkeypatch.setattr(wal, "EVERY", 0.1)
    stopping, failed = threading.Event(), []

    def receive():
        try:
            wal.follow(root(), settings.BACKUP_KEY, stopping)
        except Exception as error:
            failed.append(error)

    thread = threading.Thread(target=receive)
    thread.start()

    def stop():
        stopping.set()
        thread.join()
        assert failed == []

    wait_for(lambda: ((root() / wal.SPOOL).is_dir() and list((root() / wal.SPOOL).glob("*.partial"))) or failed)
    yield stop
    stopping.set()
    thread.join()


def switched(site):
    """A segment of the log is full."""
    before = len(wal.kept(root()))
    site.superuser.execute("SELECT pg_switch_wal()")
    site.superuser.execute("CHECKPOINT")
    wait_for(lambda: len(wal.kept(root())) > before)


def test_the_second_before_a_table_was_emptied_comes_back(site, here, following, capsys):
    person = a_published(email=ADDRESS, signer_name="Rana Haddad")
    storages["default"].save("pictures/a.webp", ContentFile(b"a picture"))
    storages["private"].save("documents/a.pdf", ContentFile(b"a letter"))
    call_command("backup")
    other = a_published(city=a_city("Irbid", "JO"), email="sami@irbid.example")
    switched(site)
    before, moment = everything(), database_now()
    time.sleep(0.1)
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE pledges_signaturecontact")
    a_published(city=a_city("Zarqa", "JO"), email="later@zarqa.example")
    switched(site)
    following()
    assert not any(b"irbid" in path.read_bytes() for path in root().rglob("*.enc"))

    key = settings.BACKUP_KEY
    here("restored")
    backup = restoring.chosen(root(), key, "", moment)
    restoring.restore_database(backup, key, moment, overwrite=False)
    assert everything() == before
    assert Signature.objects.in_state(State.PUBLISHED).count() == 2
    assert {other.contact.email, person.contact.email} == set(SignatureContact.objects.values_list("email", flat=True))

    # A segment in the middle is lost: nothing is restored, and it says which.
    here("restored")
    segments = sorted(name for name in wal.kept(root()) if wal.SEGMENT.fullmatch(name) and name > backup.wal)
    wal.kept(root())[segments[0]].unlink()
    with pytest.raises(CommandError, match=rf"Nothing was restored\. .*{segments[0]} is missing"):
        call_command("restore", to=moment, database_only=True)
    with connection.cursor() as cursor:
        assert connection.introspection.table_names(cursor) == []


def test_a_dump_comes_back_with_its_files_and_without_whoever_was_erased_since(here, settings, tmp_path, capsys):
    a_published(email=ADDRESS, signer_name="Rana Haddad")
    a_published(city=a_city("Irbid", "JO"), email="sami@irbid.example")
    storages["default"].save("pictures/a.webp", ContentFile(b"a picture"))
    storages["private"].save("documents/a.pdf", ContentFile(b"a letter"))
    call_command("backup")
    assert BackupRun.objects.last_success().kind == "dump" and not BackupRun.objects.are_late()
    forget(ADDRESS.title())
    journal.copy()
    assert "rana" not in (next(iter(settings.ERASURES_ROOT.iterdir()))).read_text().lower()

    with pytest.raises(CommandError, match=r"has \d+ tables"):
        call_command("restore")
    here("restored")
    with pytest.raises(CommandError, match="is not empty"):
        call_command("restore")
    settings.MEDIA_ROOT, settings.PRIVATE_ROOT = tmp_path / "media again", tmp_path / "private again"
    call_command("restore")
    assert list(SignatureContact.objects.values_list("email", flat=True)) == ["sami@irbid.example"]
    assert Signature.objects.in_state(State.PUBLISHED).count() == 2
    assert not Signature.objects.filter(signer_name="Rana Haddad").exists()
    assert (settings.MEDIA_ROOT / "pictures" / "a.webp").read_bytes() == b"a picture"
    assert (settings.PRIVATE_ROOT / "documents" / "a.pdf").read_bytes() == b"a letter"
    assert "person 1" in capsys.readouterr().out
    call_command("restore", erasures_only=True)
    assert "nothing to do" in capsys.readouterr().out


def test_what_is_broken_or_half_is_never_restored(here, settings, monkeypatch, tmp_path):
    call_command("backup", verbosity=0)
    (path,) = root().glob("*/database.dump.zst")
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    here("restored")
    with pytest.raises(CommandError, match="its SHA-256 differs"):
        call_command("restore")
    with pytest.raises(CommandError, match="its SHA-256 differs"):
        call_command("backup", verify=True)

    # A plain one where a key is set: whoever can write there could have made it.
    settings.BACKUP_KEY = bytes(32)
    with pytest.raises(CommandError, match="anybody may have made it"):
        call_command("restore")

    here("site", "model")
    monkeypatch.setattr(making, "pack_files", lambda *args: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        making.make(root(), b"")
    assert [folder.name for folder in root().iterdir() if folder.is_dir()] == [path.parent.name]


def test_files_of_folders_may_come_back_into_buckets_which_are_left_out(here, settings, capsys):
    storages["default"].save("pictures/a.webp", ContentFile(b"a picture"))
    storages["private"].save("documents/a.pdf", ContentFile(b"a letter"))
    call_command("backup")
    here("restored")
    with serving() as port:
        there = Buckets(settings, port)
        call_command("restore")
        assert there.files("default") == ["pictures/a.webp"] and there.files("private") == ["documents/a.pdf"]
        assert storages["private"].open("documents/a.pdf").read() == b"a letter"
        capsys.readouterr()
        call_command("backup")
    assert "Left out, since their storage is no folder: files of default, private." in capsys.readouterr().out
