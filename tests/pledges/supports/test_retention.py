"""What is kept of a resident, and for how long; the counts stay."""

from datetime import timedelta

import pytest
from django.core import mail as outbox
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.db.models import F
from django.db.models.functions import Now

from pledges.erasure import forget, preview
from pledges.models import AskedCity, Signature, Support, SupportContact, SupportLetter
from pledges.models.asked_city import CityReply
from pledges.supports import retention
from pledges.supports.counting import count_supports
from tests.letters import work
from tests.people import a_city
from tests.pledges.signers import a_curator, a_published, a_stated, put_right
from tests.pledges.supports.residents import a_support, an_asked_city, letter_of, link, make_older

pytestmark = pytest.mark.django_db
HALF_A_YEAR = timedelta(days=184)


def tidy():
    call_command("tidy", verbosity=0)


def test_what_nobody_confirmed_is_deleted_after_two_weeks():
    kept = a_support()
    a_support()
    make_older(timedelta(days=15))
    Support.objects.filter(pk=kept.pk).update(sent_at=Now())
    tidy()
    assert list(Support.objects.all()) == [kept]


def test_addresses_go_six_months_after_the_city_signed_and_counts_stay(client):
    asked = an_asked_city(a_city(geonames_id=1), 11)
    support = a_support(asked.city, confirmed=True)
    a_stated(asked.city)
    tidy()
    asked.refresh_from_db()
    assert asked.settled_at and SupportContact.objects.count() == 12
    make_older(HALF_A_YEAR)
    type(asked.city.signatures.get()).objects.update(published_at=Now() - HALF_A_YEAR)
    tidy()
    assert not SupportContact.objects.exists()
    assert AskedCity.objects.get().supports == 12
    assert client.post(link(letter_of(support, "support_receipt"), "withdraw_support")).status_code == 302
    assert Support.objects.get(pk=support.pk).state == "withdrawn", "the link still withdraws"


def test_addresses_go_six_months_after_the_city_said_no():
    asked = an_asked_city(many=10)
    asked.record_answer(a_curator(), CityReply.NO, Support.objects.first().confirmed_at.date(), "Not now.")
    make_older(HALF_A_YEAR)
    late = a_support(asked.city, confirmed=True)
    tidy()
    assert [contact.support for contact in SupportContact.objects.all()] == [late], "who thanks later keeps half a year"
    another = an_asked_city(a_city("Irbid"), many=1)
    make_older(HALF_A_YEAR)
    tidy()
    assert SupportContact.objects.filter(support__city=another.city).exists(), "nothing is settled there"


def test_residents_are_told_once_when_their_city_signs_and_answers():
    before = a_support(a_city(geonames_id=1), "rana@home.example", confirmed=True, first_name="Rana", counted=False)
    work()
    count_supports()
    asked = AskedCity.objects.get()
    asked.record_answer(a_curator(), CityReply.OTHER, before.confirmed_at.date(), "We shall see.")
    asked.publish_answer(a_curator())
    after = a_support(asked.city, "late@home.example", confirmed=True)
    outbox.outbox.clear()
    for _day in range(2):
        tidy()
        work()
    told = [(letter.to[0], letter.subject) for letter in outbox.outbox if "answered" in letter.subject]
    assert told == [("rana@home.example", "Amman has answered")]
    a_stated(asked.city)
    outbox.outbox.clear()
    for _day in range(2):
        tidy()
        work()
    told = sorted(letter.to[0] for letter in outbox.outbox if letter.subject == "Amman has signed")
    assert told == ["late@home.example", "rana@home.example"]
    assert after.letters.filter(name="support_signed").count() == 1
    assert retention.tell_of_signatures() == 0


def test_whoever_withdraws_leaves_nothing_and_may_come_back():
    support = a_support(email="rana@home.example", confirmed=True)
    support.withdraw()
    row = Support.objects.get()
    assert row.mailbox is None and not SupportContact.objects.exists()
    again = a_support(support.city, "rana@home.example", confirmed=True)
    assert again.state == "confirmed"
    make_older(HALF_A_YEAR, pk=support.pk)
    tidy()
    assert list(Support.objects.all()) == [again]


def test_a_mailbox_counts_once_for_a_city_in_whatever_way_it_is_written():
    city = a_city()
    a_support(city, "rana@gmail.com", confirmed=True)
    a_support(a_city("Irbid"), "rana@gmail.com", confirmed=True)
    second = a_support(city, "R.a.n.a+x@googlemail.com")
    with pytest.raises(ValueError, match="already supports this city"):
        second.confirm()
    assert Support.objects.live().count() == 2


@pytest.mark.parametrize(
    "columns",
    [
        {"confirmed_at": None, "withdrawn_at": Now()},
        {"withdrawn_at": Now() - timedelta(days=1), "mailbox": None},
        {"confirmed_at": Now() - timedelta(days=1)},
    ],
    ids=["a mark is left", "withdrawn before it was confirmed", "confirmed before it was asked"],
)
def test_the_database_refuses_impossible_dates(columns):
    support = a_support(confirmed=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Support.objects.filter(pk=support.pk).update(**columns)


def test_whoever_asks_to_be_forgotten_is_found_nowhere_and_still_counts():
    city = a_city()
    mine = a_support(city, "rana@home.example", confirmed=True, first_name="Rana")
    a_support(a_city("Irbid"), "rana@home.example")
    other = a_support(city, "omar@home.example", confirmed=True)
    old = a_support(a_city("Zarqa"), "rana@home.example", confirmed=True)
    SupportContact.objects.filter(pk=old.pk).delete()
    erased = preview("RANA@home.example")
    assert len(erased["supporters"]) == 3
    assert forget("rana@home.example")["supporters"] == erased["supporters"]
    assert [contact.support for contact in SupportContact.objects.all()] == [other]
    assert Support.objects.live().count() == 3 and not Support.objects.of_mailbox("rana@home.example").exists()
    assert not SupportLetter.objects.exclude(support=other).exists()
    assert Support.objects.get(pk=mine.pk).state == "confirmed"


def test_a_correction_is_no_new_signature(client):
    """Who thanked a city is not told that it has signed, and addresses are not kept for longer."""
    signature = a_published(city=a_city(geonames_id=1))
    moments = ("drafted_at", "confirmed_at", "verified_at", "published_at")
    Signature.objects.update(**{name: F(name) - timedelta(days=90) for name in moments})
    a_support(signature.city, "rana@home.example", confirmed=True)
    count_supports()
    settled = AskedCity.objects.get().settled_at
    put_right(Signature.objects.get())
    tidy()
    assert AskedCity.objects.get().settled_at == settled
    assert not SupportLetter.objects.filter(name="support_signed").exists()
