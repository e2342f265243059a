"""What the page of a document shows."""

from collections import defaultdict

from django.db.models import F
from django.utils.translation import get_language

from practices.documents.dates import in_words
from practices.documents.index import mentions
from practices.models import DocumentPoint, LibraryDocument, Practice
from practices.vocabularies.countries import country_name


def page_of(document: LibraryDocument) -> dict:
    """The context of document.html for one that was fetched ``for_its_page`` (3 queries).

    Each point carries ``practices``. What names a city whose page is hidden is left out.
    """
    practices = defaultdict(list)
    for practice in practices_of(document):
        practices[practice.point_id].append(practice)
    points = list(DocumentPoint.objects.filter(document=document))
    hidden = [name for pair in document.hidden for name in pair.values()]
    shown = [point for point in points if not mentions(point.text, hidden)]
    for point in shown:
        point.practices = practices.pop(point.pk, [])
    # Those of a point that is left out stand with the document as a whole, each once.
    rest = {practice.pk: practice for group in practices.values() for practice in group}
    named = list(document.documentcities.public().select_related("city").defer("city__keywords"))
    for row in named:
        row.country_name = country_name(row.country)
        row.shown_name = row.city.full_name if row.city else row.name
    return {
        "document": document,
        "summary": "" if mentions(document.summary, hidden) else document.summary,
        "when": in_words(document.dates) or document.year,
        "points": shown,
        "practices": list(rest.values()),
        "cities": sorted(named, key=lambda row: row.shown_name.casefold()),
        "is_in_english": (get_language() or "en").startswith("en"),
    }


def practices_of(document: LibraryDocument):
    shown = Practice.objects.published().with_city().with_review().in_language()
    shown = shown.filter(documentpractices__document=document).annotate(point_id=F("documentpractices__point"))
    return shown.order_by("documentpractices__pk")
