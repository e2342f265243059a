"""Many at the same moment: nothing is lost, nothing is doubled, and a city is written to once."""

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from citysolidarity.desk.transitions import TransitionNotAllowed
from pledges.invitations import emails
from pledges.models import Invitation, InvitationLetter, InvitedCity
from tests.forms import a_place
from tests.people import a_city
from tests.pledges.desk.desk import somebody
from tests.pledges.invitations.inviters import ANSWERS, a_stamp, an_invitation, letter_of, link
from tests.pledges.supports.test_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_form_sent_eight_times_at_once_is_one_invitation():
    a_place()
    fields = ANSWERS | {"stamp": a_stamp(), "subject": ""}
    answers = at_once(lambda _at: Client().post(reverse("invite"), fields), range(8))
    assert {answer.status_code for answer in answers} == {302} and len({answer["Location"] for answer in answers}) == 1
    assert Invitation.objects.count() == InvitationLetter.objects.count() == 1


def test_whoever_confirms_several_forms_at_once_has_one_that_waits():
    city = a_city(geonames_id=1)
    invitations = [an_invitation(city, "rana@home.example") for _time in range(4)]
    links = [link(letter_of(invitation, "confirm_invitation"), "confirm_invitation") for invitation in invitations]
    answers = at_once(lambda address: Client().post(address).status_code, links)
    assert sorted(answers) == [302, 409, 409, 409]
    assert Invitation.objects.waiting().count() == 1
    assert InvitationLetter.objects.filter(name="invitation_receipt").count() == 1


def test_two_curators_who_send_at_once_write_to_the_city_once():
    """In two languages, so that the invitations do not go together."""
    city, by = a_city(geonames_id=1), somebody("Curator")
    invitations = [an_invitation(city, confirmed=True, letter_language=language) for language in ("en", "fr")]
    for invitation in invitations:
        invitation.read(by, "mail@athens.example")

    def send(invitation):
        try:
            with transaction.atomic():
                emails.invite_city.post(invitation.send(by))
        except TransitionNotAllowed:
            return "later"
        return "sent"

    assert sorted(at_once(send, [*invitations, *Invitation.objects.with_cities()])) == ["later"] * 3 + ["sent"]
    assert InvitedCity.objects.count() == InvitationLetter.objects.filter(name="invite_city").count() == 1
    assert Invitation.objects.filter(invited__isnull=False).count() == 1
