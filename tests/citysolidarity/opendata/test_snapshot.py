"""A snapshot: what it holds, that frictionless reads it, and that an empty database is filled from it."""

import json
import subprocess
import sys
from datetime import date
from hashlib import sha256

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone

from citysolidarity.opendata.snapshot.tables import TABLES
from pledges.loading.milestones import load_milestones
from pledges.models import Deed, Signature
from practices.loading import LoadReport
from practices.models import City, Guide, Network, Practice, PracticeTranslation
from tests.people import a_city, a_practice
from tests.pictures import a_file
from tests.pledges.signers import a_curator, a_published, a_stated, a_version, called_back, decision
from tests.pledges.supports.residents import an_asked_city
from tests.practices.entries.test_picture import a_picture
from tests.practices.library.making import (
    a_document,
    a_document_translation,
    a_network,
    a_network_translation,
    joins,
    names,
    shows,
)
from tests.translating import a_published_translation

pytestmark = pytest.mark.django_db
HIDDEN, CANARY = "Verborgenstadt", "kanarienvogel"


def taken(folder):
    """A snapshot without pages, as bytes by path."""
    call_command("snapshot", folder, pages=False, verbosity=0)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def rows(files, table):
    return [json.loads(line) for line in files[f"data/{table}.jsonl"].decode().splitlines()]


@pytest.fixture
def curator():
    return a_curator("change_practice", first_name=CANARY.capitalize(), email=f"{CANARY}@example.org")


def a_directory(curator, settings):
    """A row or two of every table, and beside each something that no page shows."""
    city, hidden = a_city("Gent", "BE", names={"ar": "غنت"}, population=1), a_city(HIDDEN, "DE")
    practice = a_practice(
        city=city, slug="parks", lead="Stad Gent", evidence_level=2, evidence_reason="Counted", conditions=["A park"]
    )
    source = practice.sources.get()
    practice.figures.create(value="1,280", what="visitors", year=2020, source=source)
    practice.facts.create(kind="cost", text="Paid by the city")
    practice.transfers.create(direction="learned_from", place="Lille", country="FR", source=source)
    a_practice(CANARY, city=hidden, published_at=None)
    a_published_translation(practice, phrases={"visitors": "visitantes", CANARY: CANARY})
    behind = a_published_translation(practice, "ar")
    PracticeTranslation.objects.filter(pk=behind.pk).update(shown=behind.shown | {"follows": 0})
    practice.rewordings.create(revision=1)
    shelf = a_document("A dialogue", "Early", f"{HIDDEN} did it", slug="a-dialogue", summary="All spoke.")
    a_document(CANARY, published_on=None)
    for place in (city, hidden):
        names(shelf, place)
    names(shelf, None)
    shows(shelf, practice, at=1)
    network = a_network()
    for place in (city, hidden):
        joins(network, place, since=2015)
    for translation in (a_document_translation(shelf), a_network_translation(network)):
        translation.phrases |= {CANARY: CANARY}
        translation.save()
    network.othermembers.create(name="Dakar", country="SN", source_url="https://example.org/dakar")
    a_guide(practice)
    signature = a_published(
        city=a_city(official_domain="amman.example"), signer_name="A. Mayor", name_may_be_shown=True
    )
    for proof in (called_back(), decision()):
        proof.signature, proof.by, proof.was_strong, proof.note = signature, curator, True, CANARY
        proof.save()
    clause = signature.version.clauses.get()
    promise = signature.commitments.create(clause=clause, position=1, text="Open one door.", due=date(2030, 1, 1))
    what_came_later(curator, practice, signature, promise)
    a_stated(city, signed_by="the mayor")
    a_published(city=a_city(f"{HIDDEN} Two", "DE"), visibility="counted", signer_name=CANARY, institution=CANARY)
    Deed.tie(practice, "welcome", curator)
    load_milestones(settings.BASE_DIR / "fixtures", LoadReport(), overwrite=False)


def what_came_later(curator, practice, signature, promise):
    """Pictures, pages elsewhere, and what a city is asked after it has signed; each with a sister that is not public."""
    a_picture(practice)
    a_picture(practice, a_file(900, 700), licence="permission", credit=CANARY)
    for url in ("https://participedia.net/case/1", f"https://participedia.net/case/{CANARY}"):
        page = practice.elsewhere.create(platform="participedia", url=url)
        page.refuse(curator) if CANARY in url else page.accept(curator)
    for year, text in ((2024, "One door is open."), (2025, CANARY), (2026, "")):
        question = promise.questions.create(year=year)
        if text:
            question.take("under-way", text)
        if text.endswith("open."):
            question.accept(curator)
    for since, is_renewed in ((date(2022, 1, 1), False), (date(2023, 1, 1), True), (date(2024, 1, 1), False)):
        renewal = signature.renewals.create(since=since)
        if is_renewed:
            renewal.take(date(2031, 3, 4))  # which waits for a curator
    signature.city.elections.create(held_on=date(2022, 10, 2), accepted_at=timezone.now(), decided_by=curator)
    signature.moves.create(version=a_version()).take()
    signature.moves.create(version=a_version())
    for city, answer in ((practice.city, "We will."), (a_city(f"{HIDDEN} Three", "DE"), CANARY)):
        asked = an_asked_city(city)
        asked.record_answer(curator, "no", date(2026, 3, 4), answer)
        asked.publish_answer(curator)


def a_guide(practice):
    guide = Guide.objects.create(
        slug="first", title="First", question="What?", for_whom="All", published_on=date(2026, 1, 2)
    )
    step = guide.steps.create(heading="Begin", text="Small.")
    guide.guidepractices.create(step=step, practice=practice, why="It began small.")
    guide.guidedocuments.create(step=step, title="A manual", publisher="UN", url="https://example.org/m", why="How.")
    said = {text: f"{text} (es)" for text in guide.sentences()}
    guide.translations.create(language="es", phrases=said | {CANARY: CANARY}, translated_on=date(2026, 1, 3))


@pytest.fixture
def first(tmp_path, curator, settings):
    """The snapshot of a database that is empty again, but for the account of its curator."""
    with transaction.atomic():
        a_directory(curator, settings)
        files = taken(tmp_path / "first")
        transaction.set_rollback(True)
    assert not City.objects.exists()
    return files


def test_it_holds_a_row_of_everything_and_nothing_that_no_page_shows(first):
    assert {f"data/{table.name}.jsonl" for table in TABLES} <= first.keys()
    everything = b"\n".join(first.values()).decode(errors="replace").lower()
    assert "gent" in everything and "amman" in everything
    assert CANARY not in everything and HIDDEN.lower() not in everything and "officer@" not in everything
    assert [row["city"] for row in rows(first, "memberships")] == ["gent-be"]
    assert [row["is_behind"] for row in rows(first, "translations")] == [True, False]
    [picture] = rows(first, "pictures")
    files = {name for name in first if name.startswith("pictures/")}
    assert files and all(name.startswith(f"pictures/{picture['key']}/") for name in files)
    answers = [(row["year"], row["state"], row["text"]) for row in rows(first, "yearly_answers")]
    assert answers == [(2024, "under-way", "One door is open."), (2025, "under-way", ""), (2026, "", "")]
    assert [row["since"] for row in rows(first, "renewals")] == ["2023-01-01", "2024-01-01"]
    assert len(rows(first, "moves")) == len(rows(first, "elections")) == len(rows(first, "replies")) == 1
    sums = dict(reversed(line.split("  ")) for line in first["SHA256SUMS"].decode().splitlines())
    assert sums == {name: sha256(body).hexdigest() for name, body in first.items() if name != "SHA256SUMS"}


def test_exported_loaded_into_an_empty_database_and_exported_again_it_is_the_same(
    first, tmp_path, curator, client, settings
):
    settings.MEDIA_ROOT = tmp_path / "empty"
    call_command("load_snapshot", tmp_path / "first", curator=curator.username, verbosity=0)
    assert taken(tmp_path / "second") == first
    assert all(default_storage.exists(name) for name in first if name.startswith("pictures/"))
    assert client.get("/en/practices/parks/").status_code == client.get("/en/signatories/amman-jo/").status_code == 200
    assert City.objects.signed().count() == Signature.objects.count() == 2 and Network.objects.count() == 1
    with pytest.raises(CommandError, match="not empty"):
        call_command("load_snapshot", tmp_path / "first", curator=curator.username)


def test_a_changed_file_or_a_decision_that_nobody_vouches_for_loads_nothing(first, tmp_path, curator):
    with pytest.raises(CommandError, match="--curator"):
        call_command("load_snapshot", tmp_path / "first")
    assert not Practice.objects.exists()
    with (tmp_path / "first" / "data" / "cities.jsonl").open("a") as file:
        file.write("\n")
    with pytest.raises(CommandError, match=r"cities\.jsonl is not as SHA256SUMS says"):
        call_command("load_snapshot", tmp_path / "first", curator=curator.username)
    assert not City.objects.exists()


def test_frictionless_finds_nothing_wrong(first, tmp_path):
    command = [sys.executable, "-m", "frictionless", "validate", "datapackage.json", "--json"]
    done = subprocess.run(command, cwd=tmp_path / "first", capture_output=True, text=True)
    report = json.loads(done.stdout)
    assert done.returncode == 0 and report["valid"], done.stdout[:3000]
    assert report["stats"]["tasks"] == len(TABLES)


def test_two_snapshots_of_the_starter_directory_are_the_same(starter, tmp_path):
    assert taken(tmp_path / "first") == taken(tmp_path / "second")
