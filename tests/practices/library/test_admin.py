"""Documents and networks at the desk: composed on one page, logged, kept by nobody but curators."""

import re

import pytest
from django.contrib.admin.models import LogEntry
from django.utils import timezone

from practices.models import LibraryDocument, Network, NetworkTranslation
from tests.desk import desk, form_of, save
from tests.login import at_the_desk, staff
from tests.people import a_practice
from tests.practices.library.making import a_document, a_network, a_network_translation, shows

pytestmark = pytest.mark.django_db


@pytest.fixture
def curator():
    return at_the_desk(staff("ana", "Curator"))


def page_of(document):
    return desk("librarydocument", "change", document.pk)


def test_a_curator_adds_a_document_with_its_points(curator):
    typed = {
        "title": "Ciudades Solidarias", "title_language": "es", "english_title": "Cities of Solidarity",
        "slug": "ciudades-solidarias", "kind": "dialogue", "publisher": "UNHCR", "organisations": "UNHCR\nUCLG",
        "languages": "es\nen", "url": "example.org/paper", "summary": "What cities said.", "basis": "page",
        "themes": ["welcome"], "points-0-text": "Early inclusion pays", "published_on": "2026-11-01",
    }  # fmt: skip
    page = desk("librarydocument", "add")
    assert save(curator, page, **typed | {"languages": "es\nklingonese-x"}) != []
    assert save(curator, page, **typed) == []
    document = LibraryDocument.objects.get()
    assert (document.organisations, document.url) == (["UNHCR", "UCLG"], "https://example.org/paper")
    assert document.points.get().position == 1
    assert "Early inclusion pays" in curator.get(document.get_absolute_url()).text


def test_practices_and_cities_are_put_to_it(curator):
    document, practice = a_document("A paper", "One", "Two"), a_practice()
    other = a_document().points.get()
    fields = {
        "documentpractices-0-practice": f"https://cities.example{practice.get_absolute_url()}",
        "documentpractices-0-point": document.points.last().pk,
        "documentcities-0-name": "Amman", "documentcities-0-country": "JO", "documentcities-0-city": practice.city.slug,
    }  # fmt: skip
    assert save(curator, page_of(document), **fields | {"documentpractices-0-point": other.pk}) != []
    assert save(curator, page_of(document), **fields) == []
    assert document.documentpractices.get().point.text == "Two" and document.documentcities.get().city == practice.city
    assert "Added practice in a document" in LogEntry.objects.get().get_change_message()


def test_its_history_says_who_changed_what(curator):
    document = a_document("A paper", "One", "Two")
    assert save(curator, page_of(document), publisher="Another") == []
    other = at_the_desk(staff("ben", "Curator"))
    assert save(other, page_of(document), **{"points-0-text": "First"}) == []
    page = curator.get(desk("librarydocument", "history", document.pk)).text
    rows = [" ".join(re.sub("<[^>]+>", " ", row).split()) for row in re.findall(r"<tr>.*?</tr>", page, re.DOTALL)[1:]]
    first, second = rows
    assert "ana" in first and "Changed Publisher" in first
    assert "ben" in second and "Changed Text for key point" in second and "Publisher" not in second


def test_a_point_that_is_removed_leaves_its_practice_with_the_document(curator):
    document = a_document("A paper", "One", "Two")
    place = shows(document, a_practice(), 1)
    gone = {"points-0-DELETE": "on"}
    assert save(curator, page_of(document), **gone) == [
        ["This key point is being removed: select another one."]
    ]  # fmt: skip
    assert save(curator, page_of(document), **gone, **{"documentpractices-0-point": ""}) == []
    place.refresh_from_db()
    assert place.point is None and document.points.get().text == "Two"


def test_the_address_of_a_public_document_stays_and_nobody_deletes_it(curator):
    document = a_document()
    assert "slug" not in form_of(curator, page_of(document))
    assert "slug" in form_of(curator, page_of(a_document(published_on=None)))
    viewer = at_the_desk(staff("vera", "Viewer"))
    assert viewer.get(page_of(document)).status_code == 200 and viewer.post(page_of(document), {}).status_code == 403
    assert curator.post(desk("librarydocument", "delete", document.pk)).status_code == 403


def test_a_broken_link_waits_until_somebody_keeps_or_mends_it(curator):
    document = a_document(broken_since=timezone.localdate())
    listed = desk("librarydocument")
    assert curator.get(listed, {"waits": "broken"}).context["cl"].result_count == 1
    for _again in range(2):
        curator.post(listed, {"action": "keep", "_selected_action": [document.pk]})
    assert curator.get(listed, {"waits": "broken"}).context["cl"].result_count == 0
    assert LogEntry.objects.get().change_message == "The document stays as it is and is no longer listed."


def test_a_curator_describes_a_network_and_its_members(curator):
    network, city = a_network(), a_practice().city
    fields = {
        "member_count": "240", "member_count_of": "cities", "sources": "https://example.org/a\nhttps://example.org/b",
        "memberships-TOTAL_FORMS": "1", "memberships-0-city": city.slug, "memberships-0-network": network.pk,
        "memberships-0-source_url": "example.org/members",
    }  # fmt: skip
    page = desk("network", "change", network.pk)
    assert save(curator, page, **fields) != []  # where does the number stand?
    assert save(curator, page, **fields, member_count_source="https://example.org/240") == []
    network = Network.objects.get()
    assert network.memberships.get().city == city and len(network.sources) == 2


def test_a_network_without_members_is_taken_away_with_its_translations(curator):
    network = a_network(description="It brings cities together.")
    a_network_translation(network, "fr")
    page = desk("network", "delete", network.pk)
    assert "translation" in curator.get(page).text
    curator.post(page, {"post": "yes"})
    assert not Network.objects.exists() and not NetworkTranslation.objects.exists()
