"""What the page of a document shows."""

from collections import defaultdict

from django.db.models import F

from citysolidarity.languages.alphabet import alphabetical
from practices.documents.dates import in_words
from practices.documents.index import mentions
from practices.library.language_note import note_of
from practices.models import DocumentPoint, LibraryDocument, Practice
from practices.vocabularies.countries import country_name


def page_of(document: LibraryDocument) -> dict:
    """The context of document.html for one that was fetched ``for_its_page`` (3 queries).

    In the language in which it was fetched. Each point carries ``practices``. What names a city whose page is hidden is left out.
    """
    document.as_read()
    practices = defaultdict(list)
    for practice in practices_of(document):
        practices[practice.point_id].append(practice)
    points = list(DocumentPoint.objects.filter(document=document))
    hidden = [name for pair in document.hidden for name in pair.values()]
    shown = [point for point in points if not mentions(point.text, hidden)]
    for point in shown:
        point.practices = practices.pop(point.pk, [])
        point.text = document.reading.said(point.text)
    other_title = document.reading.other_title(document)
    texts = [other_title, document.summary, *(point.text for point in shown), document.note]
    # Those of a point that is left out stand with the document as a whole, each once.
    rest = {practice.pk: practice for group in practices.values() for practice in group}
    named = list(document.documentcities.public().select_related("city").defer("city__keywords"))
    for row in named:
        row.country_name = country_name(row.country)
        row.shown_name = row.city.full_name if row.city else row.name
    return {
        "document": document,
        "other_title": other_title,
        "summary": "" if mentions(document.summary.original, hidden) else document.summary,
        "when": in_words(document.dates) or document.year,
        "points": shown,
        "practices": list(rest.values()),
        "cities": sorted(named, key=lambda row: alphabetical(row.shown_name)),
        "language_note": note_of(document.reading, texts),
    }


def practices_of(document: LibraryDocument):
    shown = Practice.objects.published().with_city().with_review().in_language()
    shown = shown.filter(documentpractices__document=document).annotate(point_id=F("documentpractices__point"))
    return shown.order_by("documentpractices__pk")
