"""The site says what it is, how it works, and how to reach it."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db
PAGES = ("about", "about_method", "about_accessibility", "about_privacy", "about_data", "about_contact", "about_api")


@pytest.mark.parametrize("name", PAGES)
def test_an_about_page_answers_without_query_or_cookie(client, name, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get(reverse(name))
    assert response.status_code == 200
    assert response.text.count("<h1") == 1
    assert not response.cookies


def test_every_about_page_has_a_title_of_its_own(client):
    titles = {client.get(reverse(name)).text.partition("<title>")[2].partition("</title>")[0] for name in PAGES}
    assert len(titles) == len(PAGES)


@pytest.mark.parametrize("name", PAGES)
def test_an_about_page_is_only_read(client, name):
    response = client.post(reverse(name))
    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD"


def test_the_contact_page_names_the_operators_address(client, settings):
    settings.CONTACT_EMAIL = "hello@solidarity.example"
    assert 'href="mailto:hello@solidarity.example"' in client.get(reverse("about_contact")).text


def test_the_contact_page_without_an_address_offers_another_way(client, settings):
    settings.CONTACT_EMAIL = ""
    page = client.get(reverse("about_contact")).text
    assert "mailto:" not in page
    assert "Report a problem with this page" in page


def test_a_page_names_its_own_address_on_the_site_not_on_the_asked_host(client, settings):
    settings.SITE_URL = "https://solidarity.example"
    page = client.get("/en/about/?from=mail", headers={"host": "127.0.0.1"}).text
    assert '<link rel="canonical" href="https://solidarity.example/en/about/">' in page


def test_one_language_needs_no_choice(client, settings):
    settings.LANGUAGES = [("en", "English")]
    assert "hreflang=" not in client.get("/en/about/privacy/").text.partition("<main")[0]


def test_every_page_leads_to_itself_in_the_other_languages(client, settings):
    settings.LANGUAGES = [("en", "English"), ("es", "Spanish"), ("ar", "Arabic")]
    settings.SITE_URL = "https://solidarity.example"
    head = client.get("/en/about/privacy/").text.partition("<main")[0]
    assert '<link rel="alternate" hreflang="es" href="https://solidarity.example/es/about/privacy/">' in head
    assert 'href="/ar/about/privacy/" hreflang="ar" lang="ar"' in head
    assert ">Español<" in head


def test_a_page_that_is_not_there_leads_home_in_the_other_languages(client, settings):
    settings.LANGUAGES = [("en", "English"), ("es", "Spanish")]
    page = client.get("/en/nowhere/").text
    assert 'href="/es/" hreflang="es"' in page
