"""A page put together from kept pieces is, byte for byte, the one of the ordinary templates."""

import re

import pytest
from django.http import QueryDict
from django.template import TemplateSyntaxError, engines
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import reverse
from django.utils.safestring import SafeString

from citysolidarity.caching.page_cache import pages
from practices.directory import summary
from practices.directory.filters import read_selection
from practices.directory.found import find
from practices.directory.fragments import options
from practices.directory.fragments import page as fragments
from practices.directory.fragments.cards import cards
from practices.directory.pagination import Page
from practices.directory.rendering import LIST, TABLE
from practices.directory.selection import Selection
from practices.search.query import Reading
from practices.vocabularies import facets
from tests.people import a_city, a_practice
from tests.rig.blanks import read

pytestmark = pytest.mark.django_db
SEARCHES = (
    "",
    "theme=housing",
    "theme=housing&theme=health&country=EC&country=FR",
    "q=roof+%22first+night%22+%3Cb%3E%26&sort=newest",
    "since=2010&until=2020&sort=city",
    "page=2",
    "page=3&sort=confirmed",
    "view=table&theme=housing",
    "view=map",
    "view=map&region=south-america",
    "q=nothingatall&theme=culture-sport&since=2019",
    "theme=housing&like=amman-jo&p=roof-1&p=roof-2",
    "q=roof&p=a-roof-bfirst-nightb-3&p=roof-2&sort=newest",
    "view=map&p=roof-1",
    "q=nothingatall&theme=culture-sport&p=roof-1&p=roof-2",
    "size_like=under-20k&view=table&sort=city",
    "view=map&income_like=high",
    "freshness=unconfirmed&status=ongoing&size=unknown",
)


@pytest.fixture
def entries():
    quito = a_city("Quito", "EC", latitude=-0.2, longitude=-78.5, signed_precision="unknown")
    amman = a_city("Amman", "JO")
    for at in range(50):
        a_practice(
            f"A roof & <b>first night</b> {at}", (quito, amman)[at % 2], themes=["housing"], started=2000 + at % 20
        )


@pytest.fixture
def both(monkeypatch):
    """Lets every page be made in both ways; yields the pairs."""
    pairs = []

    def twice(request, template, context):
        page = fragments.page(request, template, context)
        ready = {name: SafeString(context[name].decode()) for name in fragments.READY if name in context}
        pairs.append((page.decode(), render_to_string(template, context | ready, request)))
        return page

    monkeypatch.setattr(fragments.PageFragments, "page", staticmethod(twice))
    return pairs


@pytest.mark.usefixtures("entries")
def test_a_page_of_pieces_is_the_page_of_the_templates(client, both):
    for search in SEARCHES * 2:  # the second time every piece is kept
        pages.forget()
        assert client.get(f"{reverse('directory')}?{search}").status_code == 200
    assert len(both) == 2 * len(SEARCHES)
    for page, ordinary in both:
        assert page == ordinary
        assert not re.search("[\ue000-\uf8ff]", page)


@pytest.mark.usefixtures("entries")
def test_without_kept_fragments_every_page_is_the_same(client, settings, monkeypatch):
    addresses = [f"{reverse('directory')}?{search}" for search in SEARCHES]
    kept = [client.get(address).text for address in addresses]
    settings.KEPT_FRAGMENTS = False
    monkeypatch.delattr(fragments.PageFragments, "__init__")
    for address, page in zip(addresses, kept, strict=True):
        assert client.get(address).text == page


def test_templates_that_are_kept_in_pieces_say_so_at_their_top(settings):
    folder = settings.BASE_DIR / "templates"
    names = {
        LIST,
        TABLE,
        options.TEMPLATE,
        fragments.CHOICES_TEMPLATE,
        fragments.PAGER_TEMPLATE,
        fragments.CHIPS_TEMPLATE,
    }
    names |= {str(path.relative_to(folder)) for path in folder.rglob("*.html") if "{% part " in path.read_text("utf-8")}
    assert len(names) >= 12
    for name in names:
        assert "practices/directory/rendering.py" in (folder / name).read_text("utf-8")[:400], name


@pytest.mark.usefixtures("entries")
@pytest.mark.parametrize("search", SEARCHES)
def test_pieces_are_what_their_templates_print(search):
    selection = read_selection(QueryDict(search))
    found = find(selection)
    page = Page(selection, found.counts.total, 20)
    pieces = fragments.PageFragments(selection)
    for _ in range(2):
        groups = facets.groups(found.counts, selection.chosen)
        expected = render_to_string("components/facet_groups.html", {"groups": groups})
        assert read(pieces.facets(found.counts).decode()) == read(expected)
        for offered in (summary.sorts, summary.sorts_of_unconfirmed, summary.views):
            expected = render_to_string("components/choices.html", {"choices": offered(selection)})
            assert read(pieces.choices(offered).decode()) == read(expected)
        chosen = summary.chips(selection)
        expected = render_to_string(
            "practices/directory/chips.html", {"chips": chosen, "cleared_url": selection.cleared().query() or "?"}
        )
        assert read(pieces.chips(chosen).decode()) == read(expected)
        expected = render_to_string("components/pager.html", {"page": page})
        assert read(pieces.pager(page).decode()) == read(expected)


def test_patterns_of_pages_do_not_grow_without_end(monkeypatch):
    monkeypatch.setattr(fragments, "MOST_FRAGMENTS", 5)
    for number in range(1, 20):
        selection = Selection(page=number)
        fragments.PageFragments(selection).pager(Page(selection, 400, 20))
    assert len(fragments.fragments) <= 5


@pytest.mark.usefixtures("entries")
def test_a_card_is_rendered_once_and_again_after_its_city_changed(django_assert_num_queries):
    found = find(Selection())
    keys = found.keys(slice(0, 20))
    with django_assert_num_queries(1):
        first = cards.of(keys, Reading(), LIST, found.stamps(keys))
    with django_assert_num_queries(0):
        assert cards.of(keys, Reading(), LIST, found.stamps(keys)) == first
    from practices.models import City

    City.objects.filter(country="EC").update(name="Cuenca")
    found = find(Selection())
    with django_assert_num_queries(1):
        again = cards.of(keys, Reading(), LIST, found.stamps(keys))
    assert again.count(b"Cuenca") == first.count(b"Quito") == 10


def test_a_card_shows_the_first_figure_as_it_is_now(client):
    practice = a_practice()
    assert 'class="key-figure"' not in client.get(reverse("directory")).text
    source = practice.sources.get()
    practice.figures.create(value="6,400", what="families reached", year=2013, source=source)
    practice.figures.create(value="12", what="parks", year=2014, source=source)
    page = client.get(reverse("directory")).text
    assert ">6,400</b>" in page and "families reached, 2013" in page and ">12</b>" not in page
    practice.figures.first().delete()
    assert ">12</b>" in client.get(reverse("directory")).text


@pytest.mark.usefixtures("entries")
def test_words_found_are_marked_only_where_words_were_asked_for(client):
    plain, searched = (client.get(reverse("directory"), query).text for query in ({}, {"q": "roof"}))
    assert "<mark>" not in plain
    assert "A <mark>roof</mark> &amp; &lt;b&gt;first" in searched
    assert "<mark>" not in client.get(reverse("directory")).text


@pytest.mark.usefixtures("entries")
def test_a_note_stands_on_its_card_for_once(django_assert_num_queries):
    found = find(Selection())
    [first, second] = keys = found.keys(slice(0, 2))
    plain = cards.of(keys, Reading(), LIST, found.stamps(keys))
    with django_assert_num_queries(0):
        noted = cards.of(keys, Reading(), LIST, found.stamps(keys), {second: SafeString("<p>same size</p>")})
    before, after = noted.split(b"<p>same size</p>")
    assert before + after == plain == cards.of(keys, Reading(), LIST, found.stamps(keys))
    assert before.count(b"<article") == 2 and after.strip() == b"</article>"
    assert first != second


def test_few_cards_are_kept_those_asked_for_again_longest(monkeypatch, django_assert_num_queries):
    monkeypatch.setattr("practices.directory.fragments.cards.BYTES_KEPT", 10_000)
    entries = [a_practice(f"Entry {at}") for at in range(40)]
    for entry in (*entries, entries[0], *entries[:-10]):
        cards.of([entry.pk], Reading(), LIST, [1])
        cards.of([entries[-1].pk], Reading(), LIST, [1])
    assert len(cards.younger) + len(cards.older) < 12
    with django_assert_num_queries(0):
        cards.of([entries[-1].pk], Reading(), LIST, [1])
    with django_assert_num_queries(1):
        cards.of([entries[0].pk], Reading(), LIST, [1])


@pytest.mark.parametrize(
    "tag", ["{% part %}{% endpart %}", "{% part name %}{% endpart %}", '{% part "a" "b" %}{% endpart %}']
)
def test_a_part_without_a_name_is_refused(tag):
    with pytest.raises(TemplateSyntaxError, match="one name in quotes"):
        engines["django"].from_string("{% load fragments %}" + tag)


def test_a_page_leaves_out_what_its_frame_was_not_told(settings):
    """What stands outside of a part may not depend on a search: strict templates refuse it in the frame."""
    request = RequestFactory().get("/")
    template = engines["django"].from_string('{% load fragments %}<p>{% part "a" %}{{ a }}{% endpart %}</p>')
    assert fragments.PageShell(template, request).fragment({"a": "<b>"}, set()).filled({}) == b"<p>&lt;b&gt;</p>"
