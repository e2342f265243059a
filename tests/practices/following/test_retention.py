"""What is kept of whoever follows something, and for how long."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.db.models.functions import Now

from pledges.erasure import forget, preview
from practices.cities.merging import merge
from practices.models import Follower, Following, FollowingLetter
from tests.people import a_city
from tests.pledges.desk.desk import somebody
from tests.practices.following.followers import a_following, make_older

pytestmark = pytest.mark.django_db


def test_what_is_unconfirmed_or_stopped_goes_after_two_weeks():
    stays, gone = a_following("theme=housing"), a_following("theme=welcome")
    a_following(confirmed=False)
    gone.stop()
    make_older(timedelta(days=15))
    fresh = a_following(confirmed=False)
    call_command("tidy", verbosity=0)
    assert set(Following.objects.all()) == {stays, fresh}
    assert set(FollowingLetter.objects.values_list("following", flat=True)) == {stays.pk, fresh.pk}


def test_whoever_asks_to_be_forgotten_is_found_nowhere():
    a_following("theme=housing", email="rana@home.example")
    a_following("theme=welcome", email="Rana@home.example", confirmed=False)
    other = a_following(email="omar@home.example")
    erased = preview("rana@home.example")["followers"]
    assert len(erased) == 2 and forget("RANA@home.example")["followers"] == erased
    assert list(Following.objects.all()) == [other] and Follower.objects.count() == 1


def test_two_rows_of_one_city_become_one():
    gone, stays = a_city("Graz an der Mur", "AT"), a_city("Graz", "AT")
    for city in (gone, stays):
        a_following(city=city, email="both@home.example")
    a_following(city=gone)
    assert "2 subscriptions" not in merge(gone, stays, somebody("Curator"))
    assert Following.objects.live().filter(city=stays).count() == 2


@pytest.mark.parametrize(
    "pair",
    [
        {"stopped_at": Now()},
        {"query": "theme=housing"},
        {"pace": "hourly"},
        {"confirmed_at": None},
        {"looked_until": None},
        {"stopped_at": Now() - timedelta(days=1), "mailbox": None, "city": None},
    ],
)
def test_the_database_refuses_what_cannot_be(pair):
    following = a_following(city=a_city())
    with pytest.raises(IntegrityError), transaction.atomic():
        Following.objects.filter(pk=following.pk).update(**pair)
