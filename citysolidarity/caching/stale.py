"""Pages during an outage of the database: from the last copies, each with a banner that says so."""

from datetime import UTC, datetime

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from citysolidarity.caching import compression
from citysolidarity.caching.edition import edition
from citysolidarity.caching.last_copies import Copy, age, copies
from citysolidarity.http.database_outage import unavailable

MAIN = b'<main id="main"'
DESK = "/admin/"


def last_good_copies(get_response):
    """Keep a copy of what everybody may see, and answer with it while the database is away."""

    def middleware(request):
        if not copies.root:
            return get_response(request)
        if request.method not in {"GET", "HEAD"}:
            return acted(request)
        if request.path_info.startswith(DESK):
            return get_response(request)
        number = edition.row and edition.row.number
        response = get_response(request)
        if is_outage(response):
            found = copies.find(request)
            return response if found is None else stale(found)
        if edition.is_unsure and response.has_header("ETag"):
            return from_memory(request, response)
        copies.keep(request, response, number)
        return response

    def acted(request):
        """What was changed ends the copies of before, before anybody is told that it was changed."""
        before = getattr(connection, "commits", 0)
        response = get_response(request)
        if is_curators_act(request, response) or getattr(connection, "commits", 0) != before:
            try:
                copies.note()
            except DatabaseError:
                copies.clear()
        return response

    return middleware


def is_curators_act(request: HttpRequest, response: HttpResponse) -> bool:
    """It may be one statement, which commits by itself. A cookie alone is no curator: anybody can make one up."""
    is_desks = request.path_info.startswith(DESK) and response.status_code < 400
    return is_desks and hasattr(request, "user") and request.user.is_authenticated


def is_outage(response: HttpResponse) -> bool:
    return getattr(response, "is_outage", False)


def from_memory(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """What this process still had in memory, if it is of the edition that another process may have seen since."""
    noted = copies.current()
    if noted is not None and noted != edition.row.number:
        found = copies.find(request)
        return unavailable(request) if found is None else stale(found)
    if response.status_code != 200:
        return response
    body = compression.decompress(response.content, response.headers.get("Content-Encoding", ""))
    kind = response.headers.get("Content-Type", "")
    return stale(Copy(edition.row.now / 1_000_000, {"Content-Type": kind}, body))


def stale(copy: Copy) -> HttpResponse:
    """A copy as an answer that no cache keeps; pages say that they are one."""
    body = copy.body
    if copy.headers.get("Content-Type", "").startswith("text/html"):
        body = body.replace(MAIN, banner(copy).encode() + MAIN, 1)
    response = HttpResponse(body, headers=copy.headers)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Age"] = str(age(copy))
    return response


def banner(copy: Copy) -> str:
    return render_to_string("errors/stale.html", {"made": datetime.fromtimestamp(copy.made, UTC)})
