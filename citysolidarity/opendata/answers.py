"""What all answers of the API share: methods, limits, language, errors, ETag, CORS, and a memory of their own."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from django.core.serializers.json import DjangoJSONEncoder
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags
from django.utils.translation import get_language, override

from citysolidarity.caching import compression
from citysolidarity.caching.edition import edition
from citysolidarity.caching.page_cache import PageCache, etag_of, with_headers
from citysolidarity.http.rate_limit import RateLimit
from citysolidarity.http.throttle import address_block
from citysolidarity.opendata.parameters import LANGUAGE, Parameter, check
from citysolidarity.opendata.problems import ApiProblem, nothing_here, too_many, wrong_method

# For each block of addresses, by each process: reading writes nothing, so nothing is counted in the database.
READS = RateLimit(600, minutes=5)
DOWNLOADS = RateLimit(30, minutes=5)
JSON, GEOJSON = "application/json", "application/geo+json"
METHODS = "GET, HEAD, OPTIONS"
SHOWN_HEADERS = (
    "Content-Disposition, Content-Language, ETag, Link, RateLimit-Limit, RateLimit-Policy, RateLimit-Remaining, "
    "RateLimit-Reset, Retry-After"
)
# Apart from the pages: a program that reads everything would push them out.
kept = PageCache()


@dataclass(frozen=True)
class Body:
    """A finished answer: ``link`` is the address of the next part of a list."""

    content: bytes
    content_type: str = JSON
    link: str | None = None


def as_json(value, content_type: str = JSON, link: str | None = None) -> Body:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), cls=DjangoJSONEncoder)
    return Body(text.encode(), content_type, link)


def answers(*parameters: Parameter, depends_on: Callable[[HttpRequest], object] = lambda request: "", limit=READS):
    """A view of the API that gives a Body, or a finished response, which is not kept.

    ``depends_on`` is what an answer depends on besides path, query, language and edition.
    """

    def decorate(view):
        @wraps(view)
        def answer(request, **kwargs):
            if request.method == "OPTIONS":
                response = HttpResponse(status=204)
            else:
                with override(language_of(request)):
                    response = told(request, lambda: _answer(request, view, kwargs), limit)
                    response.headers["Content-Language"] = get_language()
            return opened(response)

        def _answer(request, view, kwargs) -> HttpResponse:
            check(request.GET, (LANGUAGE, *parameters))
            number = edition.check()
            etag = etag_of(number, request.path, f"{request.GET.urlencode()} {depends_on(request)}")
            if etag in parse_etags(request.META.get("HTTP_IF_NONE_MATCH", "")):
                return with_headers(HttpResponseNotModified(), etag)
            return given(request, etag, lambda: view(request, **kwargs))

        answer.parameters, answer.reads_replica = (LANGUAGE, *parameters), True
        return answer

    return decorate


def language_of(request: HttpRequest) -> str | None:
    """That of the parameter, where it is one of the site's; else what Django read from Accept-Language."""
    asked = request.GET.get(LANGUAGE.name, "")
    return asked if asked and LANGUAGE.check(asked) else get_language()


def told(request: HttpRequest, answer: Callable[[], HttpResponse], limit: RateLimit) -> HttpResponse:
    """The answer or its problem, with how much is left of the limit."""
    who = address_block(request)
    wait = limit.take(who, 1)
    try:
        if request.method not in {"GET", "HEAD"}:
            raise wrong_method()
        if wait:
            raise too_many()
        response = answer()
    except ApiProblem as problem:
        response = problem.response()
    except Http404:
        response = nothing_here().response()
    if response.status_code == 405:
        response.headers["Allow"] = METHODS
    if response.status_code == 429:
        response.headers["Retry-After"] = str(wait)
    left, reset = limit.left(who)
    # As in draft-ietf-httpapi-ratelimit-headers-07.
    response.headers["RateLimit-Policy"] = f"{limit.most};w={int(limit.window)}"
    response.headers["RateLimit-Limit"] = str(limit.most)
    response.headers["RateLimit-Remaining"] = str(left)
    response.headers["RateLimit-Reset"] = str(reset)
    return response


def given(request: HttpRequest, etag: str, make: Callable[[], Body | HttpResponseBase]) -> HttpResponseBase:
    """The kept answer, or one made now; kept as its headers in a line, then the compressed body."""
    coding = compression.choose(request.META.get("HTTP_ACCEPT_ENCODING", ""))
    stored = kept.get(etag, coding)
    if stored is None:
        body = make()
        if isinstance(body, HttpResponseBase):
            return with_headers(body, etag) if body.status_code == 200 else body
        used = coding if len(body.content) >= compression.LEAST_BYTES else ""
        headers = {"Content-Type": body.content_type}
        headers |= {"Content-Encoding": used} if used else {}
        headers |= {"Link": f'<{body.link}>; rel="next"'} if body.link else {}
        stored = json.dumps(headers).encode() + b"\n" + compression.compress(body.content, used)
        kept.keep(etag, coding, stored)
    headers, _line, content = stored.partition(b"\n")
    return with_headers(HttpResponse(content, headers=json.loads(headers)), etag)


def opened(response: HttpResponse) -> HttpResponse:
    """For programs of every origin; without cookie or key there is nothing to protect from them."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = SHOWN_HEADERS
    if response.status_code == 204:
        response.headers["Access-Control-Allow-Methods"] = METHODS
        response.headers["Access-Control-Allow-Headers"] = "Accept-Language, If-None-Match"
        response.headers["Access-Control-Max-Age"] = "86400"
        response.headers["Allow"] = METHODS
    response.headers["X-Robots-Tag"] = "noindex"
    patch_vary_headers(response, ["Accept-Language"])
    return response
