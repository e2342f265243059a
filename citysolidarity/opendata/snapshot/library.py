"""The tables of the library: documents with what their pages show, and how documents and networks read in other languages."""

from collections.abc import Iterator

from citysolidarity.opendata.snapshot.rows import DataTable, RowDict, by_address, day_of, numbered
from practices.library.document_page import page_of
from practices.loading.documents import FIELDS as DOCUMENT_FIELDS
from practices.models import (
    DocumentCity,
    DocumentPoint,
    DocumentPractice,
    DocumentTranslation,
    LibraryDocument,
    Network,
    NetworkTranslation,
)
from practices.models.sentences import SentenceTranslation

TRANSLATION = ("language", "phrases", "translated_on", "reviewed_on")


def pages() -> list[dict]:
    """What the page of each public document shows: nothing that names a city whose page is hidden."""
    return [page_of(document) for document in LibraryDocument.objects.published().for_its_page().order_by("slug")]


def documents() -> list[RowDict]:
    rows = ((page["document"], {"summary": page["summary"]}) for page in pages())
    return by_address(
        ({name: getattr(row, name) for name in ("slug", *DOCUMENT_FIELDS)} | shown for row, shown in rows), "slug"
    )


def document_points() -> Iterator[RowDict]:
    for page in in_order(pages()):
        points = ({"document": page["document"].slug, "text": row.text, "anchor": row.anchor} for row in page["points"])
        yield from numbered(points, "document")


def document_cities() -> list[RowDict]:
    rows = (
        {
            "document": page["document"].slug,
            "name": row.name,
            "country": row.country,
            "city": row.city and row.city.slug,
        }
        for page in pages()
        for row in page["cities"]
    )
    return by_address(rows, "document", "name", "country")


def document_practices() -> list[RowDict]:
    rows = []
    for page in pages():
        slug = page["document"].slug
        rows += [{"document": slug, "practice": row.slug, "point": None} for row in page["practices"]]
        for at, point in enumerate(page["points"], start=1):
            rows += [{"document": slug, "practice": row.slug, "point": at} for row in point.practices]
    return by_address(rows, "document", "point", "practice")


def in_order(pages: list[dict]) -> list[dict]:
    return sorted(pages, key=lambda page: page["document"].slug)


def document_translations() -> Iterator[RowDict]:
    """Without the sentences about what is not public."""
    said = {}
    for page in pages():
        document = page["document"]
        texts = [document.english_title, page["summary"], document.note, *(point.text for point in page["points"])]
        said[document.slug] = {text for text in texts if text}
    return translated(DocumentTranslation, said)


def network_translations() -> Iterator[RowDict]:
    said = {network.slug: set(network.sentences()) for network in Network.objects.all()}
    return translated(NetworkTranslation, said)


def translated(model: type[SentenceTranslation], said: dict[str, set[str]]) -> Iterator[RowDict]:
    """``said``: the sentences that are shown of each original, by its address."""
    name = model.translates
    rows = model.objects.filter(**{f"{name}__slug__in": said}).select_related(name)
    for row in sorted(rows, key=lambda row: (row.original.slug, row.language)):
        yield {name: row.original.slug} | translation_of(row, said[row.original.slug])


def translation_of(row, said: set[str]) -> RowDict:
    return {
        "language": row.language,
        "phrases": {text: to for text, to in row.phrases.items() if text in said},
        "translated_on": row.translated_on,
        "reviewed_on": day_of(row.reviewed_at),
    }


TABLES = (
    DataTable("documents", LibraryDocument, ("slug",), ("slug", *DOCUMENT_FIELDS), documents),
    DataTable("document_points", DocumentPoint, ("document", "position"), ("document", "position", "text", "anchor"),
          document_points, {"document": "documents"}),
    DataTable("document_cities", DocumentCity, ("document", "name", "country"), ("document", "name", "country", "city"),
          document_cities, {"document": "documents", "city": "cities"}),
    DataTable("document_practices", DocumentPractice, ("document", "practice", "point"), ("document", "practice", "point"),
          document_practices, {"document": "documents", "practice": "practices", "point": "document_points"}),
    DataTable("document_translations", DocumentTranslation, ("document", "language"), ("document", *TRANSLATION),
          document_translations, {"document": "documents"}),
    DataTable("network_translations", NetworkTranslation, ("network", "language"), ("network", *TRANSLATION),
          network_translations, {"network": "networks"}),
)  # fmt: skip
