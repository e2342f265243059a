"""Practices are ticked in the list: the boxes belong to the form that narrows, so that nothing of the search is lost."""

import re

import pytest
from django.urls import reverse

from tests.people import a_city, a_practice

pytestmark = pytest.mark.django_db


@pytest.fixture
def entries():
    amman = a_city("Amman", "JO")
    return [a_practice(f"Roof {at}", amman, slug=f"roof-{at}", themes=["housing"]) for at in range(1, 31)]


def boxes(page):
    return re.findall(r'<input type="checkbox" form="narrow" name="p" value="([a-z0-9-]+)"( checked)?>', page)


def elsewhere(page):
    return re.findall(r'<input type="hidden" form="narrow" name="p" value="([a-z0-9-]+)">', page)


@pytest.mark.parametrize("kept", [True, False])
def test_what_the_address_names_is_ticked_on_its_card(client, entries, settings, kept):
    settings.KEPT_FRAGMENTS = kept
    shown = [slug for slug, _ticked in boxes(client.get(reverse("directory")).text)]
    assert len(shown) == 20
    other = next(entry.slug for entry in entries if entry.slug not in shown)
    page = client.get(reverse("directory"), {"p": [shown[3], other]}).text
    assert [slug for slug, ticked in boxes(page) if ticked] == [shown[3]]
    assert elsewhere(page) == [other]


def test_the_table_has_the_same_boxes(client, entries):
    page = client.get(f"{reverse('directory')}?view=table&p=roof-2").text
    assert len(boxes(page)) == 30
    assert [slug for slug, ticked in boxes(page) if ticked] == ["roof-2"] and not elsewhere(page)


@pytest.mark.parametrize("query", ["view=map", "q=nothingatall"])
def test_a_list_without_the_card_keeps_what_is_ticked(client, entries, query):
    page = client.get(f"{reverse('directory')}?{query}&p=roof-1&p=roof-2").text
    named = {slug for slug, ticked in boxes(page) if ticked} | set(elsewhere(page))
    assert named == {"roof-1", "roof-2"}


def test_clear_keeps_the_search(client, entries):
    page = client.get(reverse("directory"), {"theme": "housing", "p": "roof-1"}).text
    assert re.search(r'<a href="\?theme=housing">\s*Clear', page)


def test_a_shorter_address_ticks_no_other_practice(client, entries):
    page = client.get(reverse("directory"), {"p": "roof-1", "q": "roof"}).text
    assert [slug for slug, ticked in boxes(page) if ticked] + elsewhere(page) == ["roof-1"]


def test_the_form_says_each_ticked_practice_once(client, entries):
    page = client.get(reverse("directory"), {"p": "roof-1", "like": "amman-jo", "q": "roof"}).text
    assert len(re.findall(r'name="p" value="roof-1"', page)) == 1
