"""Up to four practices side by side, chosen in the address."""

import re

import pytest
from django.urls import reverse

from practices.comparing.comparison import MOST
from tests.people import a_city, a_practice

pytestmark = pytest.mark.django_db


@pytest.fixture
def entries():
    """Five published practices of as many cities, by their addresses."""
    places = [("Amman", "JO"), ("Berlin", "DE"), ("Quito", "EC"), ("Gulu", "UG"), ("Graz", "AT")]
    return [
        a_practice(f"Desk of {name}", a_city(name, country), slug=f"desk-{name.lower()}") for name, country in places
    ]


def test_the_bar_never_counts_more_than_can_be_compared(settings):
    """Without a script a fifth box can be ticked: the style that counts them ends at the number that is compared."""
    css = (settings.BASE_DIR / "static" / "css" / "components" / "pick.css").read_text("utf-8")
    assert f"range: 0 {MOST};" in css and f'symbols: "{MOST}";' in css
    assert "content: counter(ticked, four-at-most);" in css


def compared(client, *slugs):
    return client.get(reverse("compare"), {"p": slugs}).text


def columns(page):
    return re.findall(r'<th scope="col"><a href="[^"]*/practices/([a-z-]+)/"', page)


def test_each_practice_is_a_column_in_the_order_of_the_address(client, entries):
    page = compared(client, "desk-quito", "desk-amman", "desk-quito")
    assert columns(page) == ["desk-quito", "desk-amman"]
    assert "Ecuador" in page and "Western Asia" in page


def test_every_row_has_a_header_and_a_cell_for_each_practice(client, entries):
    body = compared(client, "desk-quito", "desk-amman").partition("<tbody>")[2].partition("</tbody>")[0]
    rows = body.split("</tr>")[:-1]
    assert len(rows) > 12
    for row in rows:
        assert row.count('<th scope="row">') == 1 and row.count("</td>") == 2


def test_a_fifth_is_left_out_kindly_and_named(client, entries):
    page = compared(client, *[entry.slug for entry in entries])
    assert columns(page) == ["desk-amman", "desk-berlin", "desk-quito", "desk-gulu"]
    assert "You can compare up to 4 practices at a time." in page and "Desk of Graz" in page
    assert "Add another practice" not in page


def test_what_is_unknown_or_no_longer_public_is_left_out_with_a_sentence(client, entries):
    entries[1].archive()
    page = compared(client, "desk-amman", "desk-berlin", "nowhere", "<script>", "x" * 200)
    assert columns(page) == ["desk-amman"]
    assert "2 practices are not, or no longer, in the directory" in page
    assert "Desk of Berlin" not in page


def test_each_can_be_taken_out(client, entries):
    page = compared(client, "desk-amman", "desk-quito")
    assert '<a class="out" href="?p=desk-quito">' in page and '<a class="out" href="?p=desk-amman">' in page
    assert '<a class="out" href="?">' in compared(client, "desk-amman")


def test_the_search_travels_along_and_back(client, entries):
    search = {"q": "desk & roof", "theme": ["housing", "health"], "like": "amman-jo"}
    page = client.get(reverse("compare"), search | {"page": "3", "p": ["desk-amman", "desk-quito"]}).text
    kept = "q=desk+%26+roof&amp;theme=housing&amp;theme=health&amp;like=amman-jo"
    assert f'href="{reverse("directory")}?{kept}&amp;p=desk-amman&amp;p=desk-quito">Add another practice' in page
    assert f'href="{reverse("brief")}?{kept}&amp;p=desk-amman&amp;p=desk-quito"' in page
    assert f'<a class="out" href="?{kept}&amp;p=desk-quito">' in page
    brief = client.get(reverse("brief"), search | {"p": "desk-amman"}).text
    assert f'href="{reverse("compare")}?{kept}&amp;p=desk-amman"' in brief


def test_what_no_form_of_ours_made_does_not_travel(client, entries):
    page = client.get(reverse("compare"), {"q": "x" * 300, "p": "desk-amman", "theme": ["a"] * 200}).text
    [back] = set(re.findall(rf'href="{reverse("directory")}\?([^"]+)"', page))
    assert "xxx" not in back and 0 < back.count("theme=a") < 60


def test_nothing_chosen_says_how_to_begin(client):
    assert "Select up to 4 practices" in compared(client)


@pytest.mark.parametrize(
    "query", ["p=", "p=%00", "p=%FF&p=../..&p=a%20b", "&".join(["p=a"] * 1_500), "p=" + "a" * 9_000]
)
def test_a_broken_address_is_never_an_error_page(client, query):
    assert client.get(f"{reverse('compare')}?{query}").status_code == 200


def test_what_is_not_known_is_said(client, entries):
    page = compared(client, "desk-amman")
    assert page.count("Not known") >= 5 and "Not yet assessed" in page


def test_it_takes_one_statement(client, entries, django_assert_num_queries):
    with django_assert_num_queries(1):
        compared(client, "desk-amman", "desk-quito")
    with django_assert_num_queries(0):
        compared(client)
