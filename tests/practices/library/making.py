"""Documents and networks that tests talk about. Each takes what the test is about and makes up the rest."""

from itertools import count

from django.utils import timezone

from practices.models import City, DocumentTranslation, LibraryDocument, Network, NetworkTranslation, Practice

number = count(1)


def a_document(title="Cities of solidarity", *points, **facts) -> LibraryDocument:
    """A public document with these points, or with one; a draft where ``published_on`` is None."""
    made_up = {
        "slug": f"document-{next(number)}", "kind": "dialogue", "publisher": "UNHCR", "organisations": ["UNHCR"],
        "year": 2018, "languages": ["en"], "url": f"https://example.org/{next(number)}", "basis": "page",
        "summary": "What cities said.", "published_on": timezone.localdate(),
    }  # fmt: skip
    document = LibraryDocument.objects.create(title=title, **(made_up | facts))
    for position, text in enumerate(points or ("Early inclusion pays",), start=1):
        document.points.create(position=position, text=text)
    return document


def names(document: LibraryDocument, city: City | None, name="Amman", country="JO"):
    """The document names this city, or one that has no page here."""
    return document.documentcities.create(
        city=city, name=city.name if city else name, country=city.country if city else country
    )


def shows(document: LibraryDocument, practice: Practice, at: int | None = None):
    """The practice shows the document, or its point ``at`` (from 1)."""
    return document.documentpractices.create(practice=practice, point=document.points.get(position=at) if at else None)


def a_network(name="Eurocities", **facts) -> Network:
    made_up = {"slug": name.lower().replace(" ", "-"), "kind": "association", "region": "europe"}
    return Network.objects.create(name=name, **(made_up | {"description": "Network of big cities."} | facts))


def joins(network: Network, city: City, **facts):
    return network.memberships.create(city=city, **({"source_url": "https://example.org/members"} | facts))


def a_document_translation(document: LibraryDocument, language="es", **facts) -> DocumentTranslation:
    """Every sentence of the document, with the language in brackets after it."""
    return document.translations.create(language=language, **({"phrases": in_brackets(document, language)} | facts))


def a_network_translation(network: Network, language="es", **facts) -> NetworkTranslation:
    """The same of a network."""
    return network.translations.create(language=language, **({"phrases": in_brackets(network, language)} | facts))


def in_brackets(original: LibraryDocument | Network, language: str) -> dict[str, str]:
    return {text: f"{text} ({language})" for text in original.sentences()}
