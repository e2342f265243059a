"""Pages that are kept: one answer for everybody, until something public changes.

A kept page says what it was made of in its ETag (version, day, build, language, address). A browser that has that page
already gets 304 and no work is done; the pages asked for most are kept compressed. A page that sets a cookie, holds
a form with a token, or looked into a session is somebody's own and is never kept.
"""

from collections import OrderedDict
from collections.abc import Callable
from functools import cache, wraps
from hashlib import blake2b
from pathlib import Path
from threading import Lock

import django
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags
from django.utils.translation import get_language

from practices import encodings
from practices.index.worker import worker

BYTES_KEPT = 3_000_000
PACKAGES = ("citysolidarity", "practices", "pledges", "templates")
MADE_OF = {".py", ".html", ".mo", ".csv"}


class Pages:
    """The answers of this process, the least used dropped first; threads share them."""

    def __init__(self):
        self.lock = Lock()
        self.forget()

    def forget(self) -> None:
        """Make every page anew."""
        with self.lock:
            self.bodies: OrderedDict[tuple[str, str], bytes] = OrderedDict()
            self.size = 0

    def get(self, etag: str, coding: str) -> bytes | None:
        """The body of an answer, or None when it is not kept."""
        with self.lock:
            body = self.bodies.get((etag, coding))
            if body is not None:
                self.bodies.move_to_end((etag, coding))
            return body

    def keep(self, etag: str, coding: str, body: bytes) -> None:
        """Keep the body of an answer."""
        with self.lock:
            if (etag, coding) not in self.bodies:
                self.bodies[etag, coding] = body
                self.size += len(body)
            while self.size > BYTES_KEPT:
                self.size -= len(self.bodies.popitem(last=False)[1])


pages = Pages()


def kept(address: Callable[..., str]):
    """Keeps the pages of a view. ``address`` is called like the view, after a look, and says what its page depends on.

    The path and the language count without being named; of the query string only what ``address`` returns.
    """

    def decorate(view):
        @wraps(view)
        def answer(request, *args, **kwargs):
            if not settings.SELECTION_INDEX or request.method not in {"GET", "HEAD"}:
                return view(request, *args, **kwargs)
            version = worker.look(at_once=is_curators(request))
            etag = mark(version, request.path, address(request, *args, **kwargs))
            if etag in parse_etags(request.META.get("HTTP_IF_NONE_MATCH", "")):
                return with_headers(HttpResponseNotModified(), etag)
            coding = encodings.choose(request.META.get("HTTP_ACCEPT_ENCODING", ""))
            body = pages.get(etag, coding)
            if body is None:
                response = view(request, *args, **kwargs)
                if not is_for_everybody(request, response):
                    return response
                coding = coding if len(response.content) >= encodings.LEAST_BYTES else ""
                body = encodings.compress(response.content, coding)
                pages.keep(etag, coding, body)
            response = with_headers(HttpResponse(body), etag)
            if coding:
                response.headers["Content-Encoding"] = coding
            return response

        return answer

    return decorate


def path_alone(request: HttpRequest, *args, **kwargs) -> str:
    """For pages that depend on nothing but their path: what follows a question mark changes nothing."""
    return ""


def is_curators(request: HttpRequest) -> bool:
    """Whether a session comes with the request: only curators have one, and they see at once what they saved."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES


def is_for_everybody(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether anybody else may be given this answer."""
    session = getattr(request, "session", None)
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and not response.has_header("Content-Encoding")
        and not request.META.get("CSRF_COOKIE_NEEDS_UPDATE")
        and not (session is not None and session.accessed)
    )


def with_headers(response: HttpResponse, etag: str) -> HttpResponse:
    """The answer with what lets a browser keep it and ask whether it still holds."""
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "no-cache"
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def mark(version: int, path: str, address: str) -> str:
    """The ETag of a page; weak, because every coding of it has the same."""
    day = worker.today()  # some pages say "as of today"
    made_of = f"{version} {day} {build()} {get_language()} {path} {address}"
    return f'W/"{blake2b(made_of.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()}"'


@cache
def build() -> str:
    """What this process runs: the same in all processes of one release, another one after any change to it."""
    found = blake2b(digest_size=12)
    root = Path(settings.BASE_DIR)
    for file in sorted(file for name in PACKAGES for file in (root / name).rglob("*") if file.suffix in MADE_OF):
        found.update(str(file.relative_to(root)).encode())
        found.update(file.read_bytes())
    said = (django.__version__, settings.SITE_URL, settings.CONTACT_EMAIL, settings.LANGUAGES)
    found.update(repr((said, getattr(staticfiles_storage, "manifest_hash", ""))).encode())
    return found.hexdigest()
