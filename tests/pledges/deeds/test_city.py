"""A city's page: statement, promises, deeds, networks and practices in one line of time."""

import re
from datetime import date

import pytest
from django.urls import reverse

from pledges.models import CommitmentQuestion, Signature
from practices.models import Membership, Network
from tests.people import a_city, a_practice
from tests.pledges.deeds.making import a_commitment, a_deed
from tests.pledges.signers import a_curator, a_published, a_stated, a_version

pytestmark = pytest.mark.django_db
MOMENT = re.compile(
    r'<li data-kind="(\w+)">\s*<span class="year">(\d+)</span>.*?class="what"[^>]*>\s*(?:<a[^>]*>|<bdi>)([^<]*)',
    re.DOTALL,
)


def moments(page):
    return MOMENT.findall(page.text)


def test_all_of_a_city_stands_in_one_line_newest_first(client):
    version = a_version()
    city = a_city("Graz", "AT", official_domain="graz.at")
    signature = a_published(city=city, version=version, email="office@graz.at")
    Signature.objects.filter(pk=signature.pk).update(signed_on=date(2021, 5, 4))
    promise = a_commitment(signature)
    CommitmentQuestion.objects.ask([promise])
    question = promise.questions.get()
    question.take("done", "It is open.")
    question.accept(a_curator())
    a_practice("Gardens", city=city, started=2019, ended=2020)
    network = Network.objects.create(slug="eurocities", name="Eurocities")
    Membership.objects.create(city=city, network=network, since=2015, source_url="https://example.org/members")
    page = client.get(city.get_absolute_url())
    year = str(question.asked_at.year)
    assert moments(page) == [
        ("promise", year, "Open one door."),
        ("statement", "2021", "Signed this directory’s statement"),
        ("practice", "2020", "Gardens"),
        ("practice", "2019", "Gardens"),
        ("other", "2015", "Eurocities"),
    ]
    assert "It is open." in page.text


def test_promises_stand_beside_a_city_that_has_not_signed_them(client):
    a_version()
    city = a_stated(a_city("Vienna", "AT"), signed_on=date(2018, 6, 20), precision="before").city
    a_deed(a_practice(city=city))
    page = client.get(city.get_absolute_url())
    assert "Vienna has not signed these promises." in page.text
    assert moments(page) == [("statement", "2018", "Named as signing UNHCR’s statement")]
    address = reverse("deeds_list", args=["welcome", "practices"]) + "?city=vienna-at"
    assert f'href="{address}">1<span' in page.text
    assert "Public spaces for all" in client.get(address).text


def test_without_a_statement_the_page_of_a_city_says_nothing_of_promises(client):
    page = client.get(a_practice().city.get_absolute_url())
    assert page.status_code == 200 and "Promises and deeds" not in page.text
