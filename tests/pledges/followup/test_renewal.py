"""Renewal after an election or four years, and moving to a newer version of the text: by one button, and never deleted."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from citysolidarity.desk.transitions import TransitionNotAllowed
from pledges.followup.reminders import remind_of_new_version, remind_to_renew
from pledges.followup.renewals import ask_to_renew
from pledges.followup.versions import offer_new_version
from pledges.models import Election, Renewal, Signature, SignatureLetter, VersionMove
from pledges.models.renewal import months_later, standing_of
from tests.pledges.deeds.making import asked_letter, signed
from tests.pledges.email_links.letters import link
from tests.pledges.signers import a_curator, a_version

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("signed_on", "renewed", "elections", "today", "sentence"),
    [
        ("2026-11-01", [], [], "2027-11-01", ""),
        ("2026-11-01", [], ["2029-05-06"], "2029-08-05", ""),
        ("2026-11-01", [], ["2029-05-06"], "2029-08-06", "signed in 2026, not renewed since the election of 2029"),
        ("2026-11-01", ["2029-09-01"], ["2029-05-06"], "2030-01-01", "signed in 2026, renewed in 2029"),
        ("2026-11-01", [], ["2025-05-06"], "2029-01-01", ""),
        ("2026-11-01", [], [], "2030-11-01", "signed in 2026, not renewed for 4 years"),
        ("2026-11-01", ["2029-09-01"], [], "2033-09-01", "signed in 2026, not renewed for 4 years"),
        ("2026-11-01", [], ["2027-05-06", "2031-05-06"], "2032-01-01",
         "signed in 2026, not renewed since the election of 2031"),
    ],
)  # fmt: skip
def test_when_a_renewal_is_due(signed_on, renewed, elections, today, sentence):
    days = ([date.fromisoformat(day) for day in part] for part in (renewed, elections))
    standing = standing_of(date.fromisoformat(signed_on), *days, date.fromisoformat(today))
    assert standing.sentence == sentence


def test_a_month_that_is_shorter_ends_on_its_last_day():
    assert months_later(date(2028, 11, 30), 3) == date(2029, 2, 28)
    assert months_later(date(2028, 2, 29), 48) == date(2032, 2, 29)
    assert months_later(date(2028, 12, 31), 12) == date(2029, 12, 31)


def an_election(signature, days=100, **facts):
    decided = facts or {"accepted_at": timezone.now(), "decided_by": a_curator()}
    day = timezone.localdate() - timedelta(days=days)
    return Election.objects.create(city=signature.city, held_on=day, **decided)


def test_an_institution_is_asked_once_after_an_election_and_renews_by_one_button(client):
    signature = signed(300)
    assert ask_to_renew() == 0
    election = an_election(signature)
    assert ask_to_renew() == 1 and ask_to_renew() == 0
    page = client.get(signature.get_absolute_url()).text
    assert f"not renewed since the election of {election.held_on.year}" in page
    assert "We asked the institution to renew; there is no answer yet." in page
    address = link(asked_letter("renewal_question"), "renew")
    assert client.get(address).status_code == 200 and not Renewal.objects.filter(renewed_at__isnull=False).exists()
    assert client.post(address)["Location"] == reverse("done", args=["renewed"])
    page = client.get(signature.get_absolute_url()).text
    assert "not renewed" not in page and ">Renewed</span>" in page
    assert client.post(address).status_code == 302, "a double click reads the same"
    assert ask_to_renew() == 0


def test_a_day_that_the_city_gives_counts_after_a_curator_has_checked_it(client):
    signature = signed(300)
    an_election(signature)
    ask_to_renew()
    day = timezone.localdate() + timedelta(days=700)
    typed = {"election_day": day.day, "election_month": day.month, "election_year": day.year}
    client.post(link(asked_letter("renewal_question"), "renew"), typed)
    given = Election.objects.waiting().get()
    assert (given.city, given.held_on) == (signature.city, day)
    assert given.accept(a_curator()) and not given.accept(a_curator())
    assert not Election.objects.waiting().exists()


def test_a_day_that_cannot_be_is_asked_again(client):
    an_election(signed(300))
    ask_to_renew()
    page = client.post(link(asked_letter("renewal_question"), "renew"), {"election_day": "31", "election_month": "2"})
    assert page.status_code == 422 and not Renewal.objects.filter(renewed_at__isnull=False).exists()


def test_a_day_nobody_checked_makes_nobody_renew():
    an_election(signed(300), said_at=timezone.now())
    assert ask_to_renew() == 0


def test_after_four_years_it_is_asked_without_an_election(client):
    signature = signed(4 * 366)
    assert ask_to_renew() == 1
    assert "not renewed for 4 years" in client.get(signature.get_absolute_url()).text
    assert Signature.objects.public().filter(pk=signature.pk).exists(), "it is never deleted"


def test_a_signature_that_was_withdrawn_is_not_renewed(client):
    signature = signed(4 * 366)
    ask_to_renew()
    Signature.objects.get(pk=signature.pk).withdraw()
    assert client.post(link(asked_letter("renewal_question"), "renew")).status_code == 409


# --- versions ---------------------------------------------------------------------------


def test_whoever_signed_an_older_version_moves_by_one_button_and_both_stay(client):
    old = a_version(number=501)
    signature = signed(10, version=old)
    assert offer_new_version() == 0
    new = a_version(number=502)
    assert offer_new_version() == 1 and offer_new_version() == 0
    address = link(asked_letter("new_version"), "move_version")
    assert client.get(address).status_code == 200 and not VersionMove.objects.filter(moved_at__isnull=False).exists()
    assert client.post(address, {"version": 502})["Location"] == reverse("done", args=["moved"])
    assert client.post(address, {"version": 502}).status_code == 302
    signature = Signature.objects.get(pk=signature.pk)
    assert (signature.version, signature.version_in_force) == (old, new)
    page = client.get(signature.get_absolute_url()).text
    assert reverse("statement_version", args=[501]) in page and "Moved to version 502 of the" in page
    for number, first, moved in ((501, 1, 0), (502, 0, 1)):
        shown = client.get(reverse("statement_version", args=[number])).context["signed"]
        assert shown == {"first": first, "moved": moved}
    with pytest.raises(TransitionNotAllowed):
        VersionMove.objects.get().take()


def test_nobody_moves_to_a_version_that_the_page_did_not_show(client):
    signature = signed(10, version=a_version(number=501))
    a_version(number=502)
    offer_new_version()
    address = link(asked_letter("new_version"), "move_version")
    assert 'name="version" value="502"' in client.get(address).text
    newer = a_version(number=503)
    offer_new_version()
    for shown in ({"version": 502}, {}, {"version": "5" * 10_000}):
        page = client.post(address, shown)
        assert page.status_code == 422 and 'name="version" value="503"' in page.text
        assert "There is a newer version than the one that this page showed" in page.text
    assert not VersionMove.objects.filter(moved_at__isnull=False).exists()
    assert client.post(address, {"version": 503}).status_code == 302
    assert Signature.objects.get(pk=signature.pk).version_in_force == newer


def test_a_draft_of_a_version_is_offered_to_nobody_and_shown_nowhere(client):
    signed(10, version=a_version(number=501))
    a_version(number=502, valid_from=None)
    assert offer_new_version() == 0
    assert client.get(reverse("statement_version", args=[502])).status_code == 404
    assert "Version 502" not in client.get(reverse("statement_versions")).text


def test_every_rule_of_the_calendar_runs(client):
    signed(4 * 366)
    call_command("tidy", verbosity=0)
    names = set(SignatureLetter.objects.values_list("name", flat=True))
    assert {"commitments_question", "renewal_question"} <= names


# --- reminders ----------------------------------------------------------------------------


def an_older():
    signature = signed(10, version=a_version(number=501))
    a_version(number=502)
    return signature


DUE = {
    "renewal_reminder": (lambda: signed(4 * 366), ask_to_renew, remind_to_renew, Renewal),
    "new_version_reminder": (an_older, offer_new_version, remind_of_new_version, VersionMove),
}


def weeks_ago(model, days=15):
    model.objects.update(asked_at=F("asked_at") - timedelta(days=days))
    SignatureLetter.objects.update(posted_at=F("posted_at") - timedelta(days=days))


@pytest.mark.parametrize("name", DUE)
def test_a_reminder_comes_once_after_two_weeks(name):
    start, ask, remind, model = DUE[name]
    signature = start()
    ask()
    assert remind() == 0
    weeks_ago(model)
    assert remind() == 1 and remind() == 0 and ask() == 0
    letter = asked_letter(name)
    assert letter.signature == signature and model.objects.get().reminded_at
    weeks_ago(model)
    assert remind() == 0, "a third time is too often"


@pytest.mark.parametrize("name", DUE)
def test_the_link_of_a_reminder_answers_and_nobody_is_reminded_after_an_answer(client, name):
    start, ask, remind, model = DUE[name]
    start()
    ask()
    weeks_ago(model)
    remind()
    address = {"renewal_reminder": "renew", "new_version_reminder": "move_version"}[name]
    assert client.post(link(asked_letter(name), address), {"version": 502}).status_code == 302
    answered = model.objects.get()
    assert not model.objects.unanswered().exists()
    model.objects.update(reminded_at=None)
    assert remind() == 0 and model.objects.filter(pk=answered.pk).exists()


@pytest.mark.parametrize("name", DUE)
def test_nobody_is_reminded_of_what_is_over(name):
    start, ask, remind, model = DUE[name]
    signature = start()
    ask()
    weeks_ago(model, days=61)
    assert remind() == 0, "the links of the first e-mail have expired"
    model.objects.update(asked_at=F("asked_at") + timedelta(days=46))
    Signature.objects.get(pk=signature.pk).withdraw()
    assert remind() == 0


def test_only_the_newest_version_is_reminded_of():
    an_older()
    offer_new_version()
    weeks_ago(VersionMove)
    a_version(number=503)
    offer_new_version()
    assert remind_of_new_version() == 0
    weeks_ago(VersionMove)
    assert remind_of_new_version() == 1
    assert VersionMove.objects.get(reminded_at__isnull=False).version.number == 503


def test_a_reminder_before_the_question_is_refused_by_the_database():
    signature = an_older()
    offer_new_version()
    with pytest.raises(IntegrityError), transaction.atomic():
        VersionMove.objects.filter(signature=signature).update(reminded_at=F("asked_at") - timedelta(days=1))
