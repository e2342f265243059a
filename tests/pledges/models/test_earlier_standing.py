"""A city that a source names never vanishes by what comes after, and every page and letter says what is true that day."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from pledges import emails
from pledges.models import Signature
from pledges.vocabularies import Visibility
from practices.models import City
from tests.letters import work
from tests.people import a_city
from tests.pledges.desk.desk import at_the_desk, press, somebody
from tests.pledges.signers import a_curator, a_lead_curator, a_published, a_stated, a_verified

pytestmark = pytest.mark.django_db


def in_days(days, **facts):
    day = timezone.localdate() + timedelta(days=days)
    return {"visibility": Visibility.FROM_DATE, "public_from": day, **facts}


@pytest.fixture
def milan():
    return a_city("Milan", "IT", official_domain="amman.example")


def public(city) -> Signature | None:
    """Whatever the public is shown of a city, after the pages agree."""
    city.refresh_from_db()
    signature = Signature.objects.public().filter(city=city).first()
    assert city.is_signed == bool(signature)
    if signature:
        assert city.signed_on == signature.signed_on
    return signature


def let_the_day_come():
    Signature.objects.update(public_from=F("public_from") - timedelta(days=20))
    Signature.objects.reveal_due()


def test_what_a_source_names_stays_until_the_day_of_what_replaces_it(client, milan):
    stated, new = a_stated(milan), a_verified(city=milan, **in_days(20))
    stated.supersede(a_curator(), new)
    assert public(milan) == stated
    assert Signature.objects.count_now() | {"as_of": 0} == {
        "stated": 1,
        "verified": 0,
        "total": 1,
        "unnamed": 0,
        "as_of": 0,
    }
    page = client.get(stated.get_absolute_url())
    assert page.status_code == 200 and "Replaced by a newer signature" not in page.text
    let_the_day_come()
    assert public(milan) == new


def test_so_does_an_earlier_signature_of_the_city(milan):
    first, new = a_published(city=milan), a_verified(city=milan, **in_days(20))
    first.supersede(a_curator(), new)
    assert public(milan) == first
    new.withdraw()
    assert public(milan) is None, "no source names it, and the city has withdrawn"


def test_what_a_source_names_is_shown_again_when_what_replaced_it_is_withdrawn(milan):
    stated, new = a_stated(milan), a_verified(city=milan)
    stated.supersede(a_curator(), new)
    assert public(milan) == new
    new.withdraw()
    assert public(milan) == stated
    new.undo_withdrawal()
    assert public(milan) == new


def test_of_two_that_stand_behind_the_later_is_shown(milan):
    stated, first, second = a_stated(milan), a_verified(city=milan), a_verified(city=milan, **in_days(20))
    stated.supersede(a_curator(), first)
    first.supersede(a_curator(), second)
    assert public(milan) == first
    second.withdraw()
    assert public(milan) == stated


def test_whoever_asks_to_be_counted_alone_is_named_no_more(milan):
    stated, new = a_stated(milan), a_verified(city=milan, visibility=Visibility.COUNTED)
    stated.supersede(a_curator(), new)
    assert public(milan) is None and Signature.objects.count_now()["total"] == 1


def test_what_was_withdrawn_itself_never_comes_back(milan):
    stated = a_stated(milan)
    stated.withdraw(a_lead_curator(), "They asked.")
    new = a_published(city=milan, email="other@amman.example")
    new.withdraw()
    assert public(milan) is None


def letter(name, signature) -> str:
    mail.outbox.clear()
    with transaction.atomic():
        emails.LETTERS[name].post(signature)
    work()
    (sent,) = mail.outbox
    return f"{sent.subject}\n{sent.body}"


def test_the_letters_say_what_is_true_that_day(milan):
    stated, new = a_stated(milan), a_verified(city=milan, **in_days(20))
    stated.supersede(a_curator(), new)
    text = letter("published_notice", new)
    assert "is now published" not in text and "has been verified" in text and "It will be published on" in text
    assert "Until then your earlier signature stays" in text
    new.withdraw()
    assert "Milan stays in the directory with its earlier signature" in letter("withdrawn_receipt", new)
    alone = a_published(city=a_city("Zarqa"), **in_days(20))
    text = letter("published_notice", alone)
    assert "From that date it will be shown on this page" in text and "is now published" not in text
    alone.withdraw()
    assert "stays in the directory" not in letter("withdrawn_receipt", alone)
    today = letter("published_notice", a_published(city=a_city("Irbid"), **in_days(0)))
    assert "is now published" in today and "It is shown here" in today


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({}, "Today Milan is shown with this signature."),
        (in_days(20), "Milan stays public with its earlier signature; then this one is shown."),
        ({"visibility": Visibility.COUNTED}, "and Milan, which is named today, is named nowhere any more."),
    ],
)
def test_the_page_of_the_act_says_what_will_be_seen(milan, facts, sentence):
    a_stated(milan)
    new = a_verified(city=milan, **facts)
    desk = at_the_desk(somebody("Lead curator"))
    address = reverse("admin:pledges_signature_act", args=[new.pk, "replace"])
    assert sentence in desk.get(address).text
    press(desk, new, "replace")
    withdraw = desk.get(reverse("admin:pledges_signature_act", args=[new.pk, "withdraw"])).text
    assert "Milan stays public with its other signature: Named in a public source." in withdraw
    listed = desk.get(reverse("admin:pledges_signature_changelist")).text
    assert ("to be shown from" in listed) == ("public_from" in facts)


def test_a_signature_alone_is_gone_when_it_is_withdrawn(milan):
    new = a_published(city=milan)
    desk = at_the_desk(somebody("Lead curator"))
    assert (
        "is no longer shown as a signatory"
        in desk.get(reverse("admin:pledges_signature_act", args=[new.pk, "withdraw"])).text
    )
    assert City.objects.get(pk=milan.pk).is_signed
