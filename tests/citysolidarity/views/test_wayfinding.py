"""robots.txt and security.txt say where to go, in the formats machines expect."""

from datetime import UTC, datetime, timedelta

import pytest
from time_machine import travel

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def a_site(settings):
    settings.SITE_URL = "https://solidarity.example"
    settings.CONTACT_EMAIL = "hello@solidarity.example"


def fields(response):
    """The fields of security.txt; a name that stands twice fails."""
    pairs = [line.split(": ", 1) for line in response.text.splitlines()]
    assert len(dict(pairs)) == len(pairs)
    return dict(pairs)


def test_robots_may_read_all_but_the_desk_and_endless_selections(client):
    response = client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    lines = response.text.splitlines()
    assert [line for line in lines if line.startswith("Disallow:")] == [
        "Disallow: /admin/",
        "Disallow: /*/practices/?",
        "Disallow: /*/signatories/?",
    ]
    assert "Sitemap: https://solidarity.example/sitemap.xml" in lines


def test_the_sitemap_named_in_robots_answers(client):
    line = next(line for line in client.get("/robots.txt").text.splitlines() if line.startswith("Sitemap: "))
    assert client.get(line.removeprefix("Sitemap: https://solidarity.example")).status_code == 200


def test_security_txt_has_the_fields_of_rfc_9116(client):
    response = client.get("/.well-known/security.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    said = fields(response)
    assert said["Contact"] == "mailto:hello@solidarity.example"
    assert said["Canonical"] == "https://solidarity.example/.well-known/security.txt"
    assert said["Preferred-Languages"] == "en, fr, es, ar, pt"


def test_security_txt_is_valid_for_less_than_a_year(client):
    expires = datetime.fromisoformat(fields(client.get("/.well-known/security.txt"))["Expires"])
    assert timedelta(days=30) < expires - datetime.now(UTC) < timedelta(days=365)


def test_security_txt_stays_the_same_for_a_day(client):
    with travel("2027-01-01T08:00:00Z", tick=False):
        morning = client.get("/.well-known/security.txt").text
    with travel("2027-01-01T20:00:00Z", tick=False):
        assert client.get("/.well-known/security.txt").text == morning
    with travel("2027-01-02T08:00:00Z", tick=False):
        assert client.get("/.well-known/security.txt").text != morning


def test_security_txt_names_the_contact_page_where_there_is_no_address(client, settings):
    settings.CONTACT_EMAIL = ""
    contact = fields(client.get("/.well-known/security.txt"))["Contact"]
    assert contact == "https://solidarity.example/en/about/contact/"
    assert client.get(contact.removeprefix("https://solidarity.example")).status_code == 200


def test_an_odd_address_stays_one_uri(client, settings):
    settings.CONTACT_EMAIL = "desk+site%1@solidarity.example"
    assert fields(client.get("/.well-known/security.txt"))["Contact"] == "mailto:desk+site%251@solidarity.example"


@pytest.mark.parametrize("address", ["/robots.txt", "/.well-known/security.txt"])
def test_signs_need_no_database_and_set_no_cookie(client, address, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get(address)
    assert not response.cookies


@pytest.mark.parametrize(
    ("address", "kind", "start"),
    [
        ("/favicon.ico", "image/x-icon", b"\x00\x00\x01\x00"),
        ("/apple-touch-icon.png", "image/png", b"\x89PNG"),
        ("/apple-touch-icon-precomposed.png", "image/png", b"\x89PNG"),
    ],
)
def test_the_mark_is_where_old_browsers_look_for_it(client, address, kind, start):
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, kind)
    assert answer.content.startswith(start) and not answer.cookies
