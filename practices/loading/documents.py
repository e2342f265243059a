"""Loads ``documents.jsonl``: what the field has written, with key points in our own words. A folder need not have one."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from practices.loading.guides import practices_by_slug
from practices.loading.library_translations import Places, places_in
from practices.loading.report import LoadReport
from practices.loading.row import SLUG, Row
from practices.loading.updating import differs, replace
from practices.models import DocumentCity, DocumentPoint, DocumentPractice, LibraryDocument
from practices.models.library.document import DATES, Basis, Kind
from practices.vocabularies import THEMES
from practices.vocabularies.countries import COUNTRY_CODES
from practices.vocabularies.languages import is_known

FIELDS = (
    "kind", "title", "title_language", "english_title", "publisher", "organisations", "year", "dates", "place",
    "languages", "url", "more_urls", "summary", "themes", "basis", "note", "published_on",
)  # fmt: skip


def load_documents(folder: Path, report: LoadReport, cities: dict, *, overwrite: bool) -> dict[str, Places]:
    """Saves the documents after cities and practices; ``cities`` is what ``load_cities`` returned.

    What curators changed here stays, and what they withdrew stays withdrawn. Returns what the file says, by address.
    """
    originals: dict[str, Places] = {}
    stored = {document.slug: document for document in LibraryDocument.objects.all()}
    practices = practices_by_slug()
    for row in report.rows(folder / "documents.jsonl", "Documents", optional=True):
        loaded, parts = read_document(row, practices)
        if row.is_sound:
            parts["practices"] = [(slug, at) for slug, at in parts["practices"] if practices[slug]]
            outcome = _settle(stored.get(loaded.slug), loaded, parts, practices, cities, overwrite=overwrite)
            report.count("documents", outcome, name=loaded.slug)
            originals[loaded.slug] = places_in(loaded, [text for text, _anchor in parts["points"]])
    return originals


def read_document(row: Row, practices: Mapping[str, int | None]) -> tuple[LibraryDocument, dict[str, list]]:
    """The unsaved document that a row describes, and its parts as ``parts_of`` has them."""
    document = LibraryDocument(
        slug=row.slug("slug", 80),
        kind=row.code("kind", Kind.values),
        title=row.text("title", 300, required=True),
        title_language=row.text("title_language", 7) or "en",
        english_title=row.text("english_title", 300),
        publisher=row.text("publisher", 200, required=True),
        organisations=row.texts("organisations", 120),
        year=row.year("year"),
        dates=row.text("dates", 21),
        place=row.text("place", 120),
        languages=row.texts("languages", 7),
        url=row.web_address("url", 1000),
        more_urls=row.texts("more_urls", 1000),
        summary=row.text("summary", 500, required=True),
        themes=row.codes("themes", THEMES.codes, "theme"),
        basis=row.code("basis", Basis.values),
        note=row.text("note", 300),
        published_on=row.day("published_on", may_come=True),
    )
    parts = {
        "points": [read_point(point) for point in row.parts("points", "point", required=True)],
        "cities": [read_city(city) for city in row.parts("cities", "city")],
        "practices": [read_place(place, practices) for place in row.parts("practices", "practice")],
    }
    row.finish()
    _check(row, document, parts)
    return document, parts


def read_point(row: Row) -> tuple[str, str]:
    """The text of a key point and its mark."""
    text, anchor = row.text("text", 400, required=True), row.text("anchor", 40)
    row.finish()
    if anchor and not SLUG.fullmatch(anchor):
        row.wrong(f"anchor {anchor!r} is not made of small letters, digits and hyphens")
    return text, anchor


def read_city(row: Row) -> tuple[str, str]:
    name, country = row.text("name", 120, required=True), row.code("country", COUNTRY_CODES)
    row.finish()
    return name, country


def read_place(row: Row, practices: Mapping[str, int | None]) -> tuple[str, int | None]:
    """The address of a practice, and the number of the point that it shows, from 1; None for the document as a whole."""
    slug, at = row.slug("slug", 80), row.whole("point", 1, 100)
    row.finish()
    if slug and slug not in practices:
        row.wrong(f"slug {slug!r} is no practice")
    return slug, at


def _check(row: Row, document: LibraryDocument, parts: dict[str, list]) -> None:
    if not document.languages:
        row.wrong("languages is missing")
    if document.dates and not DATES.fullmatch(document.dates):
        row.wrong(f"dates {document.dates!r} is not a date such as 2018-12-18 or 2018-12-18/2018-12-19")
    if document.english_title and document.title_language == "en":
        row.wrong("english_title stands beside a title that is in English")
    unknown = [code for code in (document.title_language, *document.languages) if not is_known(code)]
    for problem in (*(f"language {code!r} is not a code such as en" for code in unknown), *_problems_of_parts(parts)):
        row.wrong(problem)
    for url in document.more_urls:
        if not url.startswith(("http://", "https://")):
            row.wrong(f"more_urls {url!r} does not start with http:// or https://")


def _problems_of_parts(parts: dict[str, list]) -> Iterator[str]:
    if any(at and at > len(parts["points"]) for _slug, at in parts["practices"]):
        yield "a practice shows a point that is not there"
    anchors = [anchor for _text, anchor in parts["points"] if anchor]
    for what, names in (("city", parts["cities"]), ("practice", parts["practices"]), ("anchor", anchors)):
        for name in {name for name in names if names.count(name) > 1}:
            yield f"{what} {name!r} stands there twice"


def parts_of(document: LibraryDocument) -> dict[str, list]:
    """The parts of a stored document as ``read_document`` returns them."""
    points = list(document.points.all())
    numbers = {point.pk: at for at, point in enumerate(points, start=1)}
    practices = document.documentpractices.values_list("practice__slug", "point")
    return {
        "points": [(point.text, point.anchor) for point in points],
        "cities": sorted(document.documentcities.values_list("name", "country")),
        "practices": [(slug, numbers.get(point)) for slug, point in practices],
    }


def _settle(
    stored: LibraryDocument | None,
    loaded: LibraryDocument,
    parts: dict[str, list],
    practices: Mapping[str, int | None],
    cities: dict,
    *,
    overwrite: bool,
) -> str:
    if stored is None:
        loaded.save()
        _add(loaded, parts, practices, cities)
        return "new"
    if not differs(stored, loaded, FIELDS) and parts_of(stored) == parts | {"cities": sorted(parts["cities"])}:
        return "unchanged"
    if not overwrite:
        return "kept"
    replace(stored, loaded, FIELDS)
    for rows in (stored.documentpractices, stored.points, stored.documentcities):
        rows.all().delete()
    _add(stored, parts, practices, cities)
    return "replaced"


def _add(document: LibraryDocument, parts: dict[str, list], practices: Mapping[str, int | None], cities: dict) -> None:
    points = DocumentPoint.objects.bulk_create(
        DocumentPoint(document=document, position=position, text=text, anchor=anchor)
        for position, (text, anchor) in enumerate(parts["points"], start=1)
    )
    DocumentCity.objects.bulk_create(
        DocumentCity(document=document, name=name, country=country, city=cities.get((name, country)))
        for name, country in parts["cities"]
    )
    DocumentPractice.objects.bulk_create(
        DocumentPractice(document=document, practice_id=practices[slug], point=points[at - 1] if at else None)
        for slug, at in parts["practices"]
    )
