"""A plain door for programs that read: what this site is, and how to quote it."""

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.http import require_safe

from citysolidarity.opendata.records import LICENCE


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

- [An entry as Markdown]({example}): in {languages}, by the language at the beginning of the address;
  the address of its page gives the same to "Accept: text/markdown"
- [The API]({addresses["api"]}): practices, cities, signatories, the statement; no key
- [OpenAPI 3.1]({addresses["api_openapi"]}): every address and parameter
- [Data and licence]({addresses["about_data"]}): files, feeds and how to cite
"""
    return HttpResponse(text, content_type="text/plain; charset=utf-8")
