"""The pages of a snapshot open from disk, and the snapshot of a month is shown as long as all that it names is public."""

import json
import zipfile
from datetime import date
from hashlib import sha256
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from citysolidarity.opendata.snapshot import monthly
from pledges.models import Signature
from tests.people import a_city, a_practice
from tests.pledges.signers import a_lead_curator, a_stated

pytestmark = pytest.mark.django_db


class Links(HTMLParser):
    """What a page names: ``[(tag, attribute, address)]``."""

    def __init__(self, text):
        super().__init__()
        self.found = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.found += [(tag, name, value) for name, value in attrs if name in ("href", "src", "action")]


@pytest.fixture
def entry():
    a_practice("Hidden draft", published_at=None)
    return a_practice("Parks for all", city=a_city("Gent", "BE"), slug="parks")


@pytest.fixture
def folder(tmp_path, settings):
    settings.SNAPSHOTS_ROOT = str(tmp_path / "snapshots")
    return tmp_path / "snapshots"


@pytest.mark.django_db(transaction=True)
def test_every_link_leads_to_a_file_or_to_the_site_and_two_copies_are_the_same(entry, tmp_path, settings):
    settings.SITE_URL = "http://localhost:8000"
    for name in ("copy", "again"):
        call_command("snapshot", tmp_path / name, languages=["en", "ar"], verbosity=0)
    assert (tmp_path / "copy" / "SHA256SUMS").read_bytes() == (tmp_path / "again" / "SHA256SUMS").read_bytes()
    root = tmp_path / "copy" / "site"
    pages = {path: path.read_text("utf-8") for path in root.rglob("*.html")}
    assert {root / "en/practices/parks/index.html", root / "ar/cities/gent-be/index.html"} <= pages.keys()
    assert len(pages) > 60 and any((root / "static" / "fonts").iterdir())
    sums = (tmp_path / "copy" / "SHA256SUMS").read_text()
    for path, text in pages.items():
        assert path.relative_to(tmp_path / "copy").as_posix() in sums
        for tag, name, value in Links(text).found:
            link = urlsplit(value)
            if link.scheme or link.netloc or not link.path:
                # Whoever reads without the internet has all that a page is made of.
                assert tag in ("a", "form", "link", "area") and "stylesheet" not in value, (path, value)
                assert name != "action" or value.startswith(settings.SITE_URL), (path, value)
            else:
                assert (path.parent / unquote(link.path)).is_file(), (path, value)
    practice = pages[root / "en/practices/parks/index.html"]
    assert "This is a copy" in practice and f'href="{settings.SITE_URL}/en/practices/parks/"' in practice
    assert "csrf" not in "".join(pages.values()) and "Hidden draft" not in "".join(pages.values())


@pytest.fixture
def this_month(entry, folder, monkeypatch):
    """The snapshot of this month, of its data and one page."""
    monkeypatch.setattr("citysolidarity.opendata.snapshot.pages.Pages.write", lambda self: 0)
    a_stated(a_city("Lille", "FR"))
    call_command("snapshot", monthly=True, verbosity=0)
    return f"{timezone.localdate():%Y-%m}"


def test_the_snapshot_of_a_month_is_listed_and_sent(this_month, folder, client):
    [snapshot] = monthly.kept()
    page = client.get("/en/about/data/").text
    assert snapshot.sha256 in page and f"/api/v1/snapshots/{this_month}.zip" in page
    answer = client.get(f"/api/v1/snapshots/{this_month}.zip")
    body = b"".join(answer.streaming_content)
    assert answer.status_code == 200 and answer["Content-Type"] == "application/zip"
    assert (len(body), sha256(body).hexdigest()) == (snapshot.bytes, snapshot.sha256)
    with zipfile.ZipFile(folder / f"{this_month}.zip") as archive:
        assert f"cities-of-solidarity-{this_month}/datapackage.json" in archive.namelist()
    assert client.get("/api/v1/snapshots/2018-06.zip").status_code == 404
    assert monthly.begin() == 0 and monthly.remove_outdated() == 0 and len(monthly.notes()) == 1


@pytest.mark.parametrize("what", ["entry", "signature"])
def test_what_is_withdrawn_takes_every_snapshot_that_names_it_with_it(what, entry, this_month, folder, client):
    later = a_practice("Another", city=entry.city)
    assert monthly.kept()
    (folder / "2018-06.zip").write_bytes(b"of another month")
    monthly.write_json(folder / "2018-06.json", {"day": "2018-06-20", "bytes": 1, "sha256": "0", "keys": []})
    later.archive()
    assert [snapshot.month for snapshot in monthly.kept()] == [this_month, "2018-06"]
    if what == "entry":
        entry.archive()
    else:
        Signature.objects.get(city__slug="lille-fr").withdraw(a_lead_curator(), "The city asked us")
    assert this_month not in client.get("/en/about/data/").text
    assert client.get(f"/api/v1/snapshots/{this_month}.zip").status_code == 404
    assert monthly.remove_outdated() == 1
    assert sorted(path.name for path in folder.glob("20*")) == ["2018-06.json", "2018-06.zip"]


def test_the_housekeeping_begins_one_where_there_is_none(folder, monkeypatch, settings):
    commands = []
    monkeypatch.setattr("citysolidarity.opendata.snapshot.monthly.subprocess.Popen", commands.append)
    assert monthly.begin() == 1 and commands[0][2:] == ["snapshot", "--monthly", "-v0"]
    settings.SNAPSHOTS_ROOT = ""
    assert monthly.begin() == 0 and monthly.kept() == []


def test_a_note_names_nothing_that_is_not_public(this_month, folder):
    keys = json.loads((folder / f"{this_month}.json").read_text())["keys"]
    assert keys == ["city gent-be", "city lille-fr", "practice parks 1", "signature lille-fr "]


def test_a_snapshot_that_is_deleted_at_this_moment_is_no_fault(client, tmp_path, monkeypatch):
    notes = [[tmp_path / "2026-10.json"], []]
    monkeypatch.setattr(monthly, "notes", lambda: notes.pop(0))
    assert client.get(reverse("about_data")).status_code == 200 and not notes
    gone = monthly.Snapshot("2026-10", date(2026, 10, 1), 1, "0", tmp_path / "2026-10.zip")
    monkeypatch.setattr("citysolidarity.opendata.views.snapshots.kept", lambda: [gone])
    assert client.get(reverse("snapshot", args=["2026-10"])).status_code == 404
