"""The brief: the practices of a comparison, an opening page and a page each, to be printed, sent or edited."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import parse_etags

from citysolidarity.caching.edition import edition
from citysolidarity.caching.page_cache import PageCache, etag_of, is_curators
from citysolidarity.caching.shared import FILE
from citysolidarity.http.rate_limit import files_later
from citysolidarity.http.throttle import address_block
from practices.comparing.brief import docx, pdf
from practices.comparing.brief.chosen import Chosen
from practices.comparing.brief.content import LINE, Brief
from practices.comparing.brief.cover import Cover
from practices.comparing.comparison import MOST
from practices.comparing.limits import BRIEF_SHEETS

# What fits on a sheet that a browser prints: lines of texts and sources together, and the most sources.
LINES, MOST_SOURCES = 42, 5
# Apart from the pages: a few sheets would push out many of them.
sheets = PageCache()


def brief(request):
    """The brief as a page that prints on one sheet for each practice. One query, up to two more for the city."""
    chosen = Chosen.of(request.GET)
    today = timezone.localdate()
    context = {
        "chosen": chosen,
        "comparison": chosen.comparison,
        "cover": chosen.cover(today),
        "briefs": [printable(item) for item in chosen.briefs],
        "most": MOST,
        "today": today,
    }
    return render(request, "practices/comparing/brief.html", context)


def printable(item: Brief) -> Brief:
    """The brief as it fits on one sheet in the browser's print."""
    few = item.shortened(item.length, MOST_SOURCES)
    return few.shortened((LINES - few.printed_lines) * LINE, MOST_SOURCES)


@dataclass(frozen=True)
class FileKind:
    ending: str
    content_type: str
    disposition: str
    draw: Callable[[Cover | None, list[Brief], date], bytes]


PDF = FileKind("pdf", "application/pdf", "inline", pdf.draw)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
DOCX = FileKind("docx", WORD, "attachment", docx.draw)


def brief_pdf(request):
    return as_file(request, PDF)


def brief_docx(request):
    return as_file(request, DOCX)


def as_file(request, kind: FileKind):
    """The brief as a file in the language of the address; without a practice, the page that says so.

    A sheet takes a quarter of a second to draw: what was drawn is kept until something public changes, and the others
    are limited. One query for what is kept.
    """
    chosen = Chosen.of(request.GET)
    etag = etag_of(edition.check(at_once=is_curators(request)), request.path, chosen.query)
    if etag in parse_etags(request.META.get("HTTP_IF_NONE_MATCH", "")):
        return HttpResponseNotModified(headers={"ETag": etag, "Cache-Control": FILE})
    stored = sheets.get(etag, "")
    if stored is None:
        practices = chosen.comparison.shown
        if not practices:
            return redirect("brief")
        if wait := BRIEF_SHEETS.take(address_block(request), len(practices)):
            # The page that prints is always there.
            return files_later(request, wait, "practices/comparing/brief_later.html", query=chosen.query)
        today = timezone.localdate()
        stored = chosen.file_name.encode() + b"\n" + kind.draw(chosen.cover(today), chosen.briefs, today)
        sheets.keep(etag, "", stored)
    name, _line, body = stored.partition(b"\n")
    headers = {
        "Content-Disposition": f'{kind.disposition}; filename="{name.decode()}.{kind.ending}"',
        "Cache-Control": FILE,
        "ETag": etag,
        # A search engine's copy would outlive a withdrawal.
        "X-Robots-Tag": "noindex, noarchive",
    }
    return HttpResponse(body, content_type=kind.content_type, headers=headers)
