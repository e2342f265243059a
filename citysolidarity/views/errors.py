"""Pages for what went wrong. Those for 400 and 500 stand alone, as 503 does: see ``citysolidarity.outage``."""

import re
import sys

from django.conf import settings
from django.http import HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils.translation import get_language_from_path

from citysolidarity.outage import DATABASE_OUTAGES, bare, unavailable
from practices.models import FormerAddress
from practices.vocabularies import THEMES

LONGEST_PATH = FormerAddress._meta.get_field("path").max_length


def bad_request(request, exception=None):
    """400: the request itself cannot be read. The host may be a stranger's, so nothing here asks for it."""
    return bare(400)


def forbidden(request, exception=None):
    """403: the page is there, but not for this visitor."""
    return render(request, "errors/403.html", {"form_expired": False}, status=403)


def csrf_failure(request, reason=""):
    """403 for a form without a valid token. What was typed is not shown: another site may have sent it."""
    return render(request, "errors/403.html", {"form_expired": True}, status=403)


def not_found(request, exception=None):
    """404 with ways on; a retired address leads to its new one, or says why there is none."""
    answer = retired(request)
    if answer is not None:
        return answer
    return render(request, "errors/404.html", ways_on(words_of(request.path_info)), status=404)


def gone(request, reason: str):
    """410: the page was taken away on purpose; ``reason`` is a sentence for the public."""
    return render(request, "errors/410.html", {"reason": reason, **ways_on()}, status=410)


def server_error(request):
    """500; 503 where the database is the cause, as when a session could not be read."""
    if isinstance(sys.exception(), DATABASE_OUTAGES):
        return unavailable(request)
    return bare(500)


def retired(request) -> HttpResponse | None:
    """301 or 410 for a path that once answered under a language; None for any other, or without a database."""
    language = get_language_from_path(request.path_info)
    path = request.path_info.removeprefix(f"/{language}") if language else ""
    if not path or len(path) > LONGEST_PATH or "\0" in path:
        return None
    try:
        former = FormerAddress.objects.filter(path=path if path.endswith("/") else f"{path}/").first()
    except DATABASE_OUTAGES:
        return None
    if former is None:
        return None
    if former.moved_to:
        # One slash only: two would lead to another host.
        return HttpResponsePermanentRedirect(f"/{language}/{former.moved_to.lstrip('/')}")
    return gone(request, former.reason)


def words_of(path: str) -> str:
    """The words of a path's last part, for the search box: ``/en/practices/open-doors/`` → "open doors"."""
    last = path.rstrip("/").rpartition("/")[2][:80]
    if get_language_from_path(path) is None or last in dict(settings.LANGUAGES):
        return ""
    return " ".join(re.findall(r"[^\W\d_]{3,}", last))


def ways_on(words: str = "") -> dict:
    """Words for the search box, and the themes as ``(code, label)``: ways in that need no database."""
    return {"words": words, "themes": THEMES.choices}
