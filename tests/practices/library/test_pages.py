"""The library's pages: what is found, what a document shows, and that what is hidden is named nowhere."""

import pytest
from django.urls import reverse

from practices.library.dialogue import CONCLUSIONS, SESSION
from practices.models import LibraryDocument
from tests.people import a_city, a_practice
from tests.practices.guides.making import a_document as a_guide_document
from tests.practices.guides.making import a_guide
from tests.practices.library.making import a_document, names, shows

pytestmark = pytest.mark.django_db
LIBRARY = "/en/library/"


def titles(client, query=""):
    return [row.title for row in client.get(LIBRARY + query).context["rows"]]


@pytest.fixture
def shelf():
    """Three documents that differ in every facet."""
    a_document("Mexico Plan of Action", "Solidarity cities", kind="declaration", year=2004, themes=["rights"],
               publisher="Governments and UNHCR", organisations=["Governments", "UNHCR"], languages=["es", "en"])  # fmt: skip
    a_document("Housing newcomers", "Owners want a guarantee", kind="guide", year=2020, themes=["housing"],
               publisher="Eurocities", organisations=["Eurocities"], languages=["en"])  # fmt: skip
    a_document("São Paulo meets", "A word on housing", kind="dialogue", year=None, themes=["welcome"])


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Housing newcomers", "Mexico Plan of Action", "São Paulo meets"]),
        ("?q=housing", ["Housing newcomers", "São Paulo meets"]),  # the title counts for more
        ("?q=SAO+paul", ["São Paulo meets"]),
        ("?q=guarantee+eurocities", ["Housing newcomers"]),
        ("?q=zeppelin", []),
        ("?q=!!", []),
        ("?kind=guide&kind=declaration", ["Housing newcomers", "Mexico Plan of Action"]),
        ("?organisation=unhcr", ["Mexico Plan of Action", "São Paulo meets"]),
        ("?theme=housing&language=es", []),
        ("?language=es", ["Mexico Plan of Action"]),
        ("?year=unknown", ["São Paulo meets"]),
        ("?kind=poem&year=x&page=0&theme=%00", ["Housing newcomers", "Mexico Plan of Action", "São Paulo meets"]),
    ],
)
def test_the_list_is_searched_and_filtered(client, shelf, query, found):
    assert titles(client, query) == found


def test_each_facet_is_counted_without_its_own_choice(client, shelf):
    groups = {group.name: group for group in client.get(f"{LIBRARY}?kind=guide").context["groups"]}
    assert {option.code: option.count for option in groups["kind"].options} == {
        "dialogue": 1, "declaration": 1, "guide": 1,
    }  # fmt: skip
    assert {option.code: option.count for option in groups["organisation"].options} == {"eurocities": 1}


def test_the_heading_says_the_search_and_each_part_can_be_removed(client, shelf):
    answer = client.get(f"{LIBRARY}?q=owners&kind=guide&theme=housing&year=2020&language=en")
    assert answer.context["heading"] == (
        "1 document matching “owners” of the kind “Manual or standard” about housing from 2020 in English"
    )
    urls = [chip.url for chip in answer.context["chips"]]
    assert "?q=owners&theme=housing&year=2020&language=en" in urls and len(urls) == 5


def test_the_list_has_pages(client):
    for number in range(23):
        a_document(f"Paper {number}")
    assert len(titles(client)) == 20 and len(titles(client, "?page=2")) == 3
    assert 'href="?page=2"' in client.get(LIBRARY).text


def test_a_draft_and_a_withdrawn_document_are_shown_nowhere_and_the_address_says_so(client):
    draft, gone = a_document("Draft", published_on=None), a_document("Gone", withdrawn_on="2199-01-01")
    assert titles(client) == []
    assert client.get(draft.get_absolute_url()).status_code == 404
    answer = client.get(gone.get_absolute_url())
    assert answer.status_code == 410 and "taken this document off" in answer.text


def test_the_page_shows_points_cities_practices_and_guides(client):
    document = a_document("Cities of solidarity", "Early inclusion pays", "Means are needed", note="Day not seen.")
    practice, other = a_practice("Parks"), a_practice("Language classes", published_at=None)
    shows(document, practice, 2)
    shows(document, other)
    names(document, practice.city)
    names(document, None, "Dakar", "SN")
    guide = a_guide()
    a_guide_document(guide, url=document.url)
    answer = client.get(document.get_absolute_url())
    assert [len(point.practices) for point in answer.context["points"]] == [0, 1]
    assert practice.get_absolute_url() in answer.text and "Language classes" not in answer.text
    assert practice.city.get_absolute_url() in answer.text and "Dakar" in answer.text and "Day not seen." in answer.text
    assert guide.get_absolute_url() in answer.text
    assert document.get_absolute_url() in client.get(guide.get_absolute_url()).text


def test_a_practice_and_a_city_name_their_documents(client):
    document, practice = a_document("Kept title", year=2019), a_practice()
    shows(document, practice, 1)
    names(document, practice.city)
    for page in (practice.get_absolute_url(), practice.city.get_absolute_url()):
        assert document.get_absolute_url() in client.get(page).text
    LibraryDocument.objects.update(published_on=None)
    for page in (practice.get_absolute_url(), practice.city.get_absolute_url()):
        assert document.get_absolute_url() not in client.get(page).text


def test_related_documents_share_what_few_have(client):
    document = a_document("One", organisations=["IGAD"], themes=["health"])
    a_document("Near", organisations=["IGAD"], themes=["health"])
    a_document("Far", organisations=["UNESCO"], themes=["rights"])
    assert [row.title for row in client.get(document.get_absolute_url()).context["related"]] == ["Near"]


def test_a_hidden_city_is_named_by_no_page_of_the_library(client):
    hidden = a_city("Verborgenstadt", "DE")
    document = a_document("A letter", "Verborgenstadt signed", "All agreed", summary="Verborgenstadt wrote.")
    names(document, hidden)
    for page in (LIBRARY, document.get_absolute_url(), "/en/library/timeline/", f"{LIBRARY}?q=agreed"):
        answer = client.get(page)
        assert "Verborgenstadt" not in answer.text and "A letter" in answer.text
    assert titles(client, "?q=verborgenstadt") == titles(client, "?q=zeppelin") == []
    assert client.get(f"{LIBRARY}?city={hidden.slug}").context["chips"] == []


def test_the_documents_that_name_a_city_can_be_listed(client):
    city = a_practice().city
    names(a_document("Names it"), city)
    a_document("Does not")
    answer = client.get(f"{LIBRARY}?city={city.slug}")
    assert [row.title for row in answer.context["rows"]] == ["Names it"]
    assert answer.context["heading"] == f"1 document naming {city.name}"


def test_the_timeline_goes_through_the_years(client):
    for title, facts in {
        "Later": {"year": 2018, "dates": "2018-12-18"}, "First": {"year": 2004, "kind": "declaration"},
        "Earlier": {"year": 2018, "dates": "2018-02-20"}, "News": {"year": 2018, "kind": "news"}, "Undated": {"year": None},
    }.items():  # fmt: skip
        a_document(title, **facts)
    years = client.get("/en/library/timeline/").context["years"]
    assert [(year, [row.title for row in rows]) for year, rows in years] == [
        (2004, ["First"]), (2018, ["Earlier", "Later"]),
    ]  # fmt: skip


def test_the_dialogue_shows_the_practices_of_each_conclusion(client):
    assert client.get("/en/library/dialogue/").status_code == 404
    document = a_document("Session", *(conclusion.anchor for conclusion in CONCLUSIONS), slug=SESSION)
    for point, conclusion in zip(document.points.all(), CONCLUSIONS, strict=True):
        point.anchor = conclusion.anchor
        point.save()
    practice = a_practice("Welcome Dayton")
    shows(document, practice, 2)
    answer = client.get("/en/library/dialogue/")
    assert [len(one.point.practices) for one in answer.context["conclusions"]] == [0, 1, 0, 0, 0]
    assert "Arrivals can revive towns in decline" in answer.text and "Welcome Dayton" in answer.text


def test_the_search_of_practices_names_what_the_library_has(client, django_assert_num_queries):
    for number in range(4):
        a_document(f"Housing newcomers {number}")
    a_practice("Housing first")
    page = reverse("directory") + "?q=housing"
    for address in (page, reverse("directory") + "?q=newcomers"):
        text = client.get(address).text
        assert "In the library" in text and text.count("/en/library/document-") == 3
    assert "In the library" not in client.get(reverse("directory")).text
    assert "In the library" not in client.get(reverse("directory") + "?q=zeppelin").text
    with django_assert_num_queries(1):  # the look at the edition
        client.get(page)


def test_on_pages_in_other_languages_english_is_marked(client):
    document = a_document("Ciudades Solidarias", title_language="es", english_title="Cities of Solidarity")
    text = client.get(document.get_absolute_url().replace("/en/", "/ar/")).text
    assert '<h1 lang="es" dir="ltr">Ciudades Solidarias</h1>' in text
    assert '<p class="lead" lang="en" dir="ltr">What cities said.</p>' in text
