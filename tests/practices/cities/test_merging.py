"""Two rows that are one city: everything moves, addresses lead on, and the preview tells before."""

import pytest
from django.contrib.admin.models import LogEntry
from django.utils import timezone

from pledges.models import Election, Signature
from practices.cities import place_search
from practices.models import City, Network, Submission
from practices.models.entries.record import write
from tests.desk import desk
from tests.forms import a_place
from tests.people import a_city, a_practice
from tests.pledges.signers import a_published
from tests.practices.sharing.sharers import a_submission

pytestmark = pytest.mark.django_db


@pytest.fixture
def two():
    """The city as somebody typed it, with something of everything, and the one that stays."""
    typed = a_city("Graz an der Mur", "AT", slug="graz-an-der-mur-at", official_domain="graz.example", geonames_id=7)
    stays = a_city("Graz", "AT", slug="graz-at", names={"de": "Graz"})
    for name, cities in {"eurocities": [typed, stays], "solidarity": [typed]}.items():
        network = Network.objects.create(slug=name, name=name)
        for city in cities:
            city.memberships.create(network=network, source_url="https://example.org/")
    a_practice("Parks", city=typed)
    a_published(city=typed)
    return typed, stays


def press(client, gone, stays):
    return client.post(desk("city", "merge", gone.pk), {"into": stays.pk, "merge": "1"}, follow=True)


def test_everything_moves_and_addresses_lead_on(admin_client, client, two):
    typed, stays = two
    looked = admin_client.get(desk("city", "merge", typed.pk), {"into": stays.pk})
    assert "1 entry, 1 network, 1 signature." in looked.content.decode()
    assert City.objects.count() == 2 and Signature.objects.get().city == typed
    press(admin_client, typed, stays)
    city = City.objects.get()
    assert (city.slug, city.name, city.official_domain, city.geonames_id) == ("graz-at", "Graz", "graz.example", 7)
    assert city.is_signed and city.memberships.count() == 2
    assert [practice.title for practice in city.practices.all()] == ["Parks"]
    assert Signature.objects.get().city == city
    for page in ("cities", "signatories"):
        answer = client.get(f"/en/{page}/graz-an-der-mur-at/")
        assert (answer.status_code, answer["Location"]) == (301, f"/en/{page}/graz-at/")
        assert client.get(answer["Location"]).status_code == 200
    assert "Graz an der Mur" in LogEntry.objects.get().get_change_message()


def test_days_of_elections_move_and_none_stands_twice(admin_client, two):
    typed, stays = two
    for city, day in ((typed, "2029-05-06"), (typed, "2033-05-06"), (stays, "2029-05-06")):
        Election.objects.create(city=city, held_on=day, said_at=timezone.now())
    press(admin_client, typed, stays)
    assert sorted(f"{election.held_on}" for election in stays.elections.all()) == ["2029-05-06", "2033-05-06"]
    assert Election.objects.count() == 2


def test_what_still_speaks_of_the_old_address_finds_the_city(admin_client, two):
    typed, stays = two
    practice = typed.practices.get()
    press(admin_client, typed, stays)
    assert City.objects.at("graz-an-der-mur-at") == City.objects.at("graz-at") == stays
    assert City.objects.at("nowhere-at") is None
    assert place_search.city_of(place_search.PlaceChoice("city:graz-an-der-mur-at", "Graz", "AT")) == stays
    practice.refresh_from_db()
    old = practice.versions.last()
    assert old.record["city"] == "graz-an-der-mur-at" and practice.versions.first().record["city"] == "graz-at"
    write(practice, old.record)
    assert practice.city == stays


def test_a_submission_that_waits_names_the_city_that_stays(admin_client, two):
    typed, stays = two
    a_place()
    submission = a_submission()
    Submission.objects.update(answers=submission.answers | {"city": ["city:graz-an-der-mur-at"]})
    press(admin_client, typed, stays)
    assert Submission.objects.get().answers["city"] == ["city:graz-at"]


def test_two_that_both_have_a_live_signature_are_not_merged(admin_client, two):
    typed, stays = two
    a_published(city=stays)
    assert "both have a live signature" in press(admin_client, typed, stays).content.decode()
    assert City.objects.count() == 2


def test_a_second_press_and_a_city_of_another_country_change_nothing(admin_client, two):
    typed, stays = two
    other = a_city("Amman", "JO")
    assert press(admin_client, typed, other).status_code == 200
    assert press(admin_client, typed, typed).status_code == 200
    assert City.objects.count() == 3
    press(admin_client, typed, stays)
    assert press(admin_client, typed, stays).status_code == 404
    assert City.objects.count() == 2
