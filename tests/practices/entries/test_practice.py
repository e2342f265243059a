"""An entry's page: what the city does, what it took, and where that is said."""

import json
import re
from datetime import UTC, date, datetime

import pytest
from django.urls import reverse
from django.utils.translation import override

from citysolidarity.caching.shared import FILE
from practices.models import Practice
from tests.people import a_city, a_practice

pytestmark = pytest.mark.django_db


@pytest.fixture
def mothers():
    berlin = a_city("Berlin", "DE", latitude=52.52, longitude=13.41, population=3_426_354)
    return a_practice(
        "Neighbourhood Mothers",
        berlin,
        slug="neighbourhood-mothers",
        area="Neukölln district",
        challenge="Families were hard to reach.",
        approach="Mothers visit mothers.",
        results="6,400 families were reached.",
        lessons="Trust grows at home.",
        what_did_not_work="Leaflets.",
        themes=["education"],
        started=2004,
        status="ongoing",
    )


def page_of(client, practice) -> str:
    response = client.get(practice.get_absolute_url())
    assert response.status_code == 200
    return response.content.decode()


def test_every_text_stands_under_its_heading(client, mothers):
    page = page_of(client, mothers)
    for text in ("Families were hard to reach.", "Mothers visit mothers.", "Trust grows at home.", "Leaflets."):
        assert text in page
    headings = re.findall(r"<h2[^>]*>(.*?)</h2>", page)
    assert headings[:7] == [
        "The situation",
        "What the city does",
        "What changed",
        "What did not work",
        "What others can learn",
        "Could this work in your city?",
        "Ask the city",
    ]


def test_sources_are_shown_with_their_addresses(client, mothers):
    mothers.sources.create(title="Zwölf neue Mütter", publisher="QM", url="https://example.org/q", language="de")
    page = page_of(client, mothers)
    assert '<a href="https://example.org/report" rel="noopener" dir="auto">A report</a>' in page
    assert 'hreflang="de"' in page
    assert "2 sources" in page


def test_a_source_that_no_longer_answers_says_so_and_leads_to_its_copy(client, mothers):
    source = mothers.sources.get()
    source.archived_url = "https://archive.example/report"
    source.save()
    # A later night finds the old address as dead as before.
    source.broken_since = date(2026, 3, 4)
    source.save()
    page = page_of(client, mothers)
    assert "link not working since 4 March 2026" in page
    assert '<a href="https://archive.example/report" rel="noopener">archived copy</a>' in page


def test_freshness_is_said_in_one_honest_line(client, mothers):
    assert "Not yet confirmed by the city" in page_of(client, mothers)
    mothers.confirm(datetime(2026, 3, 4, tzinfo=UTC))
    assert "March 2026, by the city" in page_of(client, mothers)
    mothers.status, mothers.ended, mothers.confirmed_at = "completed", 2020, None
    mothers.save()
    assert "Ended. Kept here for its lessons" in page_of(client, mothers)


def test_unknown_is_said_and_never_guessed(client, mothers):
    page = page_of(client, mothers)
    assert "Not stated in the sources we read: what it costs, who pays, how many people work on it" in page
    assert "How strong is the evidence?" not in page and "Not known" not in page
    assert "Over 1.5 million inhabitants" not in page  # its size alone says nothing of what it takes
    mothers.facts.create(kind="staff", text="Two mentors.", year=2019, source=mothers.sources.get())
    page = page_of(client, mothers)
    assert "how many people work on it" not in page and "Over 1.5 million inhabitants" in page
    assert f'Two mentors.</span><sup class="source-number"><a href="#source-{mothers.sources.get().pk}">' in page


def test_how_well_an_effect_is_shown_is_a_place_on_a_scale_with_its_reason(client, mothers):
    mothers.evidence_level, mothers.evidence_reason = 1, "Nobody compared."
    mothers.save()
    page = page_of(client, mothers)
    assert '<li class="reached" aria-current="true">A plausible account of change</li>' in page
    assert "<li>Change measured among those served</li>" in page and "Nobody compared." in page


def test_where_an_idea_came_from_and_went_is_told_both_ways(client, mothers):
    bags = a_practice("Bags of books", a_city("Utrecht", "NL"))
    mothers.transfers.create(direction="learned_from", place="Utrecht", country="NL", what="bags of books")
    mothers.transfers.create(direction="taken_up_by", place="Nowhere", country="DE", what="visits")
    page = page_of(client, mothers)
    assert f'<b><a href="{bags.city.get_absolute_url()}">Utrecht</a></b>' in page and "<b>Nowhere</b>" in page
    assert f'<b><a href="{mothers.get_absolute_url()}">Berlin</a></b>' in page_of(client, bags)


def test_a_figure_stands_with_its_year_and_source(client, mothers):
    source = mothers.sources.get()
    mothers.figures.create(value="6,400", what="families reached", year=2013, source=source)
    page = page_of(client, mothers)
    assert '<b lang="en" dir="ltr">6,400</b><p><span lang="en" dir="ltr">families reached</span>' in page
    assert f'<a href="#source-{source.pk}"><span class="visually-hidden">Source </span>1</a></sup></p>' in page
    assert '<span class="count">2013</span>' in page


def test_names_of_others_stand_in_their_own_language(client, mothers):
    mothers.partners, mothers.lead = ["Caritas", "دار الأمل"], "Bezirksamt"
    mothers.save()
    page = page_of(client, mothers)
    assert '<span lang="en" dir="ltr">Caritas</span>; <span lang="en" dir="ltr">دار الأمل</span>' in page
    assert '<span lang="en" dir="ltr">Bezirksamt</span>' in page


def test_an_arabic_page_has_the_commas_of_its_language(client, mothers):
    mothers.populations, mothers.contexts = ["refugees", "asylum-seekers"], ["protracted", "mixed-migration"]
    mothers.save()
    with override("ar"):
        page = page_of(client, mothers)
    assert "Berlin</a>، ألمانيا" in page and "اللاجئون، طالبو اللجوء" in page
    assert '<h1 lang="en" dir="ltr">' in page  # not translated: as it was written


def test_others_of_the_city_and_similar_ones_with_the_reason(client, mothers):
    a_practice("Housing desk", mothers.city, themes=["housing"])
    a_practice("School mediators", a_city("Vienna", "AT", population=1_900_000), themes=["education"])
    page = page_of(client, mothers)
    assert "More from Berlin" in page and "Housing desk" in page
    elsewhere = page.partition("Similar practices elsewhere")[2]
    assert "School mediators" in elsewhere and "Housing desk" not in elsewhere
    assert "Also about: Education &amp; language" in page
    assert "Western Europe" not in elsewhere, "two kinds of reasons are enough to read"


def test_the_citation_and_the_machine_readable_entry_name_the_same_address(client, mothers, settings):
    settings.SITE_URL = "https://cities.example"
    page = page_of(client, mothers)
    address = "https://cities.example/en/practices/neighbourhood-mothers/"
    assert "“Neighbourhood Mothers”, Berlin, Germany. Cities of Solidarity, entry of" in page
    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)[1]
    data = json.loads(block)
    assert data["url"] == address
    assert data["citation"] == ["https://example.org/report"]
    assert f'<meta property="og:image" content="{address}card.png">' in page


def test_text_that_looks_like_a_script_is_shown_as_text(client, mothers):
    mothers.title, mothers.challenge = "</script><script>alert(1)</script>", "<img src=x onerror=alert(1)>"
    mothers.save()
    page = page_of(client, mothers)
    assert "<script>alert" not in page
    assert "<img src=x" not in page


@pytest.mark.parametrize("state", ["draft", "missing"])
def test_an_entry_that_is_not_public_is_not_found(client, mothers, state):
    slug = mothers.slug
    slug = a_practice("Draft", published_at=None).slug if state == "draft" else "no-such-entry"
    assert client.get(reverse("practice", args=[slug])).status_code == 404
    assert client.get(reverse("practice_card", args=[slug])).status_code == 404


def test_the_share_card_is_a_png_that_is_drawn_once(client, mothers, monkeypatch):
    monkeypatch.setattr("citysolidarity.caching.page_cache.BYTES_KEPT", 1_000_000)
    address = reverse("practice_card", args=[mothers.slug])
    response = client.get(address)
    with monkeypatch.context() as patch:
        patch.setattr("practices.entries.share_card.draw", None)
        assert client.get(address).content == response.content
        assert client.get(address, headers={"if-none-match": response["ETag"]}).status_code == 304
    Practice.objects.filter(pk=mothers.pk).update(archived_at=mothers.created_at)
    assert client.get(address, headers={"if-none-match": response["ETag"]}).status_code == 404
    assert response["Content-Type"] == "image/png"
    assert response.content.startswith(b"\x89PNG")
    assert response["Cache-Control"] == FILE
