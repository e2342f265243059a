"""Error pages. Those for 400, 500 and 503 are rendered without the request (http/database_outage.py)."""

import re
import sys

from django.conf import settings
from django.http import HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import get_language_from_path
from django.utils.translation import gettext as _

from citysolidarity.desk.drafts.giving_back import keep, owner_of
from citysolidarity.http.database_outage import DATABASE_OUTAGES, bare, is_outage, unavailable
from citysolidarity.http.private_pages import comes_from_elsewhere
from citysolidarity.http.problems import is_for_programs, problem
from pledges.models import Signature
from practices.models import FormerAddress, Guide, LibraryDocument, Practice
from practices.vocabularies import THEMES

# Pages about one thing, named by its slug: once it is taken off they say so.
ENTRY_PAGES = ("practice", "practice_in", "practice_ask", "practice_report")
SIGNATURE_PAGES = ("signature", "certificate", "signature_card")
LONGEST_PATH = FormerAddress._meta.get_field("path").max_length


def bad_request(request, exception=None):
    """Does not use the host, which may be forged."""
    return bare(400)


def forbidden(request, exception=None):
    return render(request, "errors/403.html", {"form_expired": False}, status=403)


def csrf_failure(request, reason=""):
    """403 that does not show what was typed: another site may have sent it.

    At the desk the token has changed where somebody logged in again in another tab: their form is given back. The
    cookies that say whose it is come with nothing that another site sends.
    """
    if request.path_info.startswith("/admin/") and not comes_from_elsewhere(request):
        kept = keep(request, owner_of(request))
        if kept is not None:
            return HttpResponseRedirect(kept.url)
    return render(request, "errors/403.html", {"form_expired": True}, status=403)


def not_found(request, exception=None):
    """404 with a search box, unless the address has a redirect or was removed."""
    if answer := retired(request):
        return answer
    return render(request, "errors/404.html", ways_on(words_of(request.path_info)), status=404)


def gone(request, reason: str):
    """``reason`` is a sentence for the public."""
    return render(request, "errors/410.html", {"reason": reason, **ways_on()}, status=410)


def server_error(request):
    """500, or 503 where the database is the cause."""
    if is_outage(sys.exception()):
        return unavailable(request)
    if is_for_programs(request):
        return problem(500, _("Something went wrong here. Please try again in a few minutes."))
    return bare(500)


def retired(request) -> HttpResponse | None:
    """301 or 410 for a former address; None for any other, and while the database is away."""
    language = get_language_from_path(request.path_info)
    path = request.path_info.removeprefix(f"/{language}") if language else ""
    if not path or len(path) > LONGEST_PATH or "\0" in path:
        return None
    try:
        former = FormerAddress.objects.filter(path=path if path.endswith("/") else f"{path}/").first()
    except DATABASE_OUTAGES:
        return None
    if former is None:
        reason = reason_of(request.resolver_match)
        return gone(request, reason) if reason else None
    if former.moved_to:
        # Two slashes at the beginning would lead to another host.
        return HttpResponsePermanentRedirect(f"/{language}/{former.moved_to.lstrip('/')}")
    return gone(request, former.reason)


def reason_of(match) -> str:
    """Why what stood at an address is not public any more, as a sentence for the public; "" where nothing ever did.

    What is to be hidden, such as a signature that is counted and not named, answers as if it had never been.
    """
    slug = match.kwargs.get("slug") if match else None
    if not slug or "\0" in slug:
        return ""
    try:
        if match.url_name in ENTRY_PAGES:
            entry = Practice.objects.archived().filter(slug=slug).only("gone_because").first()
            return entry.get_gone_because_display() if entry else ""
        if match.url_name in SIGNATURE_PAGES and Signature.objects.was_public().filter(city__slug=slug).exists():
            return _("The signature of this city is no longer shown. The statement remains open to every city.")
        if match.url_name == "guide" and Guide.objects.withdrawn().filter(slug=slug).exists():
            return _("The curators have taken this guide off these pages.")
        if match.url_name == "document" and LibraryDocument.objects.withdrawn().filter(slug=slug).exists():
            return _("The curators have taken this document off these pages.")
        if match.url_name == "city" and is_empty_now(slug):
            return _("This city is not shown in the directory at the moment.")
    except DATABASE_OUTAGES:
        return ""
    return ""


def is_empty_now(slug: str) -> bool:
    """Whether the site showed something of this city, and shows nothing today."""
    entries = Practice.objects.archived().filter(city__slug=slug)
    return entries.exists() or Signature.objects.was_public().filter(city__slug=slug).exists()


def words_of(path: str) -> str:
    """Words for the search box: ``/en/practices/open-doors/`` → "open doors"."""
    last = path.rstrip("/").rpartition("/")[2][:80]
    if get_language_from_path(path) is None or last in dict(settings.LANGUAGES):
        return ""
    return " ".join(re.findall(r"[^\W\d_]{3,}", last))


def ways_on(words: str = "") -> dict:
    """Words for the search box, and the themes as ``(code, label)``, without a query."""
    return {"words": words, "themes": THEMES.choices}
