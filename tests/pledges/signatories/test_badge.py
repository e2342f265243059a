"""The badge on other sites: it says no more than is known, and is gone when the signature is."""

from datetime import date
from html import unescape
from xml.etree import ElementTree

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from citysolidarity.drawing.typesetting import TEXT
from pledges.models import Signature
from pledges.signatories.badge import MOST_WIDTH, badge_of, length
from practices.models import City
from tests.people import a_city
from tests.pledges.signers import a_published, a_stated

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def badge(client):
    def get(slug):
        return client.get(reverse("badge", args=[slug]))

    return get


def words(answer):
    """What is written in the picture, and what is told of it."""
    drawn = ElementTree.fromstring(answer.content)
    return [text.text for text in drawn.iter(f"{SVG}text")], drawn.findtext(f"{SVG}title")


@pytest.mark.django_db
def test_it_names_the_city_and_the_year(badge):
    signature = a_published()
    answer = badge("amman-jo")
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/svg+xml")
    year = signature.signed_on.year
    assert words(answer) == (
        ["Stands #WithRefugees", f"Amman · {year}"],
        f"Amman: Stands #WithRefugees, {year}, Verified by a curator",
    )


@pytest.mark.django_db
def test_a_name_found_in_a_source_has_no_badge(badge, client):
    a_stated(precision="day", signed_on=date(2019, 4, 1))
    assert badge("amman-jo").status_code == 404
    assert "badge" not in client.get(reverse("signature", args=["amman-jo"])).text


@pytest.mark.django_db
def test_beside_the_badge_stands_whose_text_was_signed(client):
    a_published()
    assert "this directory’s own statement, not UNHCR’s" in client.get(reverse("signature", args=["amman-jo"])).text


@pytest.mark.django_db
def test_other_sites_may_show_it_for_five_minutes(badge):
    a_published()
    answer = badge("amman-jo")
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert answer["Cache-Control"] == "public, max-age=300"
    assert not answer.cookies and "Cookie" not in answer.get("Vary", "")


@pytest.mark.django_db
def test_whoever_is_not_public_has_the_same_empty_picture(badge):
    a_city("Berlin", "DE")
    a_published(city=a_city("Graz", "AT", official_domain="graz.example"), visibility="counted")
    a_published(city=a_city("Bern", "CH", official_domain="bern.example")).withdraw()
    answers = [badge(slug) for slug in ("berlin-de", "graz-at", "bern-ch", "nowhere-xx")]
    assert len({(answer.status_code, answer.content, str(answer.headers)) for answer in answers}) == 1
    assert answers[0].status_code == 404
    assert answers[0]["Content-Type"] == "image/svg+xml"
    assert answers[0]["Cache-Control"] == "public, max-age=60"
    assert answers[0]["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert list(ElementTree.fromstring(answers[0].content)) == []


@pytest.mark.django_db
def test_a_name_cannot_break_out_of_the_picture(badge):
    a_published(city=a_city("</text><script>alert(1)</script>", "JO", slug="odd-jo", official_domain="amman.example"))
    drawn = ElementTree.fromstring(badge("odd-jo").content)
    assert {element.tag.removeprefix(SVG) for element in drawn.iter()} == {
        "svg", "title", "rect", "circle", "path", "text",
    }  # fmt: skip


@pytest.mark.django_db
def test_the_code_on_the_page_is_the_badge_and_needs_no_script(client, settings):
    settings.SITE_URL = "https://solidarity.example"
    a_published(city=a_city('L’"Aquila" & <b>', "IT", slug="aquila-it", official_domain="amman.example"))
    page = client.get(reverse("signature", args=["aquila-it"])).text
    code = unescape(page.partition('id="embed" dir="ltr">')[2].partition("</code>")[0])
    link = ElementTree.fromstring(code.replace("></a>", "/></a>"))
    assert link.attrib == {"href": "https://solidarity.example/en/signatories/aquila-it/"}
    image = link.find("img").attrib
    assert image["src"] == "https://solidarity.example/en/signatories/aquila-it/badge.svg"
    assert image["alt"].startswith('L’"Aquila" & <b>: Stands #WithRefugees')
    assert "script" not in code


@pytest.mark.django_db
def test_it_takes_one_statement(badge, django_assert_num_queries):
    a_published()
    with django_assert_num_queries(1):
        badge("amman-jo")


@given(name=st.text(min_size=1, max_size=120))
def test_a_badge_of_any_name_is_a_picture_and_no_wider_than_it_may_be(name):
    drawn = badge_of(Signature(city=City(name=name), origin="online", signed_on=date(2026, 5, 4)))
    assert drawn.place.length <= drawn.width - drawn.left <= MOST_WIDTH - drawn.left
    ElementTree.fromstring(render_to_string("pledges/signatories/badge.svg", {"badge": drawn, "language": "en"}))


def test_letters_that_our_fonts_lack_get_room_enough():
    assert length("広島", TEXT, 14) >= 28
