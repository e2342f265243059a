"""Each request has an id: in the header X-Request-ID of its answer, and in every line of the log that it causes."""

import logging
import re
import secrets
import time

from django.conf import settings
from django.core.signals import request_finished
from django.dispatch import receiver

from citysolidarity.database.signals import slow_query
from citysolidarity.logs import request_id

HEADER = "X-Request-ID"
# Random digits, as proxies make them, or a UUID. Whatever else somebody sends may be a name, and would be written down.
WELL_FORMED = re.compile(r"[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
LONG = 2  # seconds
# Anybody may invent others without end, and write into them what they like.
METHODS = {"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"}

logger = logging.getLogger(__name__)


def request_ids(get_response):
    """A proxy's own id is kept, so that its log and ours can be read side by side. A visitor's own could be that of another."""

    def middleware(request):
        given = request.META.get("HTTP_X_REQUEST_ID", "").lower() if settings.BEHIND_PROXY else ""
        number = given if WELL_FORMED.fullmatch(given) else secrets.token_hex(16)
        request_id.set(number)
        begun = time.monotonic()
        response = get_response(request)
        response.headers[HEADER] = number
        if (seconds := time.monotonic() - begun) >= LONG:
            logger.warning("%s %s took %.1f s", request.method, view_of(request), seconds)
        return response

    return middleware


def view_of(request) -> str:
    """The name of the address's pattern, never the address itself; "none" where nothing is served."""
    match = request.resolver_match
    return (match.view_name or "unnamed") if match else "none"


@receiver(request_finished)
def forget(**kwargs) -> None:
    """What this process writes down between two requests is about neither."""
    request_id.set("")


@receiver(slow_query)
def write_down(seconds: float, **kwargs) -> None:
    """Without the query, whose values may be what somebody typed; the id leads to the request."""
    logger.warning("A query took %.1f s", seconds)
