"""Pages that can be rendered while the database is away: without query, session or context processor."""

import logging

import psycopg
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from citysolidarity.http.problems import is_for_programs, problem
from citysolidarity.http.unsaved_input import posted

# Also raised for too many connections, a deadlock, or a query that took too long.
DATABASE_OUTAGES = (OperationalError, InterfaceError, psycopg.OperationalError, psycopg.InterfaceError)
RETRY_AFTER = 60  # seconds

logger = logging.getLogger(__name__)


def is_outage(failure: BaseException | None) -> bool:
    """Whether the database was away, or something failed because it was, such as a further query of a broken transaction."""
    while failure is not None and not isinstance(failure, DATABASE_OUTAGES):
        failure = failure.__cause__ or failure.__context__
    return failure is not None


def unavailable(request: HttpRequest) -> HttpResponse:
    """503 with Retry-After; what was posted is shown, to be copied or sent again."""
    context = {"was_posted": False, "fields": [], "can_resend": False, "address": "", "csrf_token": ""}
    if is_for_programs(request):
        response = problem(503, _("Not available at the moment"), _("Please try again in a few minutes."))
    else:
        if request.method == "POST":
            context = posted(request).context(request) | {"was_posted": True, "csrf_token": get_token(request)}
        response = bare(503, context)
    response.is_outage = True  # where there is a copy of the page, it is shown instead (caching/stale.py)
    response.headers["Retry-After"] = str(RETRY_AFTER)
    return response


def bare(status: int, context: dict | None = None) -> HttpResponse:
    """Render a page without request; where even that fails (no static manifest), one sentence."""
    try:
        body, kind = render_to_string(f"errors/{status}.html", context), "text/html"
    except Exception:
        logger.exception("The page for %s failed", status)
        body, kind = _("Something went wrong here. Please try again in a few minutes."), "text/plain"
    response = HttpResponse(body, status=status, content_type=f"{kind}; charset=utf-8")
    response.headers["Cache-Control"] = "no-store"
    return response
