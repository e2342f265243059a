"""A cache of pages that are the same for everybody, until something public changes.

The ETag of a page is made of everything it depends on (edition, day, build, language, address). A browser that has the
page gets 304 without any work; the pages requested most are cached compressed. A page that sets a cookie, has a CSRF
token or read the session is never cached.
"""

import json
from collections import OrderedDict
from collections.abc import Callable
from functools import cache, wraps
from hashlib import blake2b
from pathlib import Path
from threading import Lock
from urllib.parse import urlencode

import django
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags
from django.utils.translation import get_language

from citysolidarity.caching import compression, shared
from citysolidarity.caching.edition import edition
from citysolidarity.http.rate_limit import RateLimit, files_later
from citysolidarity.http.throttle import address_block

BYTES_KEPT = 3_000_000
# For each block of addresses: cards and certificates, a tenth of a second each, and the Markdown of entries, which costs
# less. What is kept is not counted.
FILES_DRAWN = RateLimit(300, minutes=10)
PACKAGES = ("citysolidarity", "practices", "pledges", "templates")
MADE_OF = {".py", ".html", ".mo", ".csv"}


class PageCache:
    """The answers of this process, shared by its threads; the least recently used are dropped first."""

    def __init__(self):
        self.lock = Lock()
        self.forget()

    def forget(self) -> None:
        with self.lock:
            self.bodies: OrderedDict[tuple[str, str], bytes] = OrderedDict()
            self.size = 0

    def get(self, etag: str, coding: str) -> bytes | None:
        with self.lock:
            body = self.bodies.get((etag, coding))
            if body is not None:
                self.bodies.move_to_end((etag, coding))
            return body

    def keep(self, etag: str, coding: str, body: bytes) -> None:
        with self.lock:
            if (etag, coding) not in self.bodies:
                self.bodies[etag, coding] = body
                self.size += len(body)
            while self.size > BYTES_KEPT:
                self.size -= len(self.bodies.popitem(last=False)[1])


pages = PageCache()


def by_path(request: HttpRequest, *args, **kwargs) -> tuple[str, dict]:
    """For pages that depend on their path alone, and on no query string."""
    request.kept_query = ""
    return "", {}


def by_parameters(*names: str) -> Callable[..., tuple[str, dict]]:
    """For pages that depend on these parameters of the query string, too; links to other languages keep them."""

    def depends_on(request: HttpRequest, *args, **kwargs) -> tuple[str, dict]:
        query = urlencode([(name, value) for name in names for value in sorted(set(request.GET.getlist(name)))])
        request.kept_query = f"?{query}" if query else ""
        return query, {}

    return depends_on


def cached_page(depends_on: Callable[..., tuple[str, dict]] = by_path):
    """Cache the pages of a view.

    ``depends_on`` is called like the view, after a check of the edition. It returns what the page depends on besides
    its path and language, as text, and further arguments for the view.
    """

    def decorate(view):
        @wraps(view)
        def answer(request, *args, **kwargs):
            for_curator = is_curators(request)
            number = edition.check(at_once=for_curator) if settings.SELECTION_INDEX else 0
            address, arguments = depends_on(request, *args, **kwargs)
            if not settings.SELECTION_INDEX or request.method not in {"GET", "HEAD"}:
                return view(request, *args, **kwargs, **arguments)
            etag, said = etag_of(number, request.path, address), shared.of_page(for_curator=for_curator)
            if etag in parse_etags(request.META.get("HTTP_IF_NONE_MATCH", "")):
                return with_headers(HttpResponseNotModified(), etag, said)
            coding = compression.choose(request.META.get("HTTP_ACCEPT_ENCODING", ""))
            body = pages.get(etag, coding)
            if body is None:
                response = view(request, *args, **kwargs, **arguments)
                if not is_for_everybody(request, response):
                    return response
                coding = coding if len(response.content) >= compression.LEAST_BYTES else ""
                body = compression.compress(response.content, coding)
                pages.keep(etag, coding, body)
            response = with_headers(HttpResponse(body), etag, said)
            if coding:
                response.headers["Content-Encoding"] = coding
            return response

        answer.reads_replica = True
        return answer

    return decorate


def cached_file(kept: "PageCache"):
    """Keep the files of a view that are slow to draw, apart from the pages: a few of them would push out many.

    Caches may keep them for a while (shared.FILE) and then ask again; the answer is 304 until something public changes.
    """

    def decorate(view):
        @wraps(view)
        def answer(request, *args, **kwargs):
            # The name of the view, because a page and a file may share an address.
            etag = etag_of(edition.check(at_once=is_curators(request)), request.path, view.__name__)
            said = {"ETag": etag, "Cache-Control": shared.FILE}
            if etag in parse_etags(request.META.get("HTTP_IF_NONE_MATCH", "")):
                return HttpResponseNotModified(headers=said)
            stored = kept.get(etag, "")
            if stored is None:
                if wait := FILES_DRAWN.take(address_block(request), 1):
                    return files_later(request, wait)
                response = view(request, *args, **kwargs)
                if response.status_code != 200:
                    return response
                stored = json.dumps(dict(response.headers)).encode() + b"\n" + response.content
                kept.keep(etag, "", stored)
            headers, _line, body = stored.partition(b"\n")
            return HttpResponse(body, headers=json.loads(headers) | said)

        answer.reads_replica = True
        return answer

    return decorate


def is_curators(request: HttpRequest) -> bool:
    """Only curators have a session; they must see at once what they saved. A key that we did not make is none."""
    session = getattr(request, "session", None)
    return settings.SESSION_COOKIE_NAME in request.COOKIES and session is not None and session.is_ours


def is_for_everybody(request: HttpRequest, response: HttpResponse, *, encoded: bool = False) -> bool:
    """Whether this answer may be given to other visitors; ``encoded`` if it may be compressed already."""
    session = getattr(request, "session", None)
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and (encoded or not response.has_header("Content-Encoding"))
        and not request.META.get("CSRF_COOKIE_NEEDS_UPDATE")
        and not (session is not None and session.accessed)
    )


def with_headers(response: HttpResponse, etag: str, said: str = "no-cache") -> HttpResponse:
    """Let browsers keep the page, and ask before each use whether it is still valid; ``said`` is the Cache-Control."""
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = said
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def etag_of(number: int, path: str, address: str) -> str:
    """A weak ETag, because all compressed forms of a page share it."""
    day = edition.today()  # some pages say "as of today"
    made_of = f"{number} {day} {build()} {get_language()} {path} {address}"
    return f'W/"{blake2b(made_of.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()}"'


@cache
def build() -> str:
    """A hash of the code, templates and settings: the same in all processes of one release."""
    digest = blake2b(digest_size=12)
    root = Path(settings.BASE_DIR)
    for file in sorted(file for name in PACKAGES for file in (root / name).rglob("*") if file.suffix in MADE_OF):
        digest.update(str(file.relative_to(root)).encode())
        digest.update(file.read_bytes())
    # Codes alone: the names are in the language of whoever asks first, and the hash has to be the same in every process.
    languages = [code for code, _name in settings.LANGUAGES]
    versions = (django.__version__, settings.SITE_URL, settings.CONTACT_EMAIL, languages)
    digest.update(repr((versions, getattr(staticfiles_storage, "manifest_hash", ""))).encode())
    return digest.hexdigest()
