"""The badge on other sites: drawn as paths, it says no more than is known, and is gone when the signature is."""

from datetime import date
from html import unescape
from xml.etree import ElementTree

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from citysolidarity.caching.shared import FILE
from citysolidarity.drawing.outlines import outline
from citysolidarity.drawing.typesetting import HEADING, width
from pledges.models import Signature
from pledges.signatories.badge import STYLES, badge_of
from practices.models import City
from tests.people import a_city
from tests.pledges.signers import a_published, a_stated

SVG = "{http://www.w3.org/2000/svg}"
ELEMENTS = {"svg", "title", "rect", "g", "circle", "path"}
NAMES = ("Amman", "x" * 120, "広島", "Łódź", "<script>", "San José de Cúcuta", "Al‐Mafraq", "")


@pytest.fixture
def badge(client):
    def get(slug):
        return client.get(reverse("badge", args=[slug]))

    return get


def of(name):
    return Signature(city=City(name=name), origin="online", signed_on=date(2026, 5, 4))


def elements(drawn):
    return {element.tag.removeprefix(SVG) for element in drawn.iter()}


@pytest.mark.django_db
@pytest.mark.parametrize("style", [None, *STYLES])
def test_it_names_the_city_and_the_year_and_needs_no_font(client, style):
    signature = a_published()
    address = reverse("badge_in_style", args=["amman-jo", style]) if style else reverse("badge", args=["amman-jo"])
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/svg+xml")
    drawn = ElementTree.fromstring(answer.content)
    label = f"Amman: Stands #WithRefugees, {signature.signed_on.year}, Verified by a curator"
    assert drawn.findtext(f"{SVG}title") == label and elements(drawn) == ELEMENTS
    assert 1_500 < len(answer.content) < 30_000


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
    assert answer["Cache-Control"] == FILE
    assert not answer.cookies and "Cookie" not in answer.get("Vary", "")


@pytest.mark.django_db
def test_whoever_is_not_public_has_the_same_empty_picture(badge, client):
    a_city("Berlin", "DE")
    a_published(city=a_city("Graz", "AT", official_domain="graz.example"), visibility="counted")
    a_published(city=a_city("Bern", "CH", official_domain="bern.example")).withdraw()
    gone = ("berlin-de", "graz-at", "bern-ch", "nowhere-xx")
    answers = [badge(slug) for slug in gone]
    answers += [client.get(reverse("badge_in_style", args=[slug, style])) for slug in gone for style in STYLES]
    a_published()
    answers.append(client.get(reverse("badge_in_style", args=["amman-jo", "huge"])))
    told = [{name: value for name, value in answer.items() if name != "X-Request-ID"} for answer in answers]
    assert len({(answer.status_code, answer.content) for answer in answers}) == 1 and all(
        one == told[0] for one in told
    )
    assert answers[0].status_code == 404
    assert answers[0]["Content-Type"] == "image/svg+xml"
    assert answers[0]["Cache-Control"] == "public, max-age=60"
    assert answers[0]["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert list(ElementTree.fromstring(answers[0].content)) == []


@pytest.mark.django_db
def test_a_name_cannot_break_out_of_the_picture(badge):
    a_published(city=a_city("</text><script>alert(1)</script>", "JO", slug="odd-jo", official_domain="amman.example"))
    assert elements(ElementTree.fromstring(badge("odd-jo").content)) == ELEMENTS


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


@given(name=st.text(max_size=120))
@settings(max_examples=25)
def test_a_badge_of_any_name_is_a_picture(name):
    drawn = badge_of(of(name), "small")
    ElementTree.fromstring(render_to_string("pledges/signatories/badge.svg", {"badge": drawn, "language": "en"}))


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
        badge = badge_of(of(name), style)
        svg = render_to_string("pledges/signatories/badge.svg", {"badge": badge, "language": language})
    ElementTree.fromstring(svg)
    assert badge.width <= STYLES[style].most
    assert all(0 <= float(line.x) <= badge.width for line in badge.lines)


def test_the_mark_stands_on_the_side_where_reading_begins():
    with override("en"):
        left = badge_of(of("Amman"), "light")
    with override("ar"):
        right = badge_of(of("Amman"), "light")
    assert float(left.mark_x) < left.width / 2 < float(right.mark_x)


@pytest.mark.parametrize("text", ["Amman", "مدن التضامن", "Łódź · 2026"])
def test_a_line_is_as_long_as_it_is_typeset(text):
    drawn = outline(text, HEADING, 30)
    assert drawn.length == pytest.approx(width(text, HEADING, 30), rel=0.05)
    assert drawn.path.startswith("M")
