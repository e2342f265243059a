"""The library: its list, the page of each document, the timeline, and the dialogue of 2018 with what practices show today."""

from itertools import groupby

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language

from citysolidarity.caching.page_cache import PageCache, by_parameters, cached_file, cached_page
from practices.directory.pagination import Page
from practices.documents.index import documents
from practices.entries import share_card
from practices.library.dialogue import ANCHORS, SESSION, conclusions
from practices.library.document_page import page_of
from practices.library.found import FoundDocuments
from practices.library.language_note import note_of_rows
from practices.library.selection import LibrarySelection, parameters
from practices.models import LibraryDocument
from practices.models.library.document import Kind

PAGE_SIZE = 20
# What marks the way of the field: news, studies and manuals speak of it.
MILESTONES = {Kind.DIALOGUE, Kind.DECLARATION, Kind.POSITION, Kind.COMPACT}


@cached_page(by_parameters(*parameters(LibrarySelection)))
def library(request):
    """The documents that the address asks for. No query of its own while nothing changes."""
    found = FoundDocuments(documents.as_checked(), request.GET)
    page = Page(found.selection, len(found.rows), PAGE_SIZE)
    rows = found.rows[page.slice]
    context = {
        "selection": found.selection,
        "heading": found.heading,
        "chips": found.chips,
        "groups": found.groups,
        "page": page,
        "rows": rows,
        "language_note": note_of_rows(rows),
        "total": len(found.index.rows),
        "cleared_url": found.selection.cleared().query() or "?",
    }
    return render(request, "practices/library/library.html", context)


@cached_page()
def document(request, slug):
    """A document with its points and what shows them. Four queries, whatever it holds."""
    row = get_object_or_404(LibraryDocument.objects.published().for_its_page(), slug=slug)
    context = page_of(row) | {
        "related": documents.as_checked().related(row),
        "address": settings.SITE_URL + row.get_absolute_url(),
    }
    return render(request, "practices/library/document.html", context)


@cached_file(PageCache())
def document_card(request, slug):
    """The Open Graph image of a document, with the title as it was published: a PNG of 1200 × 630 pixels. One query."""
    row = get_object_or_404(LibraryDocument.objects.published(), slug=slug)
    line = " · ".join(filter(None, [row.publisher, str(row.year or "")]))
    image = share_card.draw(row.title, line, kind_label=row.get_kind_display(), language=get_language())
    return HttpResponse(image, content_type="image/png")


@cached_page()
def timeline(request):
    """How the field came here, year by year."""
    rows = [row for row in reversed(documents.as_checked().rows) if row.kind in MILESTONES and row.year]
    rows.sort(key=lambda row: (row.year, row.dates or f"{row.year}-99"))
    years = [(year, list(group)) for year, group in groupby(rows, key=lambda row: row.year)]
    return render(request, "practices/library/timeline.html", {"years": years, "language_note": note_of_rows(rows)})


@cached_page()
def dialogue(request):
    """The dialogue "Cities of solidarity" of 2018: what it concluded, and the practices that show it today. Three queries."""
    row = get_object_or_404(LibraryDocument.objects.published().for_its_page(), slug=SESSION)
    page = page_of(row)
    by_anchor = {point.anchor: point for point in page["points"] if point.anchor in ANCHORS}
    context = page | {"conclusions": conclusions(by_anchor)}
    return render(request, "practices/library/dialogue.html", context)
