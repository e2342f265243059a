"""The list of signatories: who is on it, how it is narrowed down, and that its counts are true."""

import re
from datetime import date

import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from pledges.facets import Index, Row
from pledges.models import Signature
from pledges.selection import NAMES, read
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
    assert re.search(r"directory counts 2: 1 stated in a source and not verified by us, 1 verified by a curator", page)
    assert "1 of them asked to be counted and not named" in page
    assert "Bakel" not in page and "Senegal" not in page and "sub-saharan" not in page


def test_history_is_called_stated_and_not_verified(client):
    a_stated()
    page = client.get(reverse("signatories")).text
    assert 'class="why">Stated in a source<' in page and 'class="why">Verified' not in page


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
        ("Stated in a source", "?country=JP&view=table"),
        ("Japan", "?standing=stated&view=table"),
    ]


def test_one_selection_has_one_address():
    chosen = {"country": ("JP",), "standing": ("stated",)}
    asked = read(QueryDict("page=1&view=list&country=JP&standing=stated"), chosen)
    assert asked.query() == "?standing=stated&country=JP"
    assert asked.cleared().query() == ""


def test_the_form_needs_no_script(client):
    some_signatories()
    page = client.get(reverse("signatories")).text
    assert f'<form class="filters" method="get" action="{reverse("signatories")}">' in page
    assert '<input type="checkbox" name="region" value="eastern-asia">' in page


def test_the_table_says_the_same_as_the_list(starter, client):
    pages = [client.get(reverse("signatories") + query) for query in ("", "?page=2", "?page=3", "?view=table")]
    names = [[signature.pk for signature in page.context["signatures"]] for page in pages]
    assert names[0] + names[1] + names[2] == names[3]
    assert len(names[3]) == 129 and pages[3].text.count('<tr><th scope="row">') == 129


rows = st.lists(
    st.fixed_dictionaries({name: st.frozensets(st.sampled_from("abc"), min_size=1) for name in NAMES}), max_size=12
)
choices = st.fixed_dictionaries(
    {}, optional={name: st.sets(st.sampled_from("abc"), min_size=1).map(tuple) for name in NAMES}
)


@given(rows=rows, chosen=choices)
def test_a_count_is_what_choosing_that_value_alone_would_list(rows, chosen):
    index = Index.__new__(Index)
    index.rows = [Row(pk, codes) for pk, codes in enumerate(rows)]
    index.networks = dict.fromkeys("abc", "x")
    index.known = dict.fromkeys(NAMES, tuple("abc"))
    index.present = dict.fromkeys(NAMES, frozenset("abc"))
    index.label = lambda name, code: code
    for group in index.groups(chosen):
        for option in group.options:
            alone = index.found({**chosen, group.name: (option.code,)})
            assert option.count == len(alone)


# --- cost -----------------------------------------------------------------------------------


@pytest.mark.parametrize("query", ["", "?view=table", "?country=BE&network=metropolis&page=2"])
def test_it_takes_four_statements_whatever_the_number(starter, client, query, django_assert_num_queries):
    assert Signature.objects.count() == 129
    with django_assert_num_queries(4):
        client.get(reverse("signatories") + query)
