"""The list of signatories: who is on it, how it is narrowed down, and that its counts are true."""

import re
from datetime import date

import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from pledges.models import Signature
from pledges.signatories.facets import SignatoryIndex, SignatoryRow
from pledges.signatories.selection import NAMES, read_selection
from pledges.signatories.views.signatories import PAGE_SIZES
from practices.models import Membership, Network
from tests.people import a_city
from tests.pledges.signers import a_confirmed, a_published, a_stated, a_verified

pytestmark = pytest.mark.django_db


@pytest.fixture
def listed(client):
    """The names on the page at this query string, in their order."""

    def read(query=""):
        answer = client.get(reverse("signatories") + query)
        assert answer.status_code == 200
        return [signature.signer for signature in answer.context["signatures"]]

    return read


@pytest.fixture
def options(client):
    """``{code: count}`` of a facet at this query string."""

    def read(facet, query=""):
        groups = client.get(reverse("signatories") + query).context["groups"]
        return {option.code: option.count for group in groups if group.name == facet for option in group.options}

    return read


def some_signatories():
    warsaw = a_stated(a_city("Warsaw", "PL"), precision="day", signed_on=date(2018, 6, 20))
    a_stated(a_city("Vienna", "AT"), precision="before", signed_on=date(2018, 6, 20))
    a_stated(a_city("Sapporo", "JP"), precision="day", signed_on=date(2022, 6, 17))
    a_stated(a_city("Matsue", "JP"), precision="between", not_before=date(2024, 1, 29), signed_on=date(2025, 5, 18))
    a_published(institution="Greater Amman Municipality")
    metropolis = Network.objects.create(slug="metropolis", name="Metropolis")
    Membership.objects.create(city=warsaw.city, network=metropolis, source_url="https://example.org/")


# --- who is on it -------------------------------------------------------------------------


def test_it_lists_the_public_ones_by_the_citys_name(listed):
    some_signatories()
    assert listed() == ["Greater Amman Municipality", "Matsue", "Sapporo", "Vienna", "Warsaw"]


def test_it_lists_nobody_else(listed):
    a_confirmed(), a_verified(), a_published(visibility="counted")
    a_published().withdraw()
    assert listed() == []


def test_the_unnamed_are_in_the_number_and_nowhere_else(client):
    a_stated()
    a_published(city=a_city("Bakel", "SN", official_domain="bakel.example"), visibility="counted")
    page = client.get(reverse("signatories")).text
    said = " ".join(re.sub(r"<[^>]+>", " ", page).split())
    assert re.search(r"2 signatories, as of [\w ]+\. 1 signed the statement here, verified by a curator\.", said)
    assert "1 is named in a public source as a signatory of UNHCR’s statement; we have not verified this." in said
    assert "1 asked to be counted but not named" in said
    assert "Bakel" not in page and "Senegal" not in page and "sub-saharan" not in page


@pytest.mark.parametrize("view", ["list", "map", "table"])
def test_a_withdrawn_signature_leaves_every_view_and_number(client, view):
    a_stated(a_city("Warsaw", "PL", latitude=52.2, longitude=21.0), precision="day", signed_on=date(2018, 6, 20))
    signature = a_published(city=a_city(official_domain="amman.example", latitude=31.9, longitude=35.9))
    assert "Amman" in client.get(reverse("signatories") + f"?view={view}").text
    signature.withdraw()
    answer = client.get(reverse("signatories") + f"?view={view}")
    assert "Amman" not in answer.text and "Jordan" not in answer.text
    assert answer.context["signed"]["total"] == answer.context["growth"].years[-1].count == 1
    assert [number.count for number in answer.context["countries"]] == [1]


def headings(page):
    found = re.findall(r'<h2 class="listed">([^<]*)</h2>', page.partition('id="results"')[2])
    return [" ".join(heading.split()) for heading in found]


def test_signatures_made_here_stand_apart_from_names_found_in_sources(client, listed):
    a_stated(a_city("Aachen", "DE"))
    page = client.get(reverse("signatories")).text
    assert headings(page) == ["Named in a public source"]
    a_published(institution="Greater Amman Municipality")
    assert listed() == ["Greater Amman Municipality", "Aachen"]
    page = client.get(reverse("signatories")).text
    assert headings(page) == ["Signed here, verified by a curator", "Named in a public source"]


# --- narrowing down ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?region=eastern-asia", ["Matsue", "Sapporo"]),
        ("?country=PL&country=AT", ["Vienna", "Warsaw"]),
        ("?network=metropolis", ["Warsaw"]),
        ("?standing=verified", ["Greater Amman Municipality"]),
        ("?standing=stated&year=2018", ["Vienna", "Warsaw"]),
        ("?year=unknown", ["Matsue"]),
        ("?year=2022&region=western-europe", []),
    ],
)
def test_each_facet_narrows_the_list(listed, query, expected):
    some_signatories()
    assert listed(query) == expected


@pytest.mark.parametrize(
    "query",
    [
        "?region=atlantis", "?country=XX", "?standing=certified", "?year=1850", "?network=%00", "?view=map3d",
        "?page=-1", "?page=999999999999999999999", "?page=%D9%A1", "?sort=;drop", "?year=2022%20OR%201=1",
    ],
)  # fmt: skip
def test_what_is_unknown_is_ignored(listed, query):
    some_signatories()
    assert len(listed(query)) == 5


def test_a_facet_is_counted_without_its_own_choice(options):
    some_signatories()
    assert options("country", "?country=JP") == {"AT": 1, "JO": 1, "JP": 2, "PL": 1}
    assert options("standing", "?country=JP") == {"stated": 2, "verified": 0}
    this_year = str(timezone.now().year)
    assert options("year", "?country=JP") == {"2018": 0, "2022": 1, this_year: 0, "unknown": 1}


def test_each_chosen_thing_can_be_taken_away(client):
    some_signatories()
    chips = client.get(reverse("signatories") + "?country=JP&standing=stated&view=table").context["chips"]
    assert [(chip.label, chip.url) for chip in chips] == [
        ("Named in a public source", "?country=JP&view=table"),
        ("Japan", "?standing=stated&view=table"),
    ]


def test_one_selection_has_one_address():
    chosen = {"country": ("JP",), "standing": ("stated",)}
    asked = read_selection(QueryDict("page=1&view=list&country=JP&standing=stated"), chosen)
    assert asked.query() == "?standing=stated&country=JP"
    assert asked.cleared().query() == ""


def test_the_form_needs_no_script(client):
    some_signatories()
    page = client.get(reverse("signatories")).text
    assert f'<form class="filters" id="narrow" method="get" action="{reverse("signatories")}">' in page
    assert '<input type="checkbox" name="region" value="eastern-asia">' in page


def test_the_table_says_the_same_as_the_list(starter, client):
    pages = [client.get(reverse("signatories") + query) for query in ("", "?page=2", "?page=3", "?view=table")]
    names = [[signature.pk for signature in page.context["signatures"]] for page in pages]
    assert names[0] + names[1] + names[2] == names[3]
    assert len(names[3]) == 136 and pages[3].text.count('<tr><th scope="row"><a') == 136


# --- the map ----------------------------------------------------------------------------------


def test_the_map_says_the_same_as_the_table(starter, client):
    table, on_map = (client.get(reverse("signatories") + query) for query in ("?view=table", "?view=map&page=3"))
    assert [one.pk for one in on_map.context["signatures"]] == [one.pk for one in table.context["signatures"]]
    placed = {one.get_absolute_url() for one in table.context["signatures"] if one.city.latitude is not None}
    assert {dot.url for dot in on_map.context["map"].dots} == placed
    assert len(placed) == 135 and on_map.text.count("no place on the map") == 1
    assert "page=" not in on_map.text.partition("<main")[2]


def test_a_dot_tells_the_standing_and_the_day(client):
    a_stated(a_city("Warsaw", "PL", latitude=52.2, longitude=21.0), precision="day", signed_on=date(2018, 6, 20))
    a_published(city=a_city(official_domain="amman.example", latitude=31.9, longitude=35.9))
    dots = {dot.kind: dot.label for dot in client.get(reverse("signatories") + "?view=map").context["map"].dots}
    assert dots["stated"] == "Warsaw, Poland: Named in a public source, 20 June 2018"
    assert dots["verified"].startswith("Amman, Jordan: Verified by a curator, ")


def test_a_region_is_one_click_away_and_keeps_what_is_chosen(client):
    some_signatories()
    answer = client.get(reverse("signatories") + "?view=map&region=eastern-asia&standing=stated")
    links = {link.label: (link.url, link.current) for link in answer.context["regions"]}
    assert links["World"] == ("?standing=stated&view=map", False)
    assert links["Eastern Asia"] == ("?standing=stated&region=eastern-asia&view=map", True)
    assert "Melanesia" not in links
    assert answer.context["map"].box.width < 1000


rows = st.lists(
    st.fixed_dictionaries({name: st.frozensets(st.sampled_from("abc"), min_size=1) for name in NAMES}), max_size=12
)
choices = st.fixed_dictionaries(
    {}, optional={name: st.sets(st.sampled_from("abc"), min_size=1).map(tuple) for name in NAMES}
)


@given(rows=rows, chosen=choices)
def test_a_count_is_what_choosing_that_value_alone_would_list(rows, chosen):
    index = SignatoryIndex.__new__(SignatoryIndex)
    index.rows = [SignatoryRow(pk, codes) for pk, codes in enumerate(rows)]
    index.networks = dict.fromkeys("abc", "x")
    index.codes = dict.fromkeys(NAMES, tuple("abc"))
    index.present = dict.fromkeys(NAMES, frozenset("abc"))
    index.label = lambda name, code: code
    for group in index.groups(chosen):
        for option in group.options:
            alone = index.matching({**chosen, group.name: (option.code,)})
            assert option.count == len(alone)


# --- cost -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "query", ["", "?view=table", "?view=map&region=western-europe", "?country=BE&network=metropolis&page=2"]
)
def test_it_takes_six_statements_whatever_the_number(starter, client, query, django_assert_num_queries):
    assert Signature.objects.count() == 136
    with django_assert_num_queries(6 + 1):  # and one looks at the edition
        client.get(reverse("signatories") + query)


def test_a_long_list_has_pages(client, listed, monkeypatch):
    monkeypatch.setitem(PAGE_SIZES, "list", 2)
    for name in ("Amman", "Bakel", "Quito"):
        a_published(city=a_city(name, "JO"), institution=name)
    assert listed() == ["Amman", "Bakel"]
    assert listed("?page=2") == ["Quito"]
    assert 'href="?page=2"' in client.get(reverse("signatories")).text
