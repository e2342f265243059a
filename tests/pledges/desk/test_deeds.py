"""Deciding at the desk: proposals in bulk, ties of a curator's own, words of cities, elections, and new versions."""

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from pledges.models import CommitmentQuestion, Deed, Election, StatementVersion
from pledges.models.statement import fingerprint
from pledges.vocabularies import CLAUSE_CODES
from tests.desk import desk
from tests.people import a_city, a_practice
from tests.pledges.desk.desk import at_the_desk, somebody
from tests.pledges.signers import a_version, an_asked

pytestmark = pytest.mark.django_db


@pytest.fixture
def curator():
    return at_the_desk(somebody("Curator"))


@pytest.fixture
def lead():
    return at_the_desk(somebody("Lead curator"))


def told(answer) -> list[str]:
    return [str(message) for message in get_messages(answer.wsgi_request)]


def act(client, model, action, *rows):
    """What was said of the action; what was said before is read first."""
    client.get(desk(model, app="pledges"))
    chosen = {"action": action, "_selected_action": [row.pk for row in rows]}
    return told(client.post(desk(model, app="pledges"), chosen))


def test_proposals_are_accepted_in_bulk_and_what_was_decided_is_skipped(curator):
    a_version()
    practices = [a_practice(themes=["welcome"]) for _ in range(3)]
    Deed.objects.propose()
    deeds = list(Deed.objects.all())
    deeds[0].refuse(somebody("Curator"))
    assert act(curator, "deed", "accept_all", *deeds) == ["6 are accepted now."]
    assert act(curator, "deed", "accept_all", *deeds) == ["6 were decided already."]
    assert Deed.objects.shown().count() == 6 == sum(practice.deeds.count() for practice in practices)
    assert all(deed.decided_by for deed in Deed.objects.all())


def test_a_curator_ties_a_practice_that_no_theme_proposes(curator):
    a_version()
    practice = a_practice()
    address = f"https://cities.example{practice.get_absolute_url()}"
    answer = curator.post(desk("deed", "add", app="pledges"), {"practice": address, "clause": "learning"})
    assert answer.status_code == 302
    deed = Deed.objects.shown().get()
    assert (deed.practice, deed.clause) == (practice, "learning")
    again = curator.post(desk("deed", "add", app="pledges"), {"practice": address, "clause": "learning"})
    assert again.status_code == 200 and Deed.objects.count() == 1


def test_a_tie_is_decided_by_the_buttons_of_its_page(curator):
    a_version()
    page = desk("deed", "change", Deed.objects.create(practice=a_practice(), clause="welcome").pk, app="pledges")
    curator.post(page, {"_act_accept": "1"})
    assert Deed.objects.shown().exists()
    curator.post(page, {"_act_refuse": "1"})
    assert not Deed.objects.shown().exists() and not Deed.objects.waiting().exists()


def test_a_viewer_decides_nothing():
    a_version()
    deed = Deed.objects.create(practice=a_practice(), clause="welcome")
    viewer = at_the_desk(somebody("Viewer"))
    act(viewer, "deed", "accept_all", deed)
    viewer.post(desk("deed", "change", deed.pk, app="pledges"), {"_act_accept": "1"})
    assert Deed.objects.waiting().get() == deed


def test_words_of_a_city_are_shown_by_a_button(curator):
    question = an_asked().commitments.get().questions.get()
    question.take("done", "It is open.", "https://www.amman.example/door")
    page = desk("commitmentquestion", "change", question.pk, app="pledges")
    assert "It is open." in curator.get(page).text
    curator.post(page, {"_act_accept": "1"})
    assert CommitmentQuestion.objects.get().shown_text == "It is open."
    curator.post(page, {"_act_refuse": "1"})
    assert CommitmentQuestion.objects.get().shown_text == ""


def test_an_election_that_a_curator_enters_counts_at_once_and_one_that_a_city_gave_after_a_button(curator):
    city = a_city()
    answer = curator.post(desk("election", "add", app="pledges"), {"city": city.pk, "held_on": "2029-05-06"})
    assert answer.status_code == 302
    assert Election.objects.accepted().get().held_on.year == 2029
    given = Election.objects.create(city=city, held_on="2033-05-06", said_at=timezone.now())
    assert act(curator, "election", "refuse_all", given) == ["1 is refused now."]
    assert Election.objects.accepted().count() == 1 and not Election.objects.waiting().exists()


def a_whole_version(**facts):
    version = a_version(**(facts | {"valid_from": None}))
    for position, code in enumerate(CLAUSE_CODES[1:], start=2):
        version.clauses.create(position=position, code=code, title=code.title(), promise="We do.")
    return version


def test_a_new_version_begins_as_a_copy_and_becomes_valid_for_good(lead):
    first = a_whole_version(number=501)
    first.enact(timezone.localdate() - timedelta(days=1))
    assert act(lead, "statementversion", "copy_as_drafts", first) == ["1 draft has been made."]
    draft = StatementVersion.objects.get(number=502)
    assert draft.valid_from is None and draft.clauses.count() == len(CLAUSE_CODES)
    assert act(lead, "statementversion", "copy_as_drafts", first) == ["0 drafts have been made."]
    preview = lead.get(desk("statementversion", "preview", draft.pk, app="pledges"))
    assert "A look at version 502" in preview.text and preview.headers["X-Robots-Tag"] == "noindex"
    enact = desk("statementversion", "enact", draft.pk, app="pledges")
    sha256 = fingerprint(draft.canonical_text())
    assert sha256 in lead.get(enact).text
    yesterday = timezone.localdate() - timedelta(days=1)
    assert lead.post(enact, {"valid_from": yesterday}).status_code == 200
    assert lead.post(enact, {"valid_from": timezone.localdate()}).status_code == 302
    draft.refresh_from_db()
    assert (draft.valid_from, draft.sha256) == (timezone.localdate(), sha256)
    assert (
        told(lead.post(enact, {"valid_from": timezone.localdate()}))
        == [
            "The version is valid from the day that you chose.",
            "This version is valid already, so nothing was changed.",
        ]
        or StatementVersion.objects.get(number=502).sha256 == sha256
    )
    change = desk("statementversion", "change", draft.pk, app="pledges")
    assert lead.post(change, {"title": "Another"}).status_code == 403


def test_a_version_that_lacks_a_promise_cannot_become_valid(lead):
    draft = a_version(number=501, valid_from=None)
    enact = desk("statementversion", "enact", draft.pk, app="pledges")
    assert "These promises are missing: services, voice" in lead.get(enact).text
    lead.post(enact, {"valid_from": timezone.localdate()})
    draft.refresh_from_db()
    assert draft.valid_from is None


def test_only_a_lead_curator_makes_a_version_valid(curator):
    draft = a_whole_version(number=501)
    enact = desk("statementversion", "enact", draft.pk, app="pledges")
    assert (
        curator.get(enact).status_code == curator.post(enact, {"valid_from": timezone.localdate()}).status_code == 403
    )
    assert curator.get(reverse("admin:pledges_statementversion_changelist")).status_code == 200
