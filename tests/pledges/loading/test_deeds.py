"""Ties of the starter directory: read by its editors, shown with that origin, and never against a curator's decision."""

import json

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models.functions import Now
from django.urls import reverse

from pledges.loading.deeds import load_deeds
from pledges.models import Deed
from pledges.vocabularies import CLAUSE_CODES
from practices.loading import LoadReport
from practices.models import FormerAddress
from tests.people import a_practice
from tests.pledges.signers import a_curator, a_published, a_version

pytestmark = pytest.mark.django_db
LINES = [json.loads(line) for line in (settings.BASE_DIR / "fixtures" / "deeds.jsonl").read_text("utf-8").splitlines()]
ORIGIN = "Tied by the editors of the starter directory, who have read the entry; no city has confirmed it."


@pytest.fixture
def folder(tmp_path):
    def with_lines(*lines):
        (tmp_path / "deeds.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
        return tmp_path

    return with_lines


def load(folder) -> LoadReport:
    report = LoadReport()
    load_deeds(folder, report)
    return report


def said(client, path) -> str:
    return " ".join(client.get(path).text.split())


def test_the_starter_directory_fills_the_table(starter, client):
    known = {line["practice"] for line in LINES}
    assert len(known) == len(LINES) and all(
        line["clauses"] and set(line["clauses"]) <= set(CLAUSE_CODES) for line in LINES
    )
    ties = Deed.objects.shown()
    assert ties.count() == Deed.objects.by_editors().count() == sum(len(line["clauses"]) for line in LINES)
    assert set(ties.values_list("clause", flat=True)) == set(CLAUSE_CODES), "each promise has a deed"
    assert not ties.filter(decided_by__isnull=False).exists()
    page = said(client, reverse("deeds"))
    assert f"{len(LINES)} practices were tied to promises by the editors of the starter directory" in page
    assert "Nobody has decided yet" not in page
    # Nobody has signed here yet: no deed counts as one of a signer.
    assert 'aria-label="Practices of cities that signed here: 0"' in page
    listed = said(client, reverse("deeds_list", args=["facts", "practices"]))
    assert listed.count(ORIGIN) == ties.filter(clause="facts").count() > 0


def test_only_practices_of_cities_that_signed_here_are_deeds_of_signers(starter, client):
    tie = Deed.objects.shown().filter(clause="voice").first()
    a_published(city=tie.practice.city)
    here = reverse("deeds_list", args=["voice", "practices-signed"])
    assert tie.practice.title in client.get(here).text and "(All cities): 1</h2>" in client.get(here).text
    assert ORIGIN in said(client, tie.practice.city.get_absolute_url())


def test_a_decision_of_a_curator_stays_and_says_no_more_of_the_editors(client, folder):
    a_version()
    accepted, refused, proposed = (a_practice(f"Practice {at}", themes=["welcome"]) for at in range(3))
    Deed.tie(accepted, "welcome", a_curator())
    Deed.objects.propose()
    refused.deeds.get(clause="welcome").refuse(a_curator())
    lines = [{"practice": practice.slug, "clauses": ["welcome"]} for practice in (accepted, refused, proposed)]
    report = load(folder(*lines))
    assert not report.problems and report.outcomes["practices under promises"] == {"new": 1, "unchanged": 2}
    assert load(folder(*lines)).outcomes["practices under promises"]["new"] == 0
    shown = {deed.practice: deed for deed in Deed.objects.shown()}
    assert set(shown) == {accepted, proposed} and list(Deed.objects.by_editors()) == [shown[proposed]]
    listed = said(client, reverse("deeds_list", args=["welcome", "practices"]))
    assert listed.count(ORIGIN) == 1
    assert Deed.objects.propose() == 0 and Deed.objects.shown().count() == 2, "a tie is no proposal any more"
    shown[proposed].accept(a_curator())
    assert ORIGIN not in said(client, reverse("deeds_list", args=["welcome", "practices"]))
    load(folder())
    assert Deed.objects.shown().count() == 2, "what curators decided stays, also when the file says no more of it"


def test_a_tie_that_is_no_longer_in_the_file_is_undone(folder):
    practice = a_practice()
    load(folder({"practice": practice.slug, "clauses": ["learning", "voice"]}))
    load(folder({"practice": practice.slug, "clauses": ["voice"]}))
    assert [deed.clause for deed in Deed.objects.shown()] == ["voice"]
    without = folder()
    (without / "deeds.jsonl").unlink()
    load(without)
    assert Deed.objects.shown().exists(), "a folder without the file says nothing of ties"


def test_a_curator_undoes_a_tie_of_the_editors(folder):
    practice = a_practice()
    load(folder({"practice": practice.slug, "clauses": ["voice"]}))
    assert Deed.objects.get().refuse(a_curator()) and not Deed.objects.shown().exists()
    load(folder({"practice": practice.slug, "clauses": ["voice"]}))
    assert not Deed.objects.shown().exists()


def test_a_practice_that_was_moved_here_is_left_out_and_an_unknown_one_is_named(folder):
    FormerAddress.objects.create(path="/practices/old/", moved_to="/practices/new/")
    assert not load(folder({"practice": "old", "clauses": ["voice"]})).problems
    lines = ({"practice": "nowhere", "clauses": ["voice"]}, {"practice": a_practice().slug, "clauses": ["peace"]})
    assert len(load(folder(*lines)).problems) == 2 and not Deed.objects.exists()


def test_who_decided_is_named_whatever_the_editors_tied(folder):
    deed = Deed.objects.create(practice=a_practice(), clause="voice", tied_at=Now())
    with pytest.raises(IntegrityError), transaction.atomic():
        Deed.objects.filter(pk=deed.pk).update(accepted_at=Now())
