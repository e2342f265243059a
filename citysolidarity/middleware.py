"""Headers, methods and sizes for every request, and a page of its own for outages of the database."""

import logging

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.middleware.gzip import GZipMiddleware
from django.urls import Resolver404, resolve
from django.utils.cache import patch_vary_headers
from django.utils.csp import CSP, build_policy
from django.utils.translation import get_language_from_path

from citysolidarity.buckets.away import BucketAway
from citysolidarity.caching import compression, shared
from citysolidarity.caching.page_cache import is_curators
from citysolidarity.http.database_outage import is_outage, unavailable
from citysolidarity.http.oversize import too_large
from citysolidarity.http.twin_address import address_of_twin
from citysolidarity.http.uploads import MOST_OF_A_FORM

METHODS = ("GET", "HEAD", "POST")
# The API refuses what it does not know in its own words, and tells browsers of other sites what it allows.
API, METHODS_OF_API = "/api/", ("OPTIONS", "PUT", "PATCH", "DELETE")
# Powerful features that no page needs. Only names that browsers know: Chromium
# writes a console warning for each one it does not. Left out on purpose:
# clipboard-write (copying a citation) and publickey-credentials-* (curators'
# security keys), which are allowed to this site alone when nothing is said.
FORBIDDEN_FEATURES = (
    "accelerometer autoplay camera display-capture encrypted-media fullscreen geolocation gyroscope hid idle-detection "
    "local-fonts magnetometer microphone midi payment picture-in-picture screen-wake-lock serial usb xr-spatial-tracking"
).split()
PERMISSIONS_POLICY = ", ".join(f"{feature}=()" for feature in FORBIDDEN_FEATURES)
# What other sites may show or read: feeds, the open data, and share cards.
OPEN_PREFIXES = ("/feeds/", "/api/", "/data/", "/oembed")
OPEN_ENDINGS = ("/card.png",)
# What other sites may frame has no script and no form.
FRAMED_POLICY = build_policy(
    settings.SECURE_CSP
    | {"script-src": [CSP.NONE], "connect-src": [CSP.NONE], "form-action": [CSP.NONE], "frame-ancestors": ["*"]}
)
DESK = "/admin/"
MARKDOWN = "text/markdown"
# Documents and workbooks, which are compressed in themselves.
PACKED = "application/vnd.openxmlformats"
# Bytes of a form that the public sends. The longest honest one, a practice told in Arabic with every box full to its
# bound, takes 190,000: a browser sends six bytes for each letter.
MOST_BYTES = 250_000

logger = logging.getLogger(__name__)


class GZip(GZipMiddleware):
    """Skips what is compressed already, and respects "gzip;q=0", which Django's own does not."""

    def process_response(self, request, response):
        is_packed = response.get("Content-Type", "").startswith(PACKED)
        if response.has_header("Content-Encoding") or is_packed:
            return response
        patch_vary_headers(response, ["Accept-Encoding"])
        if not compression.takes_gzip(request.META.get("HTTP_ACCEPT_ENCODING", "")):
            return response
        return super().process_response(request, response)


def security_headers(get_response):
    """Set headers that Django's own middlewares do not; a view may set its own value."""

    def middleware(request):
        response = get_response(request)
        path = request.path_info
        is_open = path.startswith(OPEN_PREFIXES) or path.endswith(OPEN_ENDINGS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "cross-origin" if is_open else "same-origin")
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        # Here, and not at the view, so that it holds of kept pages and of copies in an outage as well.
        view = getattr(request.resolver_match, "func", None)
        if getattr(view, "may_be_framed", False):
            response.headers["Content-Security-Policy"] = FRAMED_POLICY
            response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
            del response.headers["X-Frame-Options"]
        if getattr(view, "knows_no_language", False) and response.status_code in (200, 304):
            vary_by_no_language(response)
        # Without a word a cache may guess how long a page stays true.
        response.headers.setdefault("Cache-Control", shared.PERSONAL if path.startswith(DESK) else "no-cache")
        return response

    return middleware


def vary_by_no_language(response: HttpResponse) -> None:
    """Django says of every address without a language in it that it varies; a shared cache would keep each file many times."""
    named = (word.strip() for word in response.get("Vary", "").split(","))
    words = [word for word in named if word and word.lower() != "accept-language"]
    del response.headers["Vary"]
    if words:
        response.headers["Vary"] = ", ".join(words)


def known_methods(get_response):
    """405 for anything but GET, HEAD and POST: a plain view would answer 200 to TRACE."""

    def middleware(request):
        is_for_api = request.path_info.startswith(API) and request.method in METHODS_OF_API
        if request.method not in METHODS and not is_for_api:
            return HttpResponseNotAllowed(METHODS)
        return get_response(request)

    return middleware


def bounded_forms(get_response):
    """413 for a post that is larger than any of our forms, before it is read."""

    def middleware(request):
        # A stranger has no file for the desk, and no long text: only a session may send more.
        is_desks = request.path_info.startswith(DESK) and is_curators(request)
        most = MOST_OF_A_FORM if is_desks else MOST_BYTES
        if request.method == "POST" and (size := size_of(request)) > most:
            return too_large(request, size)
        return get_response(request)

    return middleware


def size_of(request) -> int:
    """Content-Length, beyond which Django reads nothing; 0 where it is missing."""
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


def database_outage(get_response):
    """503 when the database or a bucket fails in a view; failures outside of views reach ``errors.server_error``."""

    def middleware(request):
        return get_response(request)

    def process_exception(request, exception):
        is_bucket = isinstance(exception, BucketAway)
        if not is_bucket and not is_outage(exception):
            return None
        what = "A bucket" if is_bucket else "The database"
        logger.error("%s failed under %s", what, request.path, exc_info=exception)
        return unavailable(request)

    middleware.process_exception = process_exception
    return middleware


def awake_at_the_desk(get_response):
    """Prolong the session with each request to the desk: it ends half an hour after the last one."""

    def middleware(request):
        if request.path_info.startswith(DESK) and request.user.is_authenticated:
            request.session.keep_awake()
        return get_response(request)

    return middleware


def markdown_for_pages(get_response):
    """Give a page's twin in Markdown to whoever prefers that.

    Vary and an ETag of its own keep page and twin apart in every cache; Content-Location names the address where the twin
    stands alone, under which copies for outages are kept.
    """

    def middleware(request):
        response = get_response(request)
        if response.status_code in (200, 304) and is_page(request):
            patch_vary_headers(response, ["Accept"])
        return response

    def process_view(request, view, args, kwargs):
        return twin_of(request) if is_page(request) and prefers_markdown(request) else None

    middleware.process_view = process_view
    return middleware


def is_page(request: HttpRequest) -> bool:
    """Whether the address is that of a page for people; frames are for browsers alone."""
    path = request.path_info
    is_read = request.method in {"GET", "HEAD"} and path.endswith("/") and get_language_from_path(path)
    return bool(is_read) and not getattr(getattr(request.resolver_match, "func", None), "may_be_framed", False)


def prefers_markdown(request: HttpRequest) -> bool:
    if "markdown" not in request.META.get("HTTP_ACCEPT", ""):
        return False
    return request.get_preferred_type(["text/html", MARKDOWN]) == MARKDOWN


def twin_of(request: HttpRequest) -> HttpResponse | None:
    """What the page's own address with ".md" gives; None where it gives nothing: then the page itself is the answer."""
    address = address_of_twin(request.path_info)
    try:
        match = resolve(address)
        response = match.func(request, *match.args, **match.kwargs)
    except (Http404, Resolver404):
        return None
    query = request.META.get("QUERY_STRING", "")
    response.headers["Content-Location"] = f"{address}?{query}" if query else address
    # Some CDNs know nothing of Vary: Accept, and would give it to everybody for the page.
    response.headers["Cache-Control"] = shared.PERSONAL
    return response
