"""Documents and networks in other languages: sentence by sentence, and what is not translated is marked as English."""

import pytest
from django.contrib.messages import get_messages
from django.db import IntegrityError, transaction
from django.utils.translation import override

from citysolidarity.desk.transitions import TransitionNotAllowed
from practices.library.dialogue import SESSION
from practices.models import DocumentTranslation, LibraryDocument, Network
from practices.translating.both import mark_of
from practices.translating.sentences.forms import PREFIX
from tests.citysolidarity.test_budgets import statements
from tests.desk import desk, form_of, save
from tests.login import at_the_desk, staff
from tests.people import a_city, a_practice
from tests.practices.library.making import (
    a_document,
    a_document_translation,
    a_network,
    a_network_translation,
    joins,
    names,
    shows,
)

pytestmark = pytest.mark.django_db
NOTE = '<p class="note">'
UNREVIEWED = "Traducido del inglés con ayuda de una máquina; aún sin revisar."


@pytest.fixture
def document():
    return a_document("Ciudades Solidarias", "Inclusion pays", title_language="es", note="Place not seen.")


@pytest.fixture
def network():
    facts = {"member_count": 240, "member_count_of": "cities", "member_count_source": "https://example.org/240"}
    return a_network(note="Undated.", **facts)


def in_spanish(client, row) -> str:
    return " ".join(client.get(address_of(row, "es")).text.split())


def address_of(row, language: str) -> str:
    with override(language):
        return row.get_absolute_url()


def note_in(page: str) -> str:
    return page.partition(NOTE)[2].partition("</p>")[0]


# --- what readers see -----------------------------------------------------------------------------


def test_every_sentence_of_a_document_is_read_in_the_language_of_the_page(client, document):
    a_document_translation(document)
    page = in_spanish(client, document)
    for text in document.sentences():
        assert f'lang="es" dir="ltr">{text} (es)</p>' in page and f">{text}<" not in page, text
    assert note_in(page) == UNREVIEWED
    for address in ("/es/library/", "/es/library/timeline/"):
        text = client.get(address).text
        assert '<p lang="es" dir="ltr">What cities said. (es)</p>' in text and note_in(text) == UNREVIEWED
    for address in (address_of(document, "en"), "/en/library/"):
        assert "(es)" not in client.get(address).text and NOTE not in client.get(address).text


def test_every_sentence_of_a_network_is_read_in_the_language_of_the_page(client, network):
    a_network_translation(network)
    page = in_spanish(client, network)
    for text in network.sentences():
        assert f"{text} (es)<" in page and f">{text}<" not in page, text
    assert note_in(page) == UNREVIEWED and '<bdi lang="es">cities (es)</bdi>' in page
    listed = " ".join(client.get("/es/library/networks/").text.split())
    assert '<p lang="es" dir="ltr">Network of big cities. (es)</p>' in listed and note_in(listed) == UNREVIEWED
    assert "(es)" not in client.get(address_of(network, "en")).text


def test_what_is_not_translated_is_marked_as_english(client, document, network):
    for row in (document, network):
        page = in_spanish(client, row)
        assert "todavía no se ha traducido" in note_in(page) and 'class="lead" lang="en" dir="ltr"' in page
    a_document("Another")
    a_document_translation(document)
    assert "Lo que todavía no está traducido aparece en inglés." in client.get("/es/library/").text


def test_a_sentence_that_was_changed_since_stands_in_english_and_the_page_says_so(client, document):
    a_document_translation(document)
    LibraryDocument.objects.update(summary="What mayors said.")
    page = in_spanish(client, document)
    assert '<p class="lead" lang="en" dir="ltr">What mayors said.</p>' in page
    assert '<p lang="es" dir="ltr">Inclusion pays (es)</p>' in page
    assert note_in(page) == f"{UNREVIEWED} Lo que se ha cambiado en el original desde entonces aparece en inglés."


def test_a_translation_of_a_sentence_that_names_a_hidden_city_is_left_out(client, document):
    document.points.create(position=2, text="Verborgenstadt did it")
    names(document, a_city("Verborgenstadt", "DE"))
    a_document_translation(document)
    assert "Inclusion pays (es)" in in_spanish(client, document)
    for address in ("/es/library/", "/es/library/?q=did", f"/api/v1/documents/{document.slug}?language=es"):
        assert "Verborgenstadt" not in client.get(address).text
    assert client.get("/es/library/?q=did").context["rows"] == []


def test_the_search_knows_the_words_of_the_translation(client, document, network):
    a_document_translation(document, phrases={"Inclusion pays": "Incluir vale la pena"})
    a_network_translation(network, phrases={"Network of big cities.": "Red de ciudades grandes."})
    for query in ("vale+pena", "inclusion"):
        assert len(client.get(f"/es/library/?q={query}").context["rows"]) == 1
        assert not (query == "vale+pena" and client.get(f"/en/library/?q={query}").context["rows"])
    for query in ("grandes", "big"):
        assert len(client.get(f"/es/library/networks/?q={query}").context["networks"]) == 1


def test_the_page_of_the_dialogue_is_read_as_before(client):
    session = a_document("Session", "Early", slug=SESSION)
    session.points.update(anchor="early-inclusion")
    shows(session, a_practice("Rooms"), at=1)
    a_document_translation(session)
    assert "Rooms" in client.get("/es/library/dialogue/").text


def test_the_api_answers_in_the_language_that_is_asked_for(client, document, network):
    a_document_translation(document)
    a_network_translation(network)
    made = {"kind": "machine", "made_by": "Cities of Solidarity", "is_reviewed": False}
    for address, name, text in (
        (f"/api/v1/documents/{document.slug}", "summary", "What cities said."),
        (f"/api/v1/networks/{network.slug}", "description", "Network of big cities."),
    ):
        told = client.get(f"{address}?language=es").json()
        assert (told[name], told["text_language"]) == (f"{text} (es)", "es")
        assert told["translation"].items() >= made.items()
        told = client.get(address).json()
        assert (told[name], told["text_language"], told["translation"]) == (text, "en", None)
    [listed] = client.get("/api/v1/documents?language=es").json()["items"]
    assert listed["summary"] == "What cities said. (es)"
    [point] = client.get(f"/api/v1/documents/{document.slug}?language=es").json()["points"]
    assert (point["text"], point["language"]) == ("Inclusion pays (es)", "es")


def test_a_translated_page_needs_as_many_queries_as_the_original(client, document, network):
    a_document_translation(document)
    a_network_translation(network)
    joins(network, a_practice().city)
    for path in (f"library/{document.slug}/", "library/networks/", f"library/networks/{network.slug}/"):
        assert len(statements(client, f"/es/{path}")) == len(statements(client, f"/en/{path}"))


def test_what_we_call_a_document_is_read_in_the_language_of_the_page(client):
    practice = a_practice()
    document = a_document("Carta", title_language="it", english_title="Charter of cities")
    shows(document, practice)
    names(document, practice.city)
    a_document_translation(document)
    pages = (
        "/es/library/",
        f"/es/library/{document.slug}/",
        f"/es/practices/{practice.slug}/",
        f"/es/cities/{practice.city.slug}/",
    )
    for address in pages:
        text = " ".join(client.get(address).text.split())
        assert 'lang="es" dir="ltr">' in text and "Charter of cities (es)" in text and ">Carta</" in text, address
        plain = " ".join(client.get(address.replace("/es/", "/fr/")).text.split())
        assert "Charter of cities" in plain and "(es)" not in plain, address
    LibraryDocument.objects.update(title_language="es")
    for address in pages:
        assert "Charter of cities" not in client.get(address).text, address


# --- what is kept ---------------------------------------------------------------------------------


def test_what_was_fetched_to_be_read_is_not_saved(document):
    with pytest.raises(ValueError, match="is not saved"):
        LibraryDocument.objects.in_language().get().save()
    a_network("Arrival Cities")
    with pytest.raises(ValueError, match="is not saved"):
        Network.objects.in_language().get().save()


def test_a_document_is_translated_once_into_each_language_and_never_into_english(document):
    a_document_translation(document)
    for language, name in (("es", "document_translated_once"), ("en", "none_of_english"), ("de", "language_known")):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            a_document_translation(document, language)


# --- at the desk ----------------------------------------------------------------------------------


def field_of(text: str) -> str:
    return f"{PREFIX}{mark_of(text)}"


@pytest.mark.parametrize("model", ["document", "network"])
def test_a_curator_writes_it_and_reviews_it(model, client, document, network):
    original = {"document": document, "network": network}[model]
    curator = at_the_desk(staff("ana", "Curator"))
    add = f"{desk(f'{model}translation', 'add')}?{model}={original.pk}&language=es"
    own = {"document": "librarydocument"}.get(model, model)
    listed = curator.get(desk(own, "change", original.pk)).text
    assert add.replace("&", "&amp;") in listed and '<span lang="en">English</span>' not in listed
    typed = {field_of(text): f"{text} (es)" for text in original.sentences()}
    first, *rest = typed
    assert save(curator, add, **{name: typed[name] for name in rest}) == []
    row = original.translations.get()
    page = desk(f"{model}translation", "change", row.pk)
    assert "readers see these in English" in curator.get(page).text
    answer = curator.post(page, form_of(curator, page) | {"_reviewed": ""})
    told = [str(message) for message in get_messages(answer.wsgi_request)]
    assert "Saved, and not marked as reviewed: sentences of the original are not translated yet." in told
    save(curator, page, **{first: typed[first], "_reviewed": ""})
    row.refresh_from_db()
    assert row.is_whole() and row.reviewed_by.username == "ana"
    assert "revisado el" in note_in(in_spanish(client, original))
    assert address_of(original, "es") in curator.get(page).text
    assert "reviewed on" in curator.get(desk(f"{model}translation")).text


def test_nobody_reviews_it_twice(document):
    row, ana = a_document_translation(document), staff("ana", "Curator")
    row.review(ana)
    with pytest.raises(TransitionNotAllowed):
        DocumentTranslation.objects.get().review(ana)
