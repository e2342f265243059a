"""No office is promised that is not on file, and curators find the entries that lack one."""

import pytest
from django.urls import reverse

from practices.models import ContactRoute, Enquiry
from tests.desk import desk
from tests.people import a_city, a_practice
from tests.practices.correspondence.letters import a_route
from tests.practices.correspondence.writing import send

pytestmark = pytest.mark.django_db
NO_CONTACT = "We have no contact in Amman yet."


@pytest.fixture
def practice():
    return a_practice(city=a_city(official_domain="amman.example"), slug="parks")


def pages(client):
    return [client.get(path).text for path in ("/en/practices/parks/", reverse("practice_ask", args=["parks"]))]


def test_without_a_contact_both_pages_say_so_and_show_the_citys_website(client, practice):
    for text in pages(client):
        assert (
            NO_CONTACT in text
            and "responsible office" not in text
            and "pass your question on to the responsible office" not in text
        )
        assert '<a href="https://amman.example/"' in text


def test_a_mailbox_that_speaks_for_nobody_yet_is_no_contact(client, practice):
    ContactRoute.objects.create(practice=practice, email="office@amman.example")
    assert all(NO_CONTACT in text for text in pages(client))


def test_with_a_contact_they_name_the_office(client, practice):
    a_route(practice)
    entry, ask = pages(client)
    assert "responsible office in Amman" in entry and "pass your question on to the responsible office" in ask
    assert NO_CONTACT not in entry + ask


def test_curators_see_first_what_is_asked_about_most(client, admin_client, practice):
    other = a_practice("Squares", practice.city, slug="squares")
    known = a_practice("Gardens", practice.city, slug="gardens")
    a_route(known)
    for number in range(2):
        send(client, "practice_ask", other, text=f"How did you begin, {number}?", email="reader@reader.example")
    assert Enquiry.objects.count() == 2
    page = admin_client.get(desk("practice", "changelist"), {"waits": "nobody"}).text
    assert page.index("Squares") < page.index(practice.title)
    assert "Gardens" not in page.partition("result_list")[2]
