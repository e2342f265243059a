"""The answer while the database is away, and how to render a page that stands alone.

Nothing here asks the database, the session or a context processor.
"""

import logging

import psycopg
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.http import escape_leading_slashes
from django.utils.translation import gettext as _

from citysolidarity.posted import posted

# Not only a server that is away: also too many connections, a deadlock, a statement that took too long.
DATABASE_OUTAGES = (OperationalError, InterfaceError, psycopg.OperationalError, psycopg.InterfaceError)
RETRY_AFTER = 60  # seconds

logger = logging.getLogger(__name__)


def unavailable(request: HttpRequest) -> HttpResponse:
    """503 that asks to come back; what was posted is shown, to be copied or sent again."""
    context = {
        "was_posted": request.method == "POST",
        "fields": [],
        "can_resend": False,
        "address": "",
        "csrf_token": "",
    }
    if request.method == "POST":
        fields, is_whole = posted(request)
        # With two leading slashes it would be another host's address.
        address = escape_leading_slashes(request.get_full_path())
        context |= {"fields": fields, "can_resend": is_whole, "address": address, "csrf_token": get_token(request)}
    response = bare(503, context)
    response.headers["Retry-After"] = str(RETRY_AFTER)
    return response


def bare(status: int, context: dict | None = None) -> HttpResponse:
    """A page that stands alone; where even that fails (no static manifest), one sentence."""
    try:
        body, kind = render_to_string(f"errors/{status}.html", context), "text/html"
    except Exception:
        logger.exception("The page for %s failed", status)
        body, kind = _("Something went wrong here. Please try again in a few minutes."), "text/plain"
    response = HttpResponse(body, status=status, content_type=f"{kind}; charset=utf-8")
    response.headers["Cache-Control"] = "no-store"
    return response
