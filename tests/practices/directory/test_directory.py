"""The directory: an officer narrows it down, whatever the address says."""

import re
from urllib.parse import quote

import pytest
from django.urls import reverse

from tests.people import a_city, a_practice

pytestmark = pytest.mark.django_db

BROKEN = {
    "empty": "q=&theme=&country=",
    "ten thousand characters": "q=" + "a" * 10_000,
    "a NUL byte": "q=%00school%00",
    "a percent sign": "q=%25",
    "quotes": "q=" + quote("\"' OR ''=\""),
    "an unknown sort": "sort=best",
    "page 0": "page=0",
    "page -1": "page=-1",
    "page 9999": "page=9999",
    "page 10^30": "page=1" + "0" * 30,
    "Arabic digits": "page=" + quote("١") + "&since=" + quote("٢٠١٥"),
    "1,001 values": "&".join(["theme=housing"] * 1_001),
    "an unknown theme": "theme=war",
    "an unknown country": "country=ZZ",
    "years the wrong way round": "since=2024&until=2010",
    "broken percent": "q=%E0%A4%A&view=%",
    "a list where one value is meant": "q=a&q=b&page=1&page=x&since=1&since=2",
}


@pytest.fixture
def entries():
    berlin, amman, quito = a_city("Berlin", "DE"), a_city("Amman", "JO"), a_city("Quito", "EC")
    return [
        a_practice("Neighbourhood Mothers", berlin, themes=["education", "employment"], groups=["women"], started=2004),
        a_practice("Public spaces led by the community", amman, themes=["social-cohesion"], started=2019),
        a_practice("A roof for the first night", quito, themes=["reception", "housing"], started=2018),
        a_practice("Not yet checked", quito, themes=["housing"], published_at=None),
    ]


def titles(response) -> list[str]:
    return re.findall(r"<h2[^>]*><a[^>]*>(.*?)</a>", response.content.decode())


def heading(response) -> str:
    return re.search(r"<h1[^>]*>(.*?)</h1>", response.content.decode())[1]


@pytest.mark.parametrize("case", BROKEN)
@pytest.mark.usefixtures("entries")
def test_a_broken_address_is_never_an_error_page(client, case):
    for view in ("", "&view=map", "&view=table"):
        response = client.get(reverse("directory") + "?" + BROKEN[case] + view)
        assert response.status_code == 200
        assert "<h1" in response.content.decode()


@pytest.mark.usefixtures("entries")
def test_only_published_entries_are_listed(client):
    response = client.get(reverse("directory"))
    assert heading(response) == "3 practices"
    assert "Not yet checked" not in response.content.decode()


@pytest.mark.usefixtures("entries")
def test_values_of_one_facet_add_up_and_facets_narrow(client):
    both = client.get(reverse("directory"), {"theme": ["education", "housing"]})
    assert sorted(titles(both)) == ["A roof for the first night", "Neighbourhood Mothers"]
    narrowed = client.get(reverse("directory"), {"theme": ["education", "housing"], "group": "women"})
    assert titles(narrowed) == ["Neighbourhood Mothers"]
    assert heading(narrowed) == "1 practice about housing or education and language, reaching women"


@pytest.mark.usefixtures("entries")
def test_a_facet_is_counted_without_its_own_choice(client):
    page = client.get(reverse("directory"), {"theme": "education"}).text
    options = dict(re.findall(r'name="theme" value="([\w-]+)".*?<span class="count">.*?</span>(\d+)</span>', page))
    assert (options["education"], options["housing"]) == ("1", "1")
    assert "health" not in options, "no practice has it"
    assert '<input type="checkbox" name="theme" value="education" checked>' in page


@pytest.mark.usefixtures("entries")
def test_the_years_narrow(client):
    assert titles(client.get(reverse("directory"), {"since": 2018, "until": 2018})) == ["A roof for the first night"]
    assert titles(client.get(reverse("directory"), {"until": "2010"})) == ["Neighbourhood Mothers"]


@pytest.mark.usefixtures("entries")
def test_words_cross_the_city_and_the_entry_and_are_marked(client):
    response = client.get(reverse("directory"), {"q": "berlin mothers"})
    assert titles(response) == ["Neighbourhood <mark>Mothers</mark>"]


@pytest.mark.usefixtures("entries")
def test_chips_take_back_one_choice(client):
    response = client.get(reverse("directory"), {"q": "roof", "theme": "housing"})
    chips = re.findall(r'<a class="chip" href="(.*?)">.*?</span>(.*?) <b', response.text)
    assert chips == [("?theme=housing", "“roof”"), ("?q=roof", "Housing")]


@pytest.mark.usefixtures("entries")
def test_nothing_found_says_what_to_drop_and_what_that_brings(client):
    response = client.get(reverse("directory"), {"q": "mothers", "theme": "housing", "since": "2015"})
    assert heading(response).startswith("0 practices")
    ways = {way.label: way.count for way in response.context["ways_out"]}
    assert ways == {"the words “mothers”": 1}
    assert "Remove one:" in response.content.decode()


@pytest.mark.usefixtures("entries")
def test_nothing_found_and_no_single_way_out_is_said_too(client):
    response = client.get(reverse("directory"), {"q": "zzz", "theme": "culture-sport"})
    assert response.context["ways_out"] == []
    assert "Removing a single filter does not help" in response.content.decode()


@pytest.mark.usefixtures("entries")
def test_the_orders(client):
    def ordered(sort):
        return titles(client.get(reverse("directory"), {"sort": sort}))

    assert ordered("city")[0] == "Public spaces led by the community"
    # Nobody has confirmed any of these: what stands first is the newest.
    assert ordered("newest") == ordered("current") == titles(client.get(reverse("directory")))


def test_recently_confirmed_comes_first_when_asked_for(client, entries):
    entries[0].confirm()
    assert titles(client.get(reverse("directory"), {"sort": "confirmed"}))[0] == entries[0].title


def test_city_order_folds_accents_and_case(client):
    for name, country in (("Zürich", "CH"), ("Örebro", "SE"), ("Oslo", "NO"), ("ålesund", "NO")):
        a_practice(f"From {name}", a_city(name, country))
    found = titles(client.get(reverse("directory"), {"sort": "city"}))
    assert found == ["From ålesund", "From Örebro", "From Oslo", "From Zürich"]


@pytest.mark.usefixtures("entries")
def test_the_table_shows_the_same_practices(client):
    page = client.get(reverse("directory"), {"view": "table", "theme": "housing"}).content.decode()
    assert "A roof for the first night" in page
    assert "Neighbourhood Mothers" not in page
    assert page.count('<th scope="row"') == 1


def test_the_map_lists_every_city_it_draws_and_those_it_cannot(client):
    placed = a_city("Amman", "JO", latitude=31.95, longitude=35.93)
    unplaced = a_city("San José (Alajuela)", "CR")
    a_practice("One", placed)
    a_practice("Two", placed)
    a_practice("Three", unplaced)
    page = client.get(reverse("directory"), {"view": "map"}).content.decode()
    assert page.count("<circle") == 1 + 2  # the two circles of the brand
    assert "Amman, Jordan: 2 practices" in page
    assert "no place on the map" in page
    assert "2 cities" in page
    assert re.findall(r"<h3>(\w+ ?\w*)</h3>|>(One|Two|Three)</a>", page) == [
        ("Costa Rica", ""), ("", "Three"), ("Jordan", ""), ("", "One"), ("", "Two"),
    ]  # fmt: skip


def test_the_map_zooms_to_a_region(client):
    a_practice("One", a_city("Amman", "JO", latitude=31.95, longitude=35.93))
    world = client.get(reverse("directory"), {"view": "map"}).context["map"].box
    zoomed = client.get(reverse("directory"), {"view": "map", "region": "western-asia"}).context["map"].box
    assert zoomed.width < world.width / 2


def test_pages_hold_twenty_and_a_page_past_the_end_is_the_last(client):
    city = a_city()
    for number in range(23):
        a_practice(f"Entry {number:02}", city)
    assert len(titles(client.get(reverse("directory")))) == 20
    last = client.get(reverse("directory"), {"page": "9999"})
    assert len(titles(last)) == 3
    assert "21 to 23 of 23" in last.content.decode()


@pytest.mark.usefixtures("entries")
def test_the_form_carries_order_and_view_and_what_was_typed(client):
    page = client.get(
        reverse("directory"), {"q": 'a"b', "view": "table", "sort": "city", "since": "2015"}
    ).content.decode()
    assert '<input type="hidden" name="view" value="table">' in page
    assert '<input type="hidden" name="sort" value="city">' in page
    assert 'value="a&quot;b"' in page
    assert 'value="2015"' in page
