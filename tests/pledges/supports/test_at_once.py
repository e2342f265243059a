"""Many at the same moment: nothing is lost, and nothing counts twice."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from pledges.models import Support, SupportLetter
from pledges.supports.counting import count_supports
from tests.forms import a_place
from tests.people import a_city
from tests.pledges.supports.residents import ANSWERS, a_stamp, a_support, letter_of, link, some

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(act, items):
    def acted(item):
        try:
            return act(item)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(items)) as pool:
        return list(pool.map(acted, items))


def test_one_form_sent_eight_times_at_once_is_one_support():
    a_place()
    fields = ANSWERS | {"stamp": a_stamp(), "subject": "", "first_name": ""}
    answers = at_once(lambda _at: Client().post(reverse("support"), fields), range(8))
    assert {answer.status_code for answer in answers} == {302} and len({answer["Location"] for answer in answers}) == 1
    assert Support.objects.count() == SupportLetter.objects.count() == 1


def test_a_resident_who_confirms_several_forms_at_once_counts_once():
    city = a_city()
    supports = [a_support(city, "rana@home.example") for _time in range(6)]
    links = [link(letter_of(support, "confirm_support"), "confirm_support") for support in supports]
    answers = at_once(lambda address: Client().post(address).status_code, links)
    assert sorted(answers) == [302, 409, 409, 409, 409, 409]
    assert Support.objects.live().count() == 1
    assert SupportLetter.objects.filter(name="support_receipt").count() == 1


def test_confirming_and_withdrawing_at_once_leaves_one_of_the_two():
    support = a_support(a_city(), "rana@home.example")
    letter = letter_of(support, "confirm_support")
    answers = at_once(
        lambda purpose: Client().post(link(letter, purpose)).status_code, ["confirm_support", "disown_support"]
    )
    assert sorted(answers) in ([302, 302], [302, 409])
    assert Support.objects.get().state == "withdrawn"


def test_two_counts_at_once_are_one():
    some(a_city(), 12)
    at_once(lambda _at: count_supports(), range(4))
    assert count_supports() == 0
