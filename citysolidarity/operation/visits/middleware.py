"""Counts the pages that people read, and what they search for in the directory."""

import re
from collections import Counter
from datetime import UTC, date, datetime

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from citysolidarity.caching.page_cache import is_curators
from citysolidarity.operation.visits import batch
from citysolidarity.operation.visits.counting import PageOfDay, SearchOfMonth, counts, network_of, place_of
from citysolidarity.operation.visits.kinds import COUNTED, SINGLE
from citysolidarity.operation.visits.words import countable

BROWSER = "Mozilla/"  # all common ones call themselves so
# No browser names an address; CUBOT makes telephones.
ROBOT = re.compile(r"(?<!cu)bot|crawl|spider|slurp|preview|headless|lighthouse|https?:", re.IGNORECASE)


def counted(get_response):
    """Stands within the choice of a language, and outside of whatever may answer instead of a page."""

    def middleware(request):
        response = get_response(request)
        match = request.resolver_match
        if match and (kind := COUNTED.get(match.view_name)) and is_read(request, response):
            count(request, kind, match.kwargs.get("slug", "") if kind in SINGLE else "")
        return response

    return middleware


def is_read(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether a browser shows a page: no program that says what it is, no member of staff, nothing fetched ahead."""
    return (
        request.method == "GET"
        and response.status_code in (200, 304)
        and response.headers.get("Content-Type", "text/html").startswith("text/html")
        and is_browser(request.META.get("HTTP_USER_AGENT", ""))
        and not request.META.get("HTTP_SEC_PURPOSE", "").startswith("prefetch")
        and not is_curators(request)
    )


def is_browser(agent: str) -> bool:
    return agent.startswith(BROWSER) and not ROBOT.search(agent)


def count(request: HttpRequest, kind: str, slug: str) -> None:
    today, language = datetime.now(UTC).date(), get_language() or ""
    searches = search_of(request, today, language) if kind == "directory" and "q" in request.GET else {}
    counts.add(Counter({PageOfDay(today, kind, slug, language): 1}), searches)
    batch.go_on()


def search_of(request: HttpRequest, today: date, language: str) -> dict[SearchOfMonth, int]:
    """The search with the place that it takes; {} for what is not kept, or where its network is not known."""
    words, network = countable(request.GET["q"]), network_of(request)
    if not words or not network:
        return {}
    search = SearchOfMonth(today.replace(day=1), language, words)
    return {search: 1 << place_of(search, network)}
