"""Loading the library and the networks from files, and what the starter directory's own hold."""

import json

import pytest
from django.conf import settings

from practices.models import City, DocumentPractice, LibraryDocument, Membership, Network, OtherMember, Practice
from tests.folders import ENTRY, TOWN, load, problems, write

pytestmark = pytest.mark.django_db
DOCUMENT = {
    "slug": "cities-of-solidarity", "kind": "dialogue", "title": "Ciudades Solidarias", "title_language": "es",
    "english_title": "Cities of Solidarity", "publisher": "UNHCR and UCLG", "organisations": ["UNHCR", "UCLG"],
    "year": 2018, "dates": "2018-12-18/2018-12-19", "languages": ["es", "en"], "url": "https://example.org/d",
    "more_urls": ["https://example.org/more"], "summary": "What cities said.", "themes": ["welcome"],
    "points": [{"text": "Early inclusion pays", "anchor": "early"}, {"text": "Means are needed"}],
    "cities": [{"name": "Amman", "country": "JO"}, {"name": "Dakar", "country": "SN"}],
    "practices": [{"slug": ENTRY["slug"], "point": 2}], "basis": "opening", "note": "Day not seen.",
    "published_on": "2026-11-01",
}  # fmt: skip
NETWORK = {
    "slug": "metropolis", "name": "Metropolis", "kind": "association", "region": "global", "founded": 1985,
    "website": "https://example.org/metropolis", "member_count": 136, "member_count_of": "members",
    "member_count_year": 2017, "member_count_source": "https://example.org/136", "description": "Big cities.",
    "sources": ["https://example.org/about"], "note": "Undated.",
    "members": [
        {"city": "Amman", "country": "JO", "source": "https://example.org/amman"},
        {"city": "Dakar", "country": "SN", "source": "https://example.org/dakar"},
    ],
}  # fmt: skip


@pytest.fixture
def folder(tmp_path):
    return write(tmp_path, cities=[TOWN], practices=[ENTRY], documents=[DOCUMENT], networks=[NETWORK])


def test_a_document_is_loaded_with_its_parts_and_a_second_load_changes_nothing(folder):
    assert "1 documents (all new)" in load(folder)
    document = LibraryDocument.objects.published().get()
    assert [point.text for point in document.points.all()] == ["Early inclusion pays", "Means are needed"]
    assert {(row.name, row.city and row.city.slug) for row in document.documentcities.all()} == {
        ("Amman", "amman-jo"), ("Dakar", None),
    }  # fmt: skip
    shown = document.documentpractices.get()
    assert (shown.practice.slug, shown.point.text) == (ENTRY["slug"], "Means are needed")
    assert (document.organisations, document.languages) == (["UNHCR", "UCLG"], ["es", "en"])
    assert "1 documents (all unchanged)" in load(folder)


@pytest.mark.parametrize(
    "edit",
    [
        lambda document: LibraryDocument.objects.update(summary="Our own sentence."),
        lambda document: document.points.first().delete(),
        lambda document: document.documentcities.first().delete(),
        lambda document: DocumentPractice.objects.update(point=None),
    ],
    ids=["a sentence", "a point", "a city", "a practice"],
)
def test_what_was_edited_here_stays_unless_it_is_to_be_replaced(folder, edit):
    load(folder)
    edit(LibraryDocument.objects.get())
    assert "1 documents as edited here" in load(folder)
    assert "1 documents (all replaced)" in load(folder, overwrite=True)
    assert "1 documents (all unchanged)" in load(folder)


def test_a_withdrawn_document_stays_withdrawn(folder):
    load(folder)
    LibraryDocument.objects.update(withdrawn_on="2026-11-20")
    load(folder, overwrite=True)
    assert not LibraryDocument.objects.published().exists()


def test_a_practice_that_was_removed_here_is_left_out(folder):
    load(folder)
    Practice.objects.get().delete()
    assert "1 documents (all unchanged)" in load(folder) and not DocumentPractice.objects.exists()


def test_a_network_is_loaded_with_its_members_and_a_removed_member_does_not_come_back(folder):
    assert "1 networks (all new)" in load(folder)
    network = Network.objects.get()
    assert network.memberships.get().city == City.objects.get() and network.othermembers.get().name == "Dakar"
    assert "1 networks (all unchanged)" in load(folder)
    Membership.objects.all().delete()
    assert "1 networks as edited here" in load(folder) and not Membership.objects.exists()
    assert "1 networks (all replaced)" in load(folder, overwrite=True) and Membership.objects.exists()


def test_a_network_of_which_only_the_name_was_known_is_filled(folder):
    Network.objects.create(slug="metropolis", name="Metropolis")
    assert "1 networks (all replaced)" in load(folder)
    assert Network.objects.get().member_count == 136 and OtherMember.objects.exists()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"points": [], "practices": []}, "points is missing"),
        ({"kind": "poem"}, "kind 'poem' is unknown"),
        ({"languages": []}, "languages is missing"),
        ({"dates": "December"}, "dates 'December' is not a date such as 2018-12-18 or 2018-12-18/2018-12-19"),
        ({"practices": [{"slug": ENTRY["slug"], "point": 3}]}, "a practice shows a point that is not there"),
        ({"practices": [{"slug": "nowhere"}]}, "practice 1: slug 'nowhere' is no practice"),
        ({"title_language": "en"}, "english_title stands beside a title that is in English"),
        ({"cities": [{"name": "Amman", "country": "JO"}] * 2}, "city ('Amman', 'JO') stands there twice"),
        ({"titel": "x"}, "field 'titel' is unknown"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_wrong_with_a_document_is_said_with_its_line(folder, changes, sentence):
    write(folder, documents=[DOCUMENT | changes])
    [problem] = problems(folder)
    assert problem.startswith("documents.jsonl line 1: ") and problem.endswith(sentence)


def test_a_number_of_members_needs_its_source(folder):
    write(folder, networks=[{name: value for name, value in NETWORK.items() if name != "member_count_source"}])
    [problem] = problems(folder)
    assert problem == "networks.jsonl line 1: member_count needs member_count_of and member_count_source"


# --- the starter directory ------------------------------------------------------------------------


def records(name):
    return [json.loads(line) for line in (settings.BASE_DIR / "fixtures" / name).read_text("utf-8").splitlines()]


def test_the_starter_library_is_whole():
    documents, networks = records("documents.jsonl"), records("networks.jsonl")
    assert (len(documents), len(networks)) == (133, 41)
    assert sum(len(network.get("members", [])) for network in networks) == 276
    slugs = {practice["slug"] for practice in records("practices.jsonl")}
    assert {place["slug"] for document in documents for place in document.get("practices", [])} <= slugs
    assert {"thematic-session-6-cities-of-solidarity-2018", "metropolises-standing-withrefugees-2018"} <= {
        document["slug"] for document in documents if document["basis"] == "seed"
    }
