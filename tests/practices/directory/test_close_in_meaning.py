"""The second list of a search: what is close in meaning, below what was found and never in its place."""

import re

import pytest
from django.db import transaction
from django.db.models.functions import Now
from django.urls import reverse

from practices.directory.index.keeper import selection_index
from practices.directory.index.meanings import meanings
from practices.models import Practice, PracticeEmbedding
from practices.search import embeddings
from tests.people import a_city, a_practice
from tests.practices.directory.meaning import embed_all, toy_model  # noqa: F401 - a fixture

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("toy_model")]
HEADING = '<h2 id="close">Close in meaning</h2>'


@pytest.fixture
def roofs():
    """Twelve entries about roofs, eight of them in Quito, and one about a school."""
    quito, amman = a_city("Quito", "EC"), a_city("Amman", "JO")
    entries = [a_practice(f"A roof {at}", quito if at < 8 else amman, themes=["housing"]) for at in range(12)]
    entries.append(a_practice("A school", amman, themes=["education"]))
    embed_all()
    return entries


def lists(client, **query) -> tuple[list[str], list[str]]:
    """The titles found, and those close in meaning."""
    page = client.get(reverse("directory"), query).text
    found, _heading, close = page.partition(HEADING)
    titles = re.compile(r"<h2[^>]*>\s*<a [^>]*>(.*?)</a>\s*</h2>", re.DOTALL)
    return tuple([re.sub("<[^>]+>", "", title) for title in titles.findall(part)] for part in (found, close))


def test_a_question_in_another_language_is_told_that_nobody_mentions_it_and_then_what_is_close(client, roofs):
    page = client.get(reverse("directory"), {"q": "Unterkunft"}).text
    assert page.index("No practice mentions “Unterkunft”.") < page.index(HEADING)
    assert "they are about something similar" in page
    found, close = lists(client, q="Unterkunft")
    assert found == [] and len(close) == 10
    assert all(title.startswith("A roof") for title in close)
    assert lists(client, q="школа") == ([], ["A school"])


def test_both_lists_together_have_ten_and_none_stands_in_both(client, roofs):
    roofs[0].title = "Schule"
    roofs[0].save()
    embed_all()
    found, close = lists(client, q="schule")
    assert found == ["Schule"] and close == ["A school"]
    for entry in roofs[1:5]:
        Practice.objects.filter(pk=entry.pk).update(summary="Unterkunft")
    embed_all()
    found, close = lists(client, q="unterkunft")
    assert len(found) == 4 and len(close) == 6
    assert not set(found) & set(close)


def test_ten_that_are_found_are_enough(client, roofs):
    found, close = lists(client, q="roof")
    assert len(found) == 12 and close == []


def test_what_is_chosen_holds_for_both_lists(client, roofs):
    assert len(lists(client, q="Unterkunft", country="EC")[1]) == 8
    assert len(lists(client, q="Unterkunft", country="JO", theme="housing")[1]) == 4
    assert lists(client, q="Unterkunft", theme="education") == ([], [])


@pytest.mark.parametrize(
    "query",
    [
        {"page": "2"},
        {"sort": "newest"},
        {"view": "map"},
        {"view": "table"},
        {"exact": "1"},
        {"q": "Unterkunft -zelt"},
        {"q": ""},
        {"q": "zelt"},
        {"size_like": "under-20k"},
    ],
    ids=["page 2", "newest first", "map", "table", "exact", "without a word", "no words", "no subject", "like my city"],
)
def test_there_is_no_second_list(client, roofs, query):
    page = client.get(reverse("directory"), {"q": "Unterkunft"} | query)
    assert page.status_code == 200 and HEADING not in page.text


def test_by_best_match_it_stands_beside_a_city_of_ones_own(client, roofs):
    assert len(lists(client, q="Unterkunft", size_like="under-20k", sort="match")[1]) == 10


def test_the_page_is_the_same_without_the_packages(client, roofs, monkeypatch):
    with_list = client.get(reverse("directory"), {"q": "roof"}).text
    monkeypatch.setattr(embeddings, "is_available", lambda: False)
    assert client.get(reverse("directory"), {"q": "roof"}).text == with_list
    page = client.get(reverse("directory"), {"q": "Unterkunft"}).text
    assert "No practice mentions “Unterkunft”." in page and HEADING not in page


@pytest.mark.parametrize("name", ["SELECTION_INDEX", "KEPT_FRAGMENTS"])
def test_index_and_kept_fragments_only_make_it_faster(client, roofs, settings, name):
    Practice.objects.filter(pk=roofs[3].pk).update(summary="Unterkunft")
    embed_all()
    queries = [{"q": "Unterkunft"}, {"q": "unterkunft", "country": "JO"}, {"q": "школа"}, {"q": "zelt"}]
    addresses = [
        f"{reverse('directory')}?" + "&".join(f"{key}={word}" for key, word in query.items()) for query in queries
    ]
    pages = [client.get(address).text for address in addresses]
    assert sum(HEADING in page for page in pages) == 3
    setattr(settings, name, False)
    assert [client.get(address).text for address in addresses] == pages


def test_what_is_new_changed_or_withdrawn_is_seen_at_once(client, roofs, toy_model):  # noqa: F811
    assert lists(client, q="сад") == ([], [])
    Practice.objects.filter(pk=roofs[12].pk).update(title="A garden")
    assert lists(client, q="сад") == ([], []) and lists(client, q="школа")[1] == ["A garden"]
    assert embed_all() == 1
    assert lists(client, q="сад") == ([], ["A garden"]) and lists(client, q="школа") == ([], [])
    a_practice("Another garden")
    assert embed_all() == 1
    assert set(lists(client, q="сад")[1]) == {"A garden", "Another garden"}
    Practice.objects.filter(pk=roofs[12].pk).update(archived_at=Now())
    assert lists(client, q="сад")[1] == ["Another garden"]
    assert embed_all() == 0


def test_embeddings_are_read_once(client, roofs, django_assert_num_queries):
    client.get(reverse("directory"), {"q": "Unterkunft"})
    bitmaps = selection_index.current()
    question = embeddings.encoder.query("сад")
    with django_assert_num_queries(0):
        assert meanings.closest(bitmaps, question, bitmaps.everything, 10) == []
    meanings.forget()
    with django_assert_num_queries(1):
        assert meanings.closest(bitmaps, embeddings.encoder.query("дах"), bitmaps.everything, 20)


@pytest.mark.django_db(transaction=True)
def test_a_rolled_back_embedding_is_forgotten(client, roofs):
    before = lists(client, q="школа")
    with transaction.atomic():
        PracticeEmbedding.objects.filter(practice=roofs[12]).delete()
        assert lists(client, q="школа") == ([], [])
        transaction.set_rollback(True)
    assert lists(client, q="школа") == before == ([], ["A school"])


def test_what_is_found_by_its_words_is_ordered_by_what_they_mean_too(client, settings, monkeypatch):
    a_practice("Bakery", summary="Beside a school.")
    a_practice("Garden", summary="Beside a bakery.")
    assert lists(client, q="bakery сад")[0] == ["Bakery", "Garden"]  # nothing is embedded yet
    embed_all()
    assert lists(client, q="bakery сад")[0] == ["Garden", "Bakery"]
    assert lists(client, q="bakery")[0] == ["Bakery", "Garden"]
    assert lists(client, q="bakery сад", exact="1")[0] == []
    a_practice("Yard", a_city("Oslo", "NO"), summary="Beside a bakery, too.")
    by_both = ["Garden", "Yard", "Bakery"]  # what is not embedded yet stands between what is close and what is not
    assert lists(client, q="bakery сад")[0] == by_both
    settings.SELECTION_INDEX = False
    assert lists(client, q="bakery сад")[0] == by_both
    monkeypatch.setattr(embeddings, "is_available", lambda: False)
    assert lists(client, q="bakery сад")[0] == ["Bakery", "Yard", "Garden"]
