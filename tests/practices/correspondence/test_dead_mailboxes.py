"""A curator marks an e-mail address as dead, or as working again, on the page of its entry."""

import pytest
from django.urls import reverse

from practices.models import Confirmation
from tests.desk import save
from tests.login import at_the_desk, staff
from tests.people import a_practice
from tests.practices.correspondence.letters import a_route

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return at_the_desk(staff("ana"))


def page_of(practice):
    return reverse("admin:practices_practice_change", args=[practice.pk])


def bounced(route) -> bool:
    route.refresh_from_db()
    return route.bounced_at is not None


def test_nothing_goes_to_an_address_that_a_curator_marks_as_dead_until_it_is_unmarked(desk):
    practice = a_practice()
    route = a_route(practice)
    assert save(desk, page_of(practice), **{"routes-0-dead": "on"}) == []
    assert bounced(route) and not Confirmation.objects.due() and route.speaks_since
    assert save(desk, page_of(practice), **{"routes-0-dead": ""}) == []
    assert not bounced(route) and list(Confirmation.objects.due()) == [practice]


def test_another_address_begins_as_a_working_one(desk):
    practice = a_practice()
    route = a_route(practice)
    route.mark_dead()
    save(desk, page_of(practice), **{"routes-0-email": "new@amman.example"})
    assert not bounced(route)


def test_saving_an_entry_leaves_a_dead_address_dead(desk):
    practice = a_practice()
    route = a_route(practice)
    route.mark_dead()
    save(desk, page_of(practice), summary="Parks.")
    assert bounced(route)
