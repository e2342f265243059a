"""The badge for light and dark pages and small: drawn as paths, gone with the signature, never wider than it may be."""

from datetime import date
from xml.etree import ElementTree

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override

from citysolidarity.drawing.outlines import outline
from citysolidarity.drawing.typesetting import HEADING, width
from pledges.models import Signature
from pledges.signatories.badge_styles import STYLES, styled_badge
from practices.models import City
from tests.people import a_city
from tests.pledges.signers import a_published, a_stated

SVG = "{http://www.w3.org/2000/svg}"
NAMES = ("Amman", "x" * 120, "広島", "Łódź", "<script>", "San José de Cúcuta", "Al‐Mafraq", "")


def of(name):
    return Signature(city=City(name=name), origin="online", signed_on=date(2026, 5, 4))


@pytest.mark.django_db
@pytest.mark.parametrize("style", STYLES)
def test_it_needs_no_font_and_says_what_the_other_badge_says(client, style):
    a_published()
    answer = client.get(reverse("badge_in_style", args=["amman-jo", style]))
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/svg+xml")
    assert answer["Cache-Control"] == "public, max-age=300"
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
    drawn = ElementTree.fromstring(answer.content)
    assert {element.tag.removeprefix(SVG) for element in drawn.iter()} == {
        "svg",
        "title",
        "rect",
        "g",
        "circle",
        "path",
    }
    plain = ElementTree.fromstring(client.get(reverse("badge", args=["amman-jo"])).content)
    assert drawn.findtext(f"{SVG}title") == plain.findtext(f"{SVG}title")
    assert 1_500 < len(answer.content) < 30_000


@pytest.mark.django_db
def test_whoever_is_not_verified_and_public_has_none(client):
    a_stated(city=a_city("Berlin", "DE"))
    a_published(city=a_city("Bern", "CH", official_domain="bern.example")).withdraw()
    for slug, style in (("berlin-de", "light"), ("bern-ch", "dark"), ("nowhere-xx", "small")):
        answer = client.get(reverse("badge_in_style", args=[slug, style]))
        assert (answer.status_code, answer["Cache-Control"]) == (404, "public, max-age=60")
    a_published()
    assert client.get("/en/signatories/amman-jo/badge-huge.svg").status_code == 404


@pytest.mark.django_db
def test_the_page_of_the_signature_shows_all_of_them(client):
    a_published()
    page = client.get(reverse("signature", args=["amman-jo"])).text
    for style in STYLES:
        assert f'src="/en/signatories/amman-jo/badge-{style}.svg"' in page


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("name", NAMES)
def test_any_name_stays_within_the_picture(name, style, language):
    with override(language):
        badge = styled_badge(of(name), style)
        svg = render_to_string("pledges/signatories/badge_styled.svg", {"badge": badge, "language": language})
    ElementTree.fromstring(svg)
    assert badge.width <= STYLES[style].most
    assert all(0 <= float(line.x) <= badge.width for line in badge.lines)


def test_the_mark_stands_on_the_side_where_reading_begins():
    with override("en"):
        left = styled_badge(of("Amman"), "light")
    with override("ar"):
        right = styled_badge(of("Amman"), "light")
    assert float(left.mark_x) < left.width / 2 < float(right.mark_x)


@pytest.mark.parametrize("text", ["Amman", "مدن التضامن", "Łódź · 2026"])
def test_a_line_is_as_long_as_it_is_typeset(text):
    drawn = outline(text, HEADING, 30)
    assert drawn.length == pytest.approx(width(text, HEADING, 30), rel=0.05)
    assert drawn.path.startswith("M")
