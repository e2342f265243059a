"""What is new reaches whoever follows it: once, in their language, as often as they chose, and nobody else."""

from datetime import timedelta

import pytest
from django.core import mail as outbox
from django.core.management import call_command
from django.db import transaction
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from practices.following import news
from practices.following.sending import SETTLED, tell, tell_followers
from practices.models import Follower, Following, FollowingLetter, Practice
from tests.letters import work
from tests.people import a_city, a_practice
from tests.pledges.desk.desk import somebody
from tests.pledges.signers import a_published
from tests.pledges.supports.residents import an_asked_city
from tests.practices.following.followers import a_following, letter_of, link, make_older

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


def published(title, ago=HOUR, **facts):
    practice = a_practice(title, **{"themes": ["housing"]} | facts)
    Practice.objects.filter(pk=practice.pk).update(published_at=Now() - ago)
    return practice


def since_days(days, *args, **columns) -> Following:
    following = a_following(*args, **columns)
    make_older(days * DAY, pk=following.pk)
    work()
    outbox.outbox.clear()
    return Following.objects.get(pk=following.pk)


def told() -> list:
    """The e-mails of one look."""
    outbox.outbox.clear()
    tell_followers()
    work()
    return outbox.outbox


def test_what_is_new_is_told_once_and_what_does_not_fit_is_not():
    following = since_days(2, "theme=housing")
    homes = published("Homes above shops", summary="Old flats are mended.", city=a_city("Amman", "JO"))
    published("Gardens for all", themes=["welcome"])
    published("Published long ago", 3 * DAY)
    published("Published this minute", SETTLED / 2)
    a_practice("A draft", themes=["housing"], published_at=None)
    (letter,) = told()
    assert letter.subject == "New: practices about housing"
    stop = link(letter_of(following, "following_news"), "stop_following")
    for said in ("Homes above shops\nAmman, Jordan\nOld flats are mended.\n", homes.get_absolute_url(), stop):
        assert said in letter.body
    assert letter.extra_headers["List-Unsubscribe"].endswith(f"{stop}>")
    assert not any(title in letter.body for title in ("Gardens", "long ago", "this minute", "A draft"))
    make_older(2 * DAY)
    Following.objects.update(looked_until=Now() - SETTLED)
    assert told() == [], "nothing is new"


def test_at_once_is_once_a_day_at_most():
    following = since_days(2)
    published("Homes above shops")
    assert len(told()) == 1
    published("A second one", SETTLED * 2)
    Following.objects.update(looked_until=Now() - HOUR)
    assert told() == []
    Following.objects.update(emailed_at=Now() - DAY)
    (letter,) = told()
    assert "A second one" in letter.body
    assert following.letters.news().count() == 2


def test_monthly_gathers_a_month():
    since_days(29, pace="monthly")
    published("Homes above shops", 20 * DAY)
    published("A second one")
    assert told() == []
    make_older(DAY)
    (letter,) = told()
    assert "Homes above shops" in letter.body and "A second one" in letter.body
    published("A third one", SETTLED * 2)
    assert told() == []


def test_each_reader_is_told_in_their_language():
    since_days(2, "theme=housing", language="fr")
    homes = published("Homes above shops")
    (letter,) = told()
    with override("fr"):
        assert letter.extra_headers["Content-Language"] == "fr" and homes.get_absolute_url() in letter.body


def test_what_was_withdrawn_before_the_email_leaves_is_not_told():
    since_days(2)
    practice = published("Homes above shops")
    tell_followers()
    Practice.objects.filter(pk=practice.pk).update(archived_at=Now())
    work()
    assert outbox.outbox == [] and FollowingLetter.objects.news().get().reply == "not needed"


def test_a_city_tells_of_entries_its_signature_and_its_answer(monkeypatch):
    monkeypatch.setattr("practices.following.sending.SETTLED", timedelta())
    following, by = since_days(2, city=a_city("Amman", "JO")), somebody("Curator")
    signature = a_published(city=following.city)
    published("Homes above shops", timedelta(), city=signature.city)
    published("Elsewhere", timedelta(), city=a_city("Irbid", "JO"))
    asked = an_asked_city(signature.city)
    asked.record_answer(by, "yes", timezone.localdate(), "We will.")
    asked.publish_answer(by)
    (letter,) = told()
    assert "Elsewhere" not in letter.body and following.city.full_name in letter.subject
    for said in ("Homes above shops", "Amman has signed the statement", "Amman has answered its residents"):
        assert said in letter.body
    type(signature).objects.update(visibility="counted")
    Following.objects.update(emailed_at=Now() - DAY, looked_until=Now() - DAY)
    assert "has signed" not in told()[0].body


def test_a_long_list_is_cut_and_leads_on(monkeypatch):
    monkeypatch.setattr(news, "MOST", 2)
    since_days(2)
    for number in range(5):
        published(f"Homes {number}", HOUR + number * timedelta(minutes=1))
    (letter,) = told()
    assert "Homes 0" in letter.body and "Homes 2" not in letter.body and "and 3 more" in letter.body
    assert reverse("directory") in letter.body


def test_two_workers_tell_once():
    following = since_days(2)
    published("Homes above shops")
    until = timezone.now() - SETTLED
    same = Following.objects.get(pk=following.pk)
    assert tell(following, until) and not tell(same, until)
    assert FollowingLetter.objects.news().count() == 1


def test_no_second_email_joins_one_that_waits():
    since_days(2)
    published("Homes above shops")
    tell_followers()
    Following.objects.update(emailed_at=Now() - 2 * DAY, looked_until=Now() - DAY)
    assert tell_followers() == 0


def test_a_dead_mailbox_follows_nothing():
    following = since_days(2)
    published("Homes above shops")
    told()
    with transaction.atomic():
        letter_of(following, "following_news").mark_bounced_later("550 5.1.1")
    following.refresh_from_db()
    assert following.state == "stopped" and not Follower.objects.exists()


def test_the_worker_looks_by_itself():
    since_days(2)
    published("Homes above shops")
    work()
    assert [letter.subject for letter in outbox.outbox] == ["New: all practices of the directory"]
    call_command("tell_followers", verbosity=0)
    assert FollowingLetter.objects.news().count() == 1
