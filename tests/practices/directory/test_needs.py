"""A need brings the entries that answer it forward where a question is close to it, and is shown to nobody but the desk."""

import re

import pytest
from django.urls import reverse

from practices.directory.needs import needs
from practices.models import Need
from practices.search import embeddings
from tests.people import a_practice
from tests.practices.directory.meaning import embed_all, toy_model  # noqa: F401 - a fixture

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("toy_model")]


@pytest.fixture
def entries():
    """The older ones stand last while nothing tells them apart."""
    found = {title: a_practice(f"A roof {title}") for title in ("third", "second", "first")}
    embed_all()
    return found


def a_need(*phrases, slug="roofs"):
    need = Need.objects.create(slug=slug, phrases=[*phrases])
    Need.objects.keep(Need.objects.made())
    return need


def order(client, words="roof"):
    page = client.get(reverse("directory"), {"q": words}).text
    return list(dict.fromkeys(re.findall(r"<mark>roof</mark> (\w+)", page)))


@pytest.mark.parametrize("has_index", [True, False], ids=["by the index", "by SQL"])
def test_what_answers_comes_before_what_helps_and_both_before_the_rest(client, entries, settings, has_index):
    settings.SELECTION_INDEX = has_index
    assert order(client) == ["first", "second", "third"]
    need = a_need("roof unterkunft")
    need.needpractices.create(practice=entries["third"])
    helping = need.needpractices.create(practice=entries["second"], answers=False)
    assert order(client) == ["third", "second", "first"]
    helping.delete()
    assert order(client) == ["third", "first", "second"]
    need.delete()
    assert order(client) == ["first", "second", "third"]


def test_a_need_that_is_far_from_the_question_or_not_embedded_counts_nothing(client, entries):
    a_need("garden", slug="gardens").needpractices.create(practice=entries["third"])
    need = Need.objects.create(slug="new", phrases=["roof"])
    need.needpractices.create(practice=entries["third"])
    assert order(client) == ["first", "second", "third"]
    Need.objects.keep(Need.objects.made())
    assert order(client)[0] == "third"
    Need.objects.filter(pk=need.pk).update(made_from="another-model 1")
    assert order(client) == ["first", "second", "third"]


def test_only_the_closest_needs_count(entries, monkeypatch):
    monkeypatch.setattr(embeddings, "NEEDS_COUNTED", 1)
    a_need("roof").needpractices.create(practice=entries["third"])
    a_need("roof garden", slug="both").needpractices.create(practice=entries["second"])
    keys = [entries[name].pk for name in ("third", "second", "first")]
    gains = needs.gains(1, keys, embeddings.encoder.query("roof"))
    assert gains == pytest.approx([embeddings.ANSWERING * (1 - embeddings.NEED_CLOSE), 0, 0])


def test_they_are_read_once_in_an_edition(entries, django_assert_num_queries):
    a_need("roof")
    question = embeddings.encoder.query("roof")
    with django_assert_num_queries(2):
        needs.gains(1, [], question)
        needs.gains(1, [], question)


def test_their_phrases_are_on_no_page(client, entries):
    a_need("roof", "a place of refuge at night").needpractices.create(practice=entries["first"])
    pages = (entries["first"].get_absolute_url(), reverse("directory"), reverse("directory") + "?q=roof")
    assert not any("refuge at night" in client.get(page).text for page in pages)
