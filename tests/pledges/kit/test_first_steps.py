"""After signing: a plan for a hundred days, with practices that fit the city, and the way to it from page and e-mail."""

import pytest
from django.core import mail as sent
from django.db import transaction
from django.urls import reverse

from pledges import emails
from pledges.models import Clause
from pledges.vocabularies import CLAUSE_CODES, themes_of
from practices.vocabularies import THEMES
from tests.letters import work
from tests.people import a_city, a_practice
from tests.pledges.signers import a_published, a_stated, a_version

pytestmark = pytest.mark.django_db


@pytest.fixture
def version():
    version = a_version(valid_from=None)
    Clause.objects.create(version=version, position=2, code="voice", title="Voice", promise="We ask.")
    version.enact("2020-01-01")
    return version


def page(client, **query):
    response = client.get(reverse("hundred_days"), query)
    assert response.status_code == 200
    return response


def titles(response):
    return {
        step.clause.code: [fitting.practice.title for fitting in step.practices] for step in response.context["steps"]
    }


def test_each_promise_has_themes_that_exist():
    for clause in CLAUSE_CODES:
        assert themes_of(clause) and set(themes_of(clause)) <= set(THEMES.codes)


@pytest.mark.usefixtures("version")
def test_each_promise_shows_practices_of_its_themes_and_the_way_to_all_of_them(client):
    a_practice("Welcome desk", themes=["welcome"])
    a_practice("Council of residents", themes=["participation"])
    a_practice("Ended", themes=["participation"], ended=2019, status="completed")
    a_practice("Draft", themes=["participation"], published_at=None)
    response = page(client)
    assert titles(response) == {"welcome": ["Welcome desk"], "voice": ["Council of residents"]}
    assert 'href="/en/practices/?theme=participation"' in response.text


@pytest.mark.usefixtures("version")
def test_no_practice_stands_under_two_promises(client):
    a_practice("Both", themes=["welcome", "participation"])
    assert titles(page(client)) == {"welcome": ["Both"], "voice": []}


@pytest.mark.usefixtures("version")
def test_practices_of_similar_cities_come_first_with_the_reasons_and_none_of_its_own(client):
    schwerte = a_city("Schwerte", "DE", population=46_000)
    a_practice("Its own", schwerte, themes=["participation"])
    a_practice("Alike", a_city("Altena", "DE", population=40_000), themes=["participation"])
    for number in range(3):
        a_practice(f"Far {number}", a_city(f"Far {number}", "BR", population=4_000_000), themes=["participation"])
    response = page(client, like="schwerte-de")
    assert titles(response)["voice"][0] == "Alike" and "Its own" not in titles(response)["voice"]
    assert "Same size" in response.text and "from cities like Schwerte" in response.text
    assert 'content="noindex"' in response.text
    assert 'href="/en/practices/?like=schwerte-de&amp;theme=participation"' in response.text


@pytest.mark.usefixtures("version")
def test_a_name_leads_to_its_city_or_to_a_choice(client):
    a_practice(city=a_city("Schwerte", "DE"))
    answer = client.get(reverse("hundred_days"), {"city": "schwerte"})
    assert (answer.status_code, answer["Location"]) == (302, "/en/statement/hundred-days/?like=schwerte-de")
    assert "We could not find a place called “Nowhere &lt;b&gt;”" in page(client, city="Nowhere <b>").text


@pytest.mark.parametrize(
    "query", [{"like": "x" * 5_000}, {"like": "a\0b"}, {"city": "y" * 5_000}, {"like": "99999999999"}]
)
def test_nonsense_in_the_address_is_no_error(client, version, query):
    assert len(page(client, **query).text) < 60_000


def test_before_the_first_version_the_plan_is_there_without_practices(client):
    response = page(client)
    assert response.context["steps"] == [] and "Days 1 to 10" in response.text


def test_the_page_of_a_verified_signature_leads_there(client):
    a_published()
    assert (
        'href="/en/statement/hundred-days/?like=amman-jo"' in client.get(reverse("signature", args=["amman-jo"])).text
    )


def test_the_page_of_a_name_from_a_source_does_not(client):
    a_stated()
    assert "hundred-days" not in client.get(reverse("signature", args=["amman-jo"])).text


@pytest.mark.parametrize("visibility", ["public", "counted"])
def test_the_e_mail_after_publication_leads_there_for_a_city_that_may_not_be_named_too(settings, visibility):
    settings.SITE_URL = "https://solidarity.example"
    signature = a_published(city=a_city(geonames_id=250441, official_domain="amman.example"), visibility=visibility)
    with transaction.atomic():
        emails.published_notice.post(signature)
    work()
    [notice] = sent.outbox
    assert "https://solidarity.example/en/statement/hundred-days/?like=250441" in notice.body
    assert "first hundred days" in notice.body
