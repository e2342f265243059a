"""The snapshot of a month, made by the process that the housekeeping starts: a real one, and one that is killed at work."""

import time
import zipfile
from hashlib import sha256

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.urls import reverse

from citysolidarity.opendata.snapshot import monthly
from tests.people import a_city, a_practice
from tests.pledges.signers import a_stated
from tests.rig import databases

LONGEST = 240  # seconds of one process, on a machine that has much else to do


@pytest.fixture
def folder(tmp_path, settings, monkeypatch):
    """Where this process and the one it starts keep snapshots; both work on the tests' database."""
    settings.SNAPSHOTS_ROOT = str(tmp_path)
    for name, value in {
        "SNAPSHOTS_ROOT": str(tmp_path),
        "DATABASE_URL": databases.address(connection.settings_dict["NAME"]),
        "SECRET_KEY": settings.SECRET_KEY,
        "PYTHONWARNINGS": "error",
    }.items():
        monkeypatch.setenv(name, value)
    yield tmp_path
    for process in monthly.begun:
        process.kill()
        process.wait()
    monthly.begun.clear()


def begun():
    call_command("tidy", verbosity=0)
    return monthly.begun[-1]


def wait_for(path, process):
    until = time.monotonic() + LONGEST
    while not path.exists():
        assert process.poll() is None and time.monotonic() < until, f"{path.name} was not made"
        time.sleep(0.005)


@pytest.mark.django_db(transaction=True)
def test_a_process_that_is_killed_lists_nothing_and_the_next_one_makes_it_whole(folder, client):
    a_practice("Parks for all", city=a_city("Gent", "BE"), slug="parks")
    with transaction.atomic():
        a_stated(a_city("Lille", "FR"))
    month, making = monthly.this_month(), folder / "making"
    name = f"{monthly.NAME}{month}"
    for begins in (making / name / "site/en/practices/parks/index.html", making / "archive"):
        process = begun()
        wait_for(begins, process)
        process.kill()
        process.wait()
        assert list(folder.glob("2*")) == monthly.kept() == []
        assert month not in client.get(reverse("about_data")).text
        assert client.get(reverse("snapshot", args=[month])).status_code == 404
    process = begun()
    assert process.wait(LONGEST) == 0
    assert sorted(path.name for path in folder.iterdir()) == [f"{month}.json", f"{month}.zip", "lock"]
    [snapshot] = monthly.kept()
    body = b"".join(client.get(reverse("snapshot", args=[month])).streaming_content)
    assert (len(body), sha256(body).hexdigest()) == (snapshot.bytes, snapshot.sha256)
    with zipfile.ZipFile(folder / f"{month}.zip") as archive:
        assert archive.testzip() is None
        for file in ("datapackage.json", "SHA256SUMS", "site/index.html", "site/ar/practices/parks/index.html"):
            assert f"{name}/{file}" in archive.namelist()
    assert monthly.begin() == 0
