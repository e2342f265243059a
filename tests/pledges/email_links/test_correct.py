"""The link that corrects: a curator looks at what is new; what is no longer to be shown is hidden at once."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from pledges import emails
from pledges.models import Signature, SignatureLetter
from pledges.vocabularies import Kind, State
from tests.forms import fields_of, said
from tests.pledges.email_links.letters import link, posted
from tests.pledges.signers import a_confirmed, a_curator, a_published, a_verified, called_back, put_right

pytestmark = pytest.mark.django_db
NAME = {"signer_name": "Rana Haddad", "name_may_be_shown": True}


@pytest.fixture
def published():
    return a_published(**NAME)


@pytest.fixture
def address(published):
    return link(posted(emails.correction_link, published), "correct")


def correct(client, address, **typed):
    fields = fields_of(client.get(address))
    for box in [name for name, value in typed.items() if value is None]:
        fields.pop(box, None)
    return client.post(address, fields | {name: value for name, value in typed.items() if value is not None})


def test_the_form_holds_what_the_signature_says(client, address):
    fields = fields_of(client.get(address))
    assert fields["institution"] == "Greater Amman Municipality"
    assert (fields["office"], fields["signer_name"], fields["name_may_be_shown"]) == ("mayor", "Rana Haddad", "on")


def test_the_public_page_stays_until_a_curator_has_looked(client, address, published):
    answer = correct(client, address, institution="Municipality of Greater Amman")
    assert answer["Location"] == reverse("done", args=["corrected"])
    new = Signature.objects.exclude(pk=published.pk).get()
    assert (new.state, new.institution) == (State.CONFIRMED, "Municipality of Greater Amman")
    assert (new.version, new.signed_on, new.city) == (published.version, published.signed_on, published.city)
    assert new.contact.email == published.contact.email
    assert [event.kind for event in new.events.all()] == [Kind.DRAFTED, Kind.CONFIRMED]
    assert "Greater Amman Municipality" in client.get(published.get_absolute_url()).text
    assert SignatureLetter.objects.get(signature=new).name == "confirmed_receipt"


def test_the_curator_puts_it_in_the_place_of_the_old_one(client, address, published):
    correct(client, address, institution="Municipality of Greater Amman")
    new = Signature.objects.exclude(pk=published.pk).get()
    new.verify(a_curator(), [called_back()])
    published.supersede(a_curator(), new)
    assert list(Signature.objects.public()) == [new]


def test_a_name_no_longer_to_be_shown_is_hidden_at_once(client, address, published):
    assert "Rana Haddad" in client.get(published.get_absolute_url()).text
    correct(client, address, name_may_be_shown=None)
    assert "Rana Haddad" not in client.get(published.get_absolute_url()).text


def test_a_city_no_longer_to_be_named_is_hidden_at_once(client, address, published):
    correct(client, address, visibility="counted")
    assert client.get(published.get_absolute_url()).status_code == 404
    assert not Signature.objects.get(pk=published.pk).city.is_signed


def in_days(days):
    day = timezone.localdate() + timedelta(days=days)
    parts = {"public_from_day": day.day, "public_from_month": day.month, "public_from_year": day.year}
    return {"visibility": "from-date", **parts}


def corrections_link(signature):
    return link(posted(emails.correction_link, signature), "correct")


def test_nor_does_what_it_replaced_come_back(client, published):
    """A signature that was corrected before stands behind it: without a name and a day it would be shown again."""
    second = put_right(published, **NAME)
    correct(client, corrections_link(second), name_may_be_shown=None, **in_days(300))
    assert not Signature.objects.public().exists()
    assert client.get(published.get_absolute_url()).status_code == 404


def test_a_name_is_hidden_in_what_is_shown_until_the_day_too(client, published):
    day = timezone.localdate() + timedelta(days=300)
    second = a_verified(city=published.city, **NAME, visibility="from-date", public_from=day)
    published.supersede(a_curator(), second)
    assert Signature.objects.public().get().shown_name == "Rana Haddad"
    correct(client, corrections_link(second), name_may_be_shown=None)
    assert Signature.objects.public().get().shown_name == ""


def test_a_day_that_has_come_is_no_choice_any_more_and_nothing_is_hidden(client):
    signature = a_published(**NAME, visibility="from-date", public_from=timezone.localdate() + timedelta(days=20))
    Signature.objects.update(public_from=timezone.localdate() - timedelta(days=1))
    answer = correct(client, corrections_link(signature), institution="City of Amman")
    assert (answer.status_code, said(answer)) == (302, [])
    assert Signature.objects.public().get() == signature


def test_an_earlier_day_waits_for_a_curator(client):
    day = timezone.localdate() + timedelta(days=200)
    signature = a_published(**NAME, visibility="from-date", public_from=day)
    correct(client, corrections_link(signature), **in_days(2))
    assert Signature.objects.get(pk=signature.pk).public_from == day
    answer = correct(client, corrections_link(signature), **in_days(300))
    assert (answer.status_code, said(answer)) == (302, [])
    assert Signature.objects.get(pk=signature.pk).public_from == day + timedelta(days=100)


def test_what_no_curator_has_published_is_replaced(client):
    waiting = a_confirmed(signer_name="Rana Haddad")
    correct(client, link(posted(emails.correction_link, waiting), "correct"), institution="City of Amman")
    assert Signature.objects.get(pk=waiting.pk).state == State.WITHDRAWN
    assert Signature.objects.exclude(pk=waiting.pk).get().state == State.CONFIRMED


def test_mistakes_are_told_and_the_link_stays_good(client, address):
    answer = correct(client, address, institution="=1+1", visibility="from-date")
    assert answer.status_code == 422
    assert len(said(answer)) == 2 and fields_of(answer)["institution"] == "=1+1"
    assert correct(client, address, institution="A\0mman").status_code == 422
    assert Signature.objects.count() == 1
    assert correct(client, address).status_code == 302


def test_it_works_once(client, address):
    assert [correct(client, address).status_code, client.post(address).status_code] == [302, 410]
    assert Signature.objects.count() == 2
