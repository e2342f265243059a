"""Up to four practices side by side, chosen in the address."""

import re

import pytest
from django.urls import reverse

from practices.comparing.comparison import MOST
from practices.models import Practice
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
    head = page.partition("<thead>")[2].partition("</thead>")[0]
    return re.findall(r'<a href="[^"]*/practices/([a-z-]+)/"', head)


def test_each_practice_is_a_column_in_the_order_of_the_address(client, entries):
    page = compared(client, "desk-quito", "desk-amman", "desk-quito")
    assert columns(page) == ["desk-quito", "desk-amman"]
    assert "Ecuador" in page and "Western Asia" in page


def test_every_row_has_a_header_and_a_cell_for_each_practice(client, entries):
    body = "".join(compared(client, "desk-quito", "desk-amman").split("<tbody>")[1:]).partition("</table>")[0]
    rows = body.split("</tr>")[:-1]
    questions = [row for row in rows if '<th scope="rowgroup" colspan="3">' in row]
    assert len(questions) == 3 and "Would it fit your city?" in questions[0] and len(rows) == 10
    for row in rows:
        if row not in questions:
            assert row.count('<th scope="row">') == 1 and row.count("</td>") == 2


def test_it_tells_what_each_city_does_what_they_share_and_how_each_is_like_the_visitors(client, entries):
    for at, entry in enumerate(entries[:2]):
        Practice.objects.filter(pk=entry.pk).update(approach=f"Desk {at} is open.", lessons="Begin small.")
    entries[0].figures.create(value="1,280", what="children", year=2019, source=entries[0].sources.get())
    page = compared(client, "desk-amman", "desk-berlin")
    assert "Desk 0 is open." in page and "Desk 1 is open." in page and "<b>1,280</b>" in page
    assert "What they have in common" in page and "Social cohesion &amp; public space: what two cities do" in page
    assert "Alike" not in page
    liked = client.get(reverse("compare"), {"p": ["desk-amman", "desk-berlin"], "like": entries[1].city.slug}).text
    assert "Would it fit Berlin?" in liked and "Different" in liked and "Region: Western Asia" in liked


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


def test_what_is_stated_for_one_of_them_is_missed_in_the_others_and_what_for_none_has_one_line(client, entries):
    Practice.objects.filter(pk=entries[0].pk).update(funders=["A bank"])
    page = compared(client, "desk-amman", "desk-quito")
    row = page.partition("Funded by</th>")[2].partition("</tr>")[0]
    assert row.index("A bank") < row.index("Not stated")
    assert page.count("Not stated<") == 1
    quiet = page.partition('<p class="unstated">')[2].partition("</p>")[0]
    assert "Not stated in the sources we read:" in quiet and "Staff" in quiet and "Funded by" not in quiet
    assert "Not known" not in page


def test_evidence_that_nobody_assessed_is_said_beside_evidence_that_somebody_did(client, entries):
    first, second = entries[0], entries[1]
    Practice.objects.filter(pk=first.pk).update(evidence_level=3, evidence_reason="An evaluation compares two years")
    Practice.objects.filter(pk=second.pk).update(evidence_level=None)
    row = compared(client, first.slug, second.slug).partition("Evidence</th>")[2].partition("</tr>")[0]
    assert row.count("<td") == 2
    assert "Not yet assessed" in row.rpartition("<td")[2] and "Not yet assessed" not in row.rpartition("<td")[0]


def test_it_takes_one_statement(client, entries, django_assert_num_queries):
    with django_assert_num_queries(1):
        compared(client, "desk-amman", "desk-quito")
    with django_assert_num_queries(0):
        compared(client)
