"""The visitor names a city, or describes one: the directory is put in order by it, and says why. No script is needed."""

import re

import pytest
from django.urls import reverse

from practices.directory.filters import read_selection
from practices.directory.found import FoundBySql, FoundInIndex
from practices.models import Place
from tests.people import a_city, a_practice

pytestmark = pytest.mark.django_db
AMMAN = "?like=amman-jo"
LED_ON = r'href="([^"]+\?like=amman-jo)"[^>]*>((?:Like it|Unlike it|Its own))<'


@pytest.fixture
def entries():
    """Amman's own, one of a city like it, one of a city unlike it."""
    amman = a_city("Amman", "JO", population=1_275_857, latitude=31.9, longitude=35.9)
    beirut = a_city("Beirut", "LB", population=1_200_000, latitude=33.9, longitude=35.5)
    altena = a_city("Altena", "DE", population=16_922, latitude=51.3, longitude=7.6)
    return [
        a_practice("Unlike it", altena, contexts=["resettlement"], themes=["housing"]),
        a_practice("Its own", amman, contexts=["protracted"], themes=["health"]),
        a_practice("Like it", beirut, contexts=["protracted"], themes=["housing"]),
    ]


def directory(client, query):
    return client.get(reverse("directory") + query).text


def titles(page):
    return re.findall(r"<h2[^>]*><a[^>]*>(.*?)</a>", page)


@pytest.mark.usefixtures("entries")
@pytest.mark.parametrize("by_index", [True, False])
def test_what_is_most_like_the_city_comes_first_with_its_reasons(client, settings, by_index):
    settings.SELECTION_INDEX = by_index
    page = directory(client, AMMAN)
    assert titles(page) == ["Like it", "Unlike it", "Its own"]
    assert "Compared with Amman:" in page
    assert re.search(r"<b>Very similar</b> Same size&nbsp;·\s+Long-lasting displacement", page)
    own = page.partition("Its own")[2]
    assert "<b>Your own city</b>" in own and "similar</b>" not in own
    assert page.count("Your own city</b>") == 1
    assert "Amman’s own practice is not compared with itself. The city’s own practices come last." in page
    assert 'href="/en/cities/amman-jo/">See what Amman does</a>' in page
    assert "We know of nothing in common" in page and "Much smaller" in page


@pytest.mark.usefixtures("entries")
@pytest.mark.parametrize("view", ["list", "table"])
@pytest.mark.parametrize("is_kept", [True, False])
def test_the_city_goes_along_to_the_entry_which_says_what_is_alike_and_what_is_not(client, settings, view, is_kept):
    settings.KEPT_FRAGMENTS = is_kept
    page = directory(client, f"{AMMAN}&view={view}")
    pages = {title: client.get(link).text for link, title in re.findall(LED_ON, page) if title != "Its own"}
    assert pages.keys() == {"Like it", "Unlike it"}
    assert "Compared with Amman" in pages["Like it"] and "<b>Very similar</b> Same size" in pages["Like it"]
    assert "Much smaller" in pages["Unlike it"]
    assert "Could this work in Amman?" in pages["Like it"] and '/worksheet/?like=amman-jo"' in pages["Like it"]
    [canonical] = re.findall(r'<link rel="canonical" href="([^"]+)"', pages["Like it"])
    assert "like=" not in canonical
    assert not re.findall(LED_ON, directory(client, f"?view={view}"))


@pytest.mark.parametrize("key", ["nowhere", "%00", "x" * 300, "999999999999", "amman-jo-&like=nowhere", ""])
def test_a_city_that_nobody_knows_changes_nothing_on_the_entrys_page(client, entries, key):
    answer = client.get(f"{entries[2].get_absolute_url()}?like={key}")
    assert answer.status_code == 200 and "Compared with" not in answer.text


@pytest.mark.usefixtures("entries")
def test_it_leaves_nothing_out_and_works_with_filters_words_and_other_orders(client):
    assert titles(directory(client, AMMAN + "&theme=housing")) == ["Like it", "Unlike it"]
    assert len(titles(directory(client, AMMAN + "&q=parks"))) == 3
    newest = directory(client, AMMAN + "&sort=newest")
    assert titles(newest) == ["Like it", "Its own", "Unlike it"] and "Very similar" in newest
    assert "is not compared with itself. <a" in newest


@pytest.mark.usefixtures("entries")
def test_table_and_map_say_why_too(client):
    table = directory(client, AMMAN + "&view=table")
    assert '<th scope="col">Similarity to your city</th>' in table and table.count('<td><span class="alike">') == 3
    places = directory(client, AMMAN + "&view=map").partition('<ul class="places">')[2]
    assert re.findall(r"/cities/([a-z-]+)/", places)[:3] == ["beirut-lb", "altena-de", "amman-jo"]
    assert places.count("Your own city") == 1 and table.count("Your own city") == 1
    assert "Also in Western Asia" in places


@pytest.mark.usefixtures("entries")
def test_the_choice_stays_in_every_address_and_in_the_form(client):
    page = directory(client, AMMAN + "&theme_like=housing&theme=housing")
    for address in re.findall(r'(?:class="sorts"|class="tabs"|class="chips").*?</(?:nav|ul)>', page, re.DOTALL):
        assert all("like=amman-jo&amp;theme_like=housing" in one for one in re.findall(r'href="(\?[^"]*)"', address))
    form = page.partition('id="narrow"')[2].partition("</form>")[0]
    assert '<input type="hidden" name="like" value="amman-jo">' in form
    assert '<input type="hidden" name="theme_like" value="housing">' in form
    assert 'href="?theme=housing">Stop comparing' in page
    assert not client.cookies


@pytest.mark.usefixtures("entries")
def test_no_visitor_is_shown_the_city_of_another(client):
    for query in (AMMAN + "&theme=housing", "?theme=housing", "?size_like=under-20k&theme=housing", "?theme=housing"):
        page = directory(client, query)
        assert ("amman-jo&" in page) == ("amman" in query)
        assert ("under-20k&" in page) == ("under-20k" in query)
        assert ("similar</b>" in page) == ("like" in query)


@pytest.mark.usefixtures("entries")
def test_search_engines_are_told_the_list_and_not_the_visitors_city(client):
    page = directory(client, AMMAN + "&theme=housing&p=like-it")
    assert re.search(r'rel="canonical" href="[^"]*/en/practices/\?theme=housing"', page)


BROKEN = [
    "like=", "like=%00", "like=nowhere-xx", "like=" + "a" * 9_000, "like=../etc", "like=-", "like=99999999999999999999",
    "size_like=unknown", "size_like=huge&region_like=moon&income_like=rich", "context_like=war&theme_like=x", "sort=like",
    "like=amman-jo&like=nowhere-xx",
]  # fmt: skip


@pytest.mark.usefixtures("entries")
@pytest.mark.parametrize("query", BROKEN)
def test_unknown_answers_are_ignored(client, query):
    for view in ("", "&view=map", "&view=table"):
        answer = client.get(f"{reverse('directory')}?{query}{view}")
        assert answer.status_code == 200 and "Compared with" not in answer.text
    assert client.get(f"{reverse('like')}?{query}").status_code == 200


def test_the_starter_directory_comes_in_the_same_order_from_memory_and_from_sql(starter):
    from django.http import QueryDict

    for query in (
        "like=amman-jo",
        "like=berlin-de&theme=housing",
        "size_like=50k-200k&income_like=high",
        "like=sao-paulo-br&q=women",
    ):
        selection = read_selection(QueryDict(query))
        by_index, by_sql = FoundInIndex(selection), FoundBySql(selection)
        keys = by_index.keys(slice(0, 100))
        assert keys == by_sql.keys(slice(0, 100)) and keys
        tags = {pk: sorted(found) for pk, found in by_sql.tags(keys).items()}
        known = {pk: [tag for tag in found if tag in tags[pk]] for pk, found in by_index.tags(keys).items()}
        assert {pk: sorted(found) for pk, found in known.items()} == tags


# --- the page on which the city is named --------------------------------------------------


def test_what_is_typed_leads_to_addresses_of_the_directory(client):
    Place.objects.create(
        geonames_id=7, name="Amadora", country="PT", latitude=38.7, longitude=-9.2, population=178_858, keys="|amadora|"
    )
    a_practice(city=a_city("Amman", "JO"))
    page = client.get(reverse("like"), {"city": "Am", "theme": "housing"}).text
    found = re.findall(r'<li><a href="([^"]*)">(.*?)</a>', page.partition('class="choices"')[2].partition("</ul>")[0])
    assert found == [
        ("/en/practices/?theme=housing&amp;like=amman-jo", "Amman"),
        ("/en/practices/?theme=housing&amp;like=7", "Amadora"),
    ]


def test_a_place_that_the_directory_knows_has_its_address_there(client):
    Place.objects.create(
        geonames_id=7, name="Amman", country="JO", latitude=31.9, longitude=35.9, population=1_275_857, keys="|amman|"
    )
    a_practice(city=a_city("Amman", "JO", geonames_id=7))
    Place.objects.create(
        geonames_id=8, name="Ammanford", country="GB", latitude=51.8, longitude=-4, population=5, keys="|ammanford|"
    )
    assert 'href="/en/practices/?like=amman-jo">Amman</a>' in client.get(reverse("like"), {"city": "amm"}).text


@pytest.mark.parametrize("typed", ["Amman", "amman", "Amman, Jordan"])
def test_where_only_one_place_can_be_meant_it_is_taken(client, typed):
    Place.objects.create(
        geonames_id=8, name="Ammanford", country="GB", latitude=51.8, longitude=-4, population=5, keys="|ammanford|"
    )
    a_practice(city=a_city("Amman", "JO"))
    response = client.get(reverse("like"), {"city": typed, "q": "parks"})
    assert (response.status_code, response["Location"]) == (302, "/en/practices/?q=parks&like=amman-jo")


def test_where_two_bear_the_name_a_person_chooses(client):
    for number, country in enumerate(("FR", "US"), 8):
        Place.objects.create(
            geonames_id=number, name="Paris", country=country, latitude=1, longitude=1, population=5, keys="|paris|"
        )
    page = client.get(reverse("like"), {"city": "Paris"})
    assert page.status_code == 200 and page.text.count(">Paris</a>") == 2


def test_words_without_a_city_lead_to_the_list(client):
    response = client.get(reverse("like"), {"city": " ", "q": "parks", "theme": "housing"})
    assert (response.status_code, response["Location"]) == (302, "/en/practices/?q=parks&theme=housing")


def test_a_name_that_nobody_knows_is_said_kindly(client):
    assert "We could not find a place called “Zzyx &lt;b&gt;”" in client.get(reverse("like"), {"city": "Zzyx <b>"}).text


@pytest.mark.usefixtures("entries")
def test_the_questions_show_what_is_recorded_and_keep_the_rest(client):
    page = client.get(
        reverse("like"), {"like": "amman-jo", "theme": "housing", "size_like": "under-20k", "page": "3"}
    ).text
    questions = page.partition('aria-labelledby="questions"')[2]
    assert "Tell us more about Amman" in questions and "As recorded: Western Asia" in questions
    assert '<option value="under-20k" selected>' in questions
    hidden = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', questions)
    assert hidden == [("theme", "housing"), ("like", "amman-jo")]


def test_directory_and_city_page_lead_to_it(client):
    a_practice(city=a_city("Amman", "JO"))
    assert f'href="{reverse("like")}?theme=social-cohesion"' in directory(client, "?theme=social-cohesion&page=2")
    assert f'href="{reverse("directory")}?like=amman-jo"' in client.get(reverse("city", args=["amman-jo"])).text
