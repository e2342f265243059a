"""The address of a page gives its twin in Markdown to whoever prefers that.

Vary and an ETag of its own keep page and twin apart in every cache; Content-Location names the address where the twin stands
alone, under which copies for outages are kept.
"""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_path

MARKDOWN = "text/markdown"
INDEX = "index"  # for the page of a language, whose address ends with no name


def markdown_for_pages(get_response):
    """Answer with the twin where there is one, and tell caches that pages may have one."""

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
    return response


def address_of_twin(path: str) -> str:
    return f"{path}{INDEX}.md" if path.count("/") == 2 else f"{path[:-1]}.md"
