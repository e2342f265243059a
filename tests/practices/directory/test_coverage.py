"""The coverage grid: every crossing, zeros included; each number is the length of the list it opens."""

import re
from html import unescape

import pytest
from django.urls import reverse

from practices.directory.coverage import Grid
from practices.models import Practice
from practices.vocabularies import POPULATIONS, THEMES
from tests.people import a_city, a_practice

pytestmark = pytest.mark.django_db


def links(client):
    """(address, number shown) of every number in the grid."""
    page = client.get(reverse("coverage")).text
    table = page.partition("<tbody>")[2].partition("</table>")[0]
    found = re.findall(r'<td[^>]*><a href="([^"]*)">(\d+)<', table)
    return [(unescape(address), int(number)) for address, number in found]


def test_each_number_is_the_length_of_the_list_it_opens(starter, client):
    shown = links(client)
    assert len(shown) == (len(THEMES.codes) + 1) * (len(POPULATIONS.codes) + 1)
    assert {0, Practice.objects.published().count()} <= {number for _address, number in shown}
    for address, number in shown:
        heading = re.search(r'<h1 id="heading"[^>]*>(\d+) practice', client.get(address).text)
        assert int(heading[1]) == number, address


def test_only_what_is_published_counts():
    city = a_city()
    a_practice(city=city, themes=["housing", "health"], populations=["idps"])
    a_practice(city=city, themes=["housing"], populations=[])
    a_practice(city=city, themes=["housing"], populations=["idps"], published_at=None)
    a_practice(city=city, themes=["housing"], populations=["idps"]).archive()
    counts = Practice.objects.published().coverage()
    assert counts == {
        ("", ""): 2, ("", "idps"): 1,
        ("housing", ""): 2, ("housing", "idps"): 1,
        ("health", ""): 1, ("health", "idps"): 1,
    }  # fmt: skip


def test_a_zero_invites_and_a_count_does_not(client):
    a_practice(themes=["housing"], populations=["idps"])
    page = client.get(reverse("coverage")).text
    zeros = len(THEMES.codes) * len(POPULATIONS.codes) - 1
    assert page.count('class="invite"') == zeros
    assert f"{zeros} combinations are still empty." in page


def test_an_empty_directory_has_a_grid_of_zeros(client):
    assert {number for _address, number in links(client)} == {0}


def test_the_darkest_cell_is_the_largest_and_only_a_zero_is_pale():
    grid = Grid({("", ""): 50, ("housing", ""): 40, ("housing", "idps"): 40, ("health", "idps"): 1})
    shades = {cell.count: cell.shade for row in grid.rows for cell in row.cells}
    assert shades == {40: 4, 1: 1, 0: 0}


def test_the_page_takes_one_statement_and_the_look_at_the_edition(client, django_assert_num_queries):
    a_practice()
    with django_assert_num_queries(2):
        client.get(reverse("coverage"))


def test_it_is_reached_from_home_and_directory(client):
    for name in ("home", "directory"):
        assert f'href="{reverse("coverage")}"' in client.get(reverse(name)).text
