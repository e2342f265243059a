"""The latest signatories as a page, a feed and a card: newest first, and nobody whom the lists may not name."""

from datetime import date, timedelta
from io import BytesIO
from xml.etree import ElementTree

import pytest
from django.urls import reverse
from PIL import Image

from citysolidarity.caching.shared import FILE_SECONDS
from pledges.models import Signature
from tests.people import a_city
from tests.pledges.signers import a_confirmed, a_published, a_stated

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def here(name, country="AT", **facts):
    return a_published(city=a_city(name, country, official_domain="city.example"), **facts)


def test_what_was_signed_here_stands_newest_first_and_apart_from_names_in_sources(client):
    for name, days in (("Graz", 20), ("Linz", 10), ("Wien", 15)):
        signature = here(name)
        Signature.objects.filter(pk=signature.pk).update(signed_on=date(2026, 5, 30) - timedelta(days=days))
    a_stated(city=a_city("Bern", "CH"), precision="day", signed_on=date(2019, 4, 1))
    a_stated(city=a_city("Basel", "CH"), precision="before", signed_on=date(2020, 1, 1))
    a_stated(city=a_city("Chur", "CH"))
    context = client.get(reverse("newest_signatories")).context
    assert [signature.city.name for signature in context["here"]] == ["Linz", "Wien", "Graz"]
    assert [signature.city.name for signature in context["named"]] == ["Basel", "Bern"]


def hidden_cities():
    here("Verborgen Counted", visibility="counted")
    here("Verborgen Later", visibility="from-date", public_from=date(2999, 1, 1))
    here("Verborgen Withdrawn").withdraw()
    a_confirmed(city=a_city("Verborgen Confirmed", "AT", official_domain="city.example"))


@pytest.mark.parametrize("name", ["newest_signatories", "signatories_feed"])
def test_nobody_is_named_whom_the_list_does_not_name(client, name):
    hidden_cities()
    here("Graz")
    text = client.get(reverse(name)).text
    assert "Greater Amman Municipality" in text and "verborgen" not in text.lower()


def test_the_page_counts_as_of_today_leads_to_the_feed_and_is_reached_from_the_list(client):
    page = client.get(reverse("newest_signatories"))
    assert "No city has signed here yet." in page.text and "0 signatories, as of " in page.text
    assert 'href="/feeds/signatories.atom"' in page.text
    assert 'href="/en/signatories/new/"' in client.get(reverse("signatories")).text


def test_it_takes_three_statements_whatever_the_number(client, django_assert_max_num_queries):
    for name in ("Graz", "Linz", "Wien"):
        here(name)
    with django_assert_max_num_queries(4):  # a look at the edition among them
        client.get(reverse("newest_signatories"))


def test_the_feed_is_atom_with_a_stable_name_for_each_signature(client, settings):
    settings.SITE_URL = "https://solidarity.example"
    signature = here("Graz")
    answer = client.get(reverse("signatories_feed"))
    assert answer["Content-Type"].startswith("application/atom+xml")
    assert f"max-age={FILE_SECONDS}" in answer["Cache-Control"]
    feed = ElementTree.fromstring(answer.content)
    [entry] = feed.findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}id") == (
        f"tag:solidarity.example,2026:signature/graz-at/{signature.signed_on:%Y-%m-%d}"
    )
    assert entry.find(f"{ATOM}link").get("href") == "https://solidarity.example/en/signatories/graz-at/"
    assert "not UNHCR’s" in entry.findtext(f"{ATOM}summary")
    assert client.post(reverse("signatories_feed")).status_code == 405


def test_a_public_signature_has_a_card_and_the_others_have_none(client):
    here("Graz")
    answer = client.get(reverse("signature_card", args=["graz-at"]))
    assert Image.open(BytesIO(answer.content)).size == (1200, 630)
    assert "noindex" in answer["X-Robots-Tag"]
    a_stated(city=a_city("Bern", "CH"))
    hidden_cities()
    assert client.get(reverse("signature_card", args=["bern-ch"])).status_code == 200
    for slug in ("verborgen-counted-at", "verborgen-later-at", "verborgen-confirmed-at", "x-xx"):
        assert client.get(reverse("signature_card", args=[slug])).status_code == 404
    assert client.get(reverse("signature_card", args=["verborgen-withdrawn-at"])).status_code == 410
