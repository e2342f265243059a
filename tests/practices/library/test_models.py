"""What the database refuses of a document and of a network, and which of them are public."""

from datetime import timedelta

import pytest
from django.db import DataError, IntegrityError, connection, transaction
from django.db.models.functions import Now
from django.utils import timezone

from practices.models import DocumentCheck, LibraryDocument, Practice
from tests.people import a_city, a_practice
from tests.practices.library.making import a_document, a_network, joins, names, shows

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.mark.parametrize(
    "facts",
    [
        {"kind": "poem"},
        {"basis": "guess"},
        {"themes": ["poetry"]},
        {"slug": "timeline"},
        {"url": "ftp://example.org"},
        {"year": 3000},
        {"dates": "December"},
        {"languages": []},
        {"title_language": "English"},
        {"english_title": "The same"},
        {"published_on": None, "withdrawn_on": "2026-11-01"},
        {"kept_at": Now()},
    ],
    ids=str,
)
def test_the_database_refuses(facts):
    with pytest.raises((IntegrityError, DataError)), transaction.atomic():
        a_document(**facts)


def test_a_practice_shows_a_point_of_its_own_document_alone():
    document, other, practice = a_document(), a_document(), a_practice()
    document.documentpractices.create(practice=practice, point=other.points.get())
    with pytest.raises(IntegrityError):
        connection.check_constraints()


def test_a_practice_shows_a_point_once():
    document, practice = a_document(), a_practice()
    shows(document, practice)
    shows(document, practice, 1)
    for at in (None, 1):
        with pytest.raises(IntegrityError), transaction.atomic():
            shows(document, practice, at)


def test_a_document_is_public_from_its_day_until_it_is_withdrawn():
    public = a_document()
    a_document(published_on=None)
    a_document(published_on=TODAY() + timedelta(days=1))
    a_document(withdrawn_on=TODAY())
    assert list(LibraryDocument.objects.published()) == [public]


def test_an_entry_names_the_public_documents_that_it_shows_the_newest_first():
    practice = a_practice()
    for title, facts in (("Old", {"year": 2004}), ("New", {"year": 2024}), ("Draft", {"published_on": None})):
        shows(a_document(title, **facts), practice, 1)
    shows(LibraryDocument.objects.get(title="New"), practice)
    assert [row["title"] for row in Practice.objects.with_reading().get().read_more] == ["New", "Old"]


def test_a_city_that_is_not_public_is_named_by_no_document():
    document = a_document()
    shown, hidden = a_practice().city, a_city("Hidden", "JO")
    for city in (shown, hidden):
        names(document, city)
    names(document, None, "Dakar", "SN")
    assert {row.name for row in document.documentcities.public()} == {shown.name, "Dakar"}
    assert [row.name for row in document.documentcities.hidden()] == ["Hidden"]


def test_a_number_of_members_stands_with_its_source():
    with pytest.raises(IntegrityError), transaction.atomic():
        a_network(member_count=12)
    a_network(member_count=12, member_count_of="cities", member_count_source="https://example.org/")


def test_a_network_counts_its_members_that_have_a_public_page():
    network = a_network()
    joins(network, a_practice(city=a_city(signed_precision="unknown")).city)
    joins(network, a_city("Signed", "JO", signed_precision="unknown"))
    joins(network, a_city("Hidden", "JO"))
    network.othermembers.create(name="Dakar", country="SN", source_url="https://example.org/")
    row = type(network).objects.with_counts().get()
    assert (row.member_cities, row.signed_cities, row.practice_cities, row.other_members) == (2, 2, 1, 1)


def test_what_was_seen_of_an_address_says_nothing_about_another():
    document = a_document(broken_since=TODAY(), last_seen_on=TODAY())
    DocumentCheck.objects.create(document=document, outcome="gone")
    document.url = "https://example.org/moved"
    document.save()
    document.refresh_from_db()
    assert document.broken_since is document.last_seen_on is None and not DocumentCheck.objects.exists()
