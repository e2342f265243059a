"""Practices to take away, as files: any selection, or one entry."""

from collections.abc import Callable

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt

from citysolidarity.caching.page_cache import cached_page
from citysolidarity.opendata.answers import DOWNLOADS, answers
from citysolidarity.opendata.downloads.formats import KINDS, FileKind
from citysolidarity.opendata.downloads.rows import in_language, practices_of
from citysolidarity.opendata.parameters import of_directory
from citysolidarity.opendata.views.practices import fresh_until
from practices.directory import summary
from practices.directory.filters import read_selection
from practices.directory.found import find
from practices.models import Practice

# So many are made at once, so that the answer is whole: a copy of it can be kept for an outage of the database.
WHOLE = 500


def of_selection(kind: FileKind) -> Callable:
    """The view that gives a selection as such a file; two queries, and one for every 500 rows."""

    @csrf_exempt
    @answers(*of_directory(), depends_on=fresh_until, limit=DOWNLOADS)
    def download(request):
        found = find(read_selection(request.GET), checked=True)
        return file_of(kind, found.keys(slice(0, found.counts.total)), "practices")

    return download


def of_one(kind: FileKind) -> Callable:
    @csrf_exempt
    @answers(limit=DOWNLOADS)
    def download(request, slug):
        key = Practice.objects.published().filter(slug=slug).values_list("pk", flat=True).first()
        if key is None:
            raise Http404
        return file_of(kind, [key], slug)

    return download


def file_of(kind: FileKind, keys: list[int], name: str) -> HttpResponse | StreamingHttpResponse:
    chunks = in_language(get_language(), iter(kind.write(practices_of(keys, with_parts=kind.with_parts))))
    name = f"{name}-{timezone.localdate():%Y-%m-%d}.{kind.ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    if len(keys) > WHOLE:
        return StreamingHttpResponse(chunks, content_type=kind.content_type, headers=headers)
    return HttpResponse(b"".join(chunks), content_type=kind.content_type, headers=headers)


def address_of(name: str, query: str) -> str:
    """The address of a selection in the language of the page: programs have no page from which to take theirs."""
    address = reverse(name) + query
    if name.startswith("feed"):
        return address
    return f"{address}{'&' if query else '?'}language={get_language()}"


def search_of(request) -> tuple[str, dict]:
    """What the page depends on: the search."""
    found = find(read_selection(request.GET), checked=True)
    request.kept_query = found.selection.canonical_query
    return found.selection.canonical_query, {"found": found}


@cached_page(search_of)
def take_away(request, found):
    """The ways to take a selection of the directory away, each with what it is good for."""
    query = found.selection.canonical_query
    context = {
        "heading": summary.sentence_of(found),
        "query": query,
        "kinds": [(address_of(f"api_practices_{ending}", query), kind) for ending, kind in KINDS.items()],
        "feeds": [("Atom", address_of("feed", query)), ("JSON Feed", address_of("feed_json", query))],
        "api": address_of("api_practices", query),
    }
    return render(request, "citysolidarity/opendata/take_away.html", context)
