"""A plain door for programs that read: what this site is, how to quote it, and every page as Markdown."""

from copy import copy

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import SimpleTemplateResponse
from django.urls import resolve, reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language, override
from django.views.decorators.http import require_safe

from citysolidarity.caching.page_cache import is_for_everybody
from citysolidarity.caching.reading import read_from_replicas
from citysolidarity.http.twin_address import INDEX
from citysolidarity.opendata.records import LICENCE
from citysolidarity.opendata.snapshot.pages import POSTS
from citysolidarity.opendata.twins import Twin

OF_THE_PAGE = ("HTTP_ACCEPT_ENCODING", "HTTP_IF_NONE_MATCH", "HTTP_RANGE")


@read_from_replicas
@require_safe
def twin(request, page: str):
    """What a public page says, as Markdown, in as many queries as the page; 404 for one that is not the same for everybody,
    or has a form to send.

    Entries have a twin of their own, with their sources numbered.
    """
    path = f"/{get_language()}/" + ("" if page == INDEX else f"{page}/")
    match = resolve(path)
    asked = asked_for(request, path, match)
    shown = match.func(asked, *match.args, **match.kwargs)
    if isinstance(shown, SimpleTemplateResponse):
        shown.render()
    is_page = shown.get("Content-Type", "").startswith("text/html") and is_for_everybody(asked, shown)
    if not is_page or POSTS in shown.content or getattr(match.func, "may_be_framed", False):
        raise Http404
    address = settings.SITE_URL + path
    headers = {
        "Link": f'<{address}>; rel="canonical"',
        "X-Robots-Tag": "noindex",
        "Access-Control-Allow-Origin": "*",
    }
    if "Cache-Control" in shown:
        headers["Cache-Control"] = shown["Cache-Control"]
    if etag := shown.get("ETag"):
        # Not the page's own: the page's address gives both.
        headers["ETag"] = f'{etag[:-1]}-md"'
    text = Twin(shown.content.decode(), address).text
    answer = HttpResponse(text, content_type="text/markdown; charset=utf-8", headers=headers)
    return get_conditional_response(request, etag=answer.get("ETag"), response=answer)


def asked_for(request: HttpRequest, path: str, match) -> HttpRequest:
    """The same request, as if it asked for the page itself, whole and not compressed."""
    asked = copy(request)
    asked.path = asked.path_info = path
    asked.META = {name: value for name, value in request.META.items() if name not in OF_THE_PAGE} | {"PATH_INFO": path}
    asked.__dict__.pop("headers", None)
    asked.resolver_match = match
    return asked


@require_safe
def llms(request):
    """https://llmstxt.org: in English, as robots.txt is."""
    with override(settings.LANGUAGE_CODE):
        addresses = {
            name: settings.SITE_URL + reverse(name)
            for name in ("home", "directory", "api", "api_openapi", "about_data")
        }
        example = f"{addresses['directory']}{{slug}}.md"
    languages = ", ".join(code for code, _name in settings.LANGUAGES)
    text = f"""# Cities of Solidarity

> A public directory of what cities do to include people forced to flee, and of the cities that signed the statement.

Please quote an entry with its city, its sources and the day of its last change, and give the address of its page. What is
not known is said to be not known: please do not fill it in. Names found in public sources are not verified; the standing of
each signatory says which is which. Licence: CC BY 4.0, {LICENCE}

## Read

- [An entry as Markdown]({example}): in {languages}, by the language at the beginning of the address;
- [Every page as Markdown]({addresses["home"]}index.md): ".md" instead of the last slash of its address, in each language;
  the address of the page itself gives the same to "Accept: text/markdown"
- [The API]({addresses["api"]}): practices, cities, signatories, the statement; no key
- [OpenAPI 3.1]({addresses["api_openapi"]}): every address and parameter
- [Data and licence]({addresses["about_data"]}): files, feeds and how to cite
"""
    return HttpResponse(text, content_type="text/plain; charset=utf-8")
