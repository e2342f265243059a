"""Many at the same moment: nothing is lost, and nothing is doubled."""

import pytest
from django.test import Client
from django.urls import reverse

from practices.models import Following, FollowingLetter
from tests.pledges.supports.test_at_once import at_once
from tests.practices.following.followers import ANSWERS, a_following, a_stamp, letter_of, link

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_form_sent_eight_times_at_once_is_one_following():
    fields = ANSWERS | {"stamp": a_stamp(), "subject": ""}
    answers = at_once(lambda _at: Client().post(reverse("follow"), fields), range(8))
    assert {answer.status_code for answer in answers} == {302} and len({answer["Location"] for answer in answers}) == 1
    assert Following.objects.count() == FollowingLetter.objects.count() == 1


def test_whoever_confirms_several_forms_at_once_follows_once():
    followings = [a_following("theme=housing", email="rana@home.example", confirmed=False) for _time in range(4)]
    links = [link(letter_of(following, "confirm_following"), "confirm_following") for following in followings]
    answers = at_once(lambda address: Client().post(address).status_code, links)
    assert set(answers) <= {302, 409} and 302 in answers
    assert Following.objects.live().count() == 1


def test_a_person_and_a_mail_program_stop_at_once():
    following = a_following("theme=housing")
    address = link(letter_of(following, "following_receipt"), "stop_following")
    answers = at_once(
        lambda data: Client().post(address, data).status_code, [{}, {"List-Unsubscribe": "One-Click"}] * 3
    )
    assert set(answers) == {200, 302}
    assert Following.objects.get().state == "stopped"
