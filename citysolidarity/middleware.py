"""What holds for every answer: its headers, the methods it takes, and a kind page when the database is away."""

import logging

from django.http import HttpResponseNotAllowed
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import patch_vary_headers

from citysolidarity.outage import DATABASE_OUTAGES, unavailable
from practices import encodings

METHODS = ("GET", "HEAD", "POST")
# Powerful features that no page needs. Only names that browsers know: Chromium
# writes a console warning for each one it does not. Left out on purpose:
# clipboard-write (copying a citation) and publickey-credentials-* (curators'
# security keys), which are allowed to this site alone when nothing is said.
FORBIDDEN_FEATURES = (
    "accelerometer",
    "autoplay",
    "camera",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "geolocation",
    "gyroscope",
    "hid",
    "idle-detection",
    "local-fonts",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "picture-in-picture",
    "screen-wake-lock",
    "serial",
    "usb",
    "xr-spatial-tracking",
)
PERMISSIONS_POLICY = ", ".join(f"{feature}=()" for feature in FORBIDDEN_FEATURES)
# What other sites may show or read: feeds, the open data, and share cards.
OPEN_PREFIXES = ("/feeds/", "/api/")
OPEN_ENDINGS = ("/card.png",)
DESK = "/admin/"

logger = logging.getLogger(__name__)


class GZip(GZipMiddleware):
    """Compresses what is not compressed yet, for browsers that take gzip; Django's own does not read "gzip;q=0"."""

    def process_response(self, request, response):
        if response.has_header("Content-Encoding"):
            return response
        patch_vary_headers(response, ["Accept-Encoding"])
        if not encodings.takes_gzip(request.META.get("HTTP_ACCEPT_ENCODING", "")):
            return response
        return super().process_response(request, response)


def security_headers(get_response):
    """Sets the headers that Django's own middlewares do not; a view's own value stays."""

    def middleware(request):
        response = get_response(request)
        path = request.path_info
        is_open = path.startswith(OPEN_PREFIXES) or path.endswith(OPEN_ENDINGS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "cross-origin" if is_open else "same-origin")
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        return response

    return middleware


def known_methods(get_response):
    """Answers 405 to everything but GET, HEAD and POST: a bare view would say 200 to TRACE."""

    def middleware(request):
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        return get_response(request)

    return middleware


def database_outage(get_response):
    """Answers 503 when the database fails under a view; failures outside of views reach ``errors.server_error``."""

    def middleware(request):
        return get_response(request)

    def process_exception(request, exception):
        if not isinstance(exception, DATABASE_OUTAGES):
            return None
        logger.error("The database failed under %s", request.path, exc_info=exception)
        return unavailable(request)

    middleware.process_exception = process_exception
    return middleware


def awake_at_the_desk(get_response):
    """Counts each step at the desk, so that a session ends half an hour after the last one."""

    def middleware(request):
        if request.path_info.startswith(DESK) and request.user.is_authenticated:
            request.session.keep_awake()
        return get_response(request)

    return middleware
