"""What a page asks the database when much of it is kept: free of noise, so it can be held in every run (goal P13)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from citysolidarity.caching import edition as edition_module
from citysolidarity.caching.edition import edition
from citysolidarity.caching.page_cache import pages
from practices.directory.fragments.cards import cards
from practices.directory.index.keeper import selection_index
from practices.search import embeddings
from tests.people import a_city, a_practice

pytestmark = pytest.mark.django_db
NEVER = 3600


@pytest.fixture(autouse=True)
def keeps(monkeypatch, makes_every_page_anew):
    """Here pages are kept, as on the real site."""
    monkeypatch.setattr("citysolidarity.caching.page_cache.BYTES_KEPT", 1_000_000)


@pytest.fixture
def entry():
    quito = a_city("Quito", "EC", latitude=-0.2, longitude=-78.5, population=1_600_000)
    for at in range(30):
        a_practice(f"A roof for the first night {at}", quito, themes=["housing"])
    return a_practice("Housing desk", a_city("Amman", "JO", population=1_300_000), themes=["housing"])


@pytest.fixture
def statements(client):
    """Counts the statements of one GET."""

    def count(address):
        with CaptureQueriesContext(
            connection,
        ) as sent:
            assert client.get(address).status_code == 200
        return len(sent)

    return count


SEARCHES = (
    "",
    "?theme=housing",
    "?theme=housing&theme=health&country=EC&page=2",
    "?view=table",
    "?sort=city",
    "?theme=rights",
)


@pytest.mark.usefixtures("entry")
@pytest.mark.parametrize("search", SEARCHES)
def test_a_filter_page_sends_no_statement_one_to_look_and_three_at_first(statements, monkeypatch, search):
    address = reverse("directory") + search
    monkeypatch.setattr(edition_module, "CHECK_SECONDS", NEVER)
    assert statements(address) <= 3
    pages.forget()
    assert statements(address) == 0
    assert statements(address) == 0  # kept
    monkeypatch.setattr(edition, "checked", -2 * NEVER)
    pages.forget()
    assert statements(address) == 1


@pytest.mark.usefixtures("entry")
def test_a_page_looks_once_however_long_it_takes(statements):
    """Here each question is due for a look, as after an index that took long to build."""
    assert statements(reverse("directory")) == 3


@pytest.mark.usefixtures("entry")
def test_a_search_by_words_reads_them_finds_them_and_marks_the_cards(statements, monkeypatch):
    address = reverse("directory") + "?q=roof&theme=housing"
    selection_index.current()
    monkeypatch.setattr(edition_module, "CHECK_SECONDS", NEVER)
    # The words, their ranks, the cards, and once in an edition the documents of the library, which are searched as well, and
    # what the entries mean.
    assert statements(address) == 4 + embeddings.is_available()
    pages.forget()
    assert statements(address) == 0
    pages.forget()
    cards.forget()
    assert statements(address) == 1


def test_a_page_after_a_change_costs_a_look_the_change_and_its_card(statements, entry, monkeypatch):
    monkeypatch.setattr(edition_module, "CHECK_SECONDS", NEVER)
    address = reverse("directory")
    statements(address)
    entry.save()
    monkeypatch.setattr(edition, "checked", -2 * NEVER)
    assert statements(address) == 3


def test_pages_of_an_entry_and_of_a_city_send_at_most_the_look_once_they_are_kept(statements, entry, monkeypatch):
    monkeypatch.setattr(edition_module, "CHECK_SECONDS", NEVER)
    for address in (entry.get_absolute_url(), entry.city.get_absolute_url()):
        statements(address)
        assert statements(address) == 0
        monkeypatch.setattr(edition, "checked", -2 * NEVER)
        assert statements(address) == 1
