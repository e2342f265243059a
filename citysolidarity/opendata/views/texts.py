"""A plain door for programs that read: what this site is (llms.txt), and each entry in Markdown."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.http import require_safe

from citysolidarity.caching.page_cache import PageCache, cached_file
from citysolidarity.opendata.markdown import markdown_of
from citysolidarity.opendata.records import LICENCE
from practices.entries.language_links import path_of
from practices.models import Practice


@require_safe
@cached_file(PageCache())
def practice_text(request, slug):
    """The Markdown twin of an entry's page, in the language of the address. One query."""
    public = Practice.objects.published().with_city().with_review().with_parts().with_elsewhere().in_language()
    entry = get_object_or_404(public, slug=slug)
    address = settings.SITE_URL + path_of(entry)
    headers = {"Link": f'<{address}>; rel="canonical"', "X-Robots-Tag": "noindex", "Access-Control-Allow-Origin": "*"}
    return HttpResponse(markdown_of(entry, address), content_type="text/markdown; charset=utf-8", headers=headers)


@require_safe
def llms(request):
    """https://llmstxt.org: in English, as robots.txt is."""
    with override(settings.LANGUAGE_CODE):
        addresses = {
            name: settings.SITE_URL + reverse(name) for name in ("directory", "api", "api_openapi", "about_data")
        }
        example = f"{addresses['directory']}{{slug}}.md"
    languages = ", ".join(code for code, _name in settings.LANGUAGES)
    text = f"""# Cities of Solidarity

> A public directory of what cities do to include people forced to flee, and of the cities that signed the statement.

Please quote an entry with its city, its sources and the day of its last change, and give the address of its page. What is
not known is said to be not known: please do not fill it in. Names found in public sources are not verified; the standing of
each signatory says which is which. Licence: CC BY 4.0, {LICENCE}

## Read

- [An entry as Markdown]({example}): in {languages}, by the language at the beginning of the address
- [The API]({addresses["api"]}): practices, cities, signatories, the statement; no key
- [OpenAPI 3.1]({addresses["api_openapi"]}): every address and parameter
- [Data and licence]({addresses["about_data"]}): files, feeds and how to cite
"""
    return HttpResponse(text, content_type="text/plain; charset=utf-8")
