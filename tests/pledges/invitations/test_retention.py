"""What is kept of whoever invites, and for how long; that a city was invited on a day stays."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db.models.functions import Now

from pledges.erasure import forget, preview
from pledges.models import Invitation, InvitationContact, InvitationLetter, InvitedCity
from practices.cities.merging import merge
from tests.people import a_city
from tests.pledges.desk.desk import somebody
from tests.pledges.invitations.inviters import an_invitation, make_older

pytestmark = pytest.mark.django_db
HALF_A_YEAR = timedelta(days=184)
MAILBOX = "mail@athens.example"


def tidy():
    call_command("tidy", verbosity=0)


def sent(invitation):
    by = somebody("Curator")
    invitation.read(by, MAILBOX)
    invitation.send(by)
    return invitation


def test_what_nobody_confirmed_is_deleted_after_two_weeks():
    kept = an_invitation()
    an_invitation(kept.city)
    make_older(timedelta(days=15))
    Invitation.objects.filter(pk=kept.pk).update(sent_at=Now())
    tidy()
    assert list(Invitation.objects.all()) == [kept]


def test_who_wrote_and_what_goes_six_months_after_the_decision():
    decided = [sent(an_invitation(confirmed=True)), an_invitation(a_city("Irbid"), confirmed=True)]
    decided[1].refuse(somebody("Curator"), "other", "Too soon.")
    make_older(timedelta(days=180))
    tidy()
    assert InvitationContact.objects.count() == 2
    make_older(timedelta(days=5))
    waiting = an_invitation(a_city("Zarqa"), confirmed=True)
    tidy()
    assert [contact.invitation for contact in InvitationContact.objects.all()] == [waiting]
    rows = Invitation.objects.exclude(pk=waiting.pk)
    assert set(rows.values_list("message", "mailbox", "city_email", "refusal_note")) == {("", None, "", "")}
    assert {row.state for row in rows} == {"sent", "refused"} and InvitedCity.objects.exists()


def test_what_was_withdrawn_is_deleted_after_six_months():
    invitation = an_invitation(confirmed=True)
    invitation.withdraw()
    make_older(HALF_A_YEAR)
    tidy()
    assert not Invitation.objects.exists()


def test_whoever_asks_to_be_forgotten_is_found_nowhere():
    gone = sent(an_invitation(email="rana@home.example", confirmed=True))
    an_invitation(a_city("Irbid"), "rana@home.example", confirmed=True)
    other = an_invitation(a_city("Zarqa"), "omar@home.example", confirmed=True)
    erased = preview("RANA@home.example")
    assert len(erased["inviters"]) == 2
    assert forget("rana@home.example")["inviters"] == erased["inviters"]
    assert [contact.invitation for contact in InvitationContact.objects.all()] == [other]
    assert set(Invitation.objects.all()) == {gone, other} and not Invitation.objects.get(pk=gone.pk).message
    assert not InvitationLetter.objects.filter(invitation=gone).exists()


def test_two_rows_of_one_city_become_one():
    gone, stays = a_city("Graz an der Mur", "AT"), a_city("Graz", "AT")
    for city in (gone, stays):
        sent(an_invitation(city, confirmed=True))
        an_invitation(city, "both@home.example", confirmed=True)
    assert "2 invitations" in merge(gone, stays, somebody("Curator"))
    assert Invitation.objects.waiting().filter(city=stays).count() == 1
    assert InvitedCity.objects.filter(city=stays).count() == 2, "both were invited, and that is kept"
    assert "one invitation a month" in Invitation.objects.waiting().get().why_not_send()
