"""What a page says of itself to programs: a block of JSON-LD with the words of schema.org.

Every page says its title, its language and of which site it is; one about a thing also says what that is.
"""

from html import unescape

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from practices.cities.linked_data import city_data
from practices.templatetags.directory import linked_data
from practices.vocabularies.languages import base_of

LICENCE = "https://creativecommons.org/licenses/by/4.0/"

register = template.Library()
register.filter(city_data)


@register.simple_tag(takes_context=True)
def web_page(context, kind="WebPage", about=None, name="", description=""):
    """Title and description are those the page shows, unless they are given: parts of kept pages cannot be read."""
    address = context["canonical_url"]
    page = {
        "@context": "https://schema.org",
        "@type": kind,
        "@id": address,
        "url": address,
        "name": name or shown_in(context, "title"),
        "description": description or shown_in(context, "description"),
        "inLanguage": get_language(),
        "isPartOf": site_data(),
        "license": LICENCE,
    }
    return linked_data(page | ({"mainEntity": about} if about else {}))


@register.simple_tag(takes_context=True)
def social(context, title="", description=""):
    """What a page that is one of a kind looks like where somebody shares its address, with its own card.

    Title and description are those the page shows, unless they are given.
    """
    said = {
        "title": title or shown_in(context, "title"),
        "description": description or shown_in(context, "description"),
        "url": context["canonical_url"],
        "card": settings.SITE_URL + reverse("page_card", args=[context["request"].resolver_match.view_name]),
    }
    return render_to_string("components/social.html", said)


def shown_in(context, block: str) -> str:
    rendered = context.render_context[BLOCK_CONTEXT_KEY].get_block(block).render(context)
    return unescape(" ".join(strip_tags(rendered).split()))


def site_data() -> dict:
    name = _("Cities of Solidarity")
    return {"@type": "WebSite", "@id": f"{settings.SITE_URL}/#site", "name": name, "url": f"{settings.SITE_URL}/"}


@register.filter
def network_data(network) -> dict:
    data = {"@type": "Organization", "name": network.name, "url": network.website, "foundingDate": network.founded}
    return {name: value for name, value in data.items() if value}


@register.filter
def document_data(document) -> dict:
    """The original, which is somebody else's."""
    data = {
        "@type": "CreativeWork",
        "name": document.title,
        "url": document.url,
        "inLanguage": [base_of(code) for code in document.languages],
        "datePublished": document.year and str(document.year),
        "publisher": {"@type": "Organization", "name": document.publisher},
    }
    return {name: value for name, value in data.items() if value}


@register.filter
def guide_data(guide) -> dict:
    return {"@type": "HowTo", "name": guide.title, "description": guide.question}


@register.simple_tag
def text_data(version) -> dict:
    """A version of the statement: its title, its language and from when on it is valid."""
    data = {
        "@type": "CreativeWork",
        "name": version.title,
        "inLanguage": version.language,
        "version": str(version.number),
    }
    return data | {"datePublished": version.valid_from.isoformat(), "text": version.preamble}


@register.simple_tag
def search_data(address: str) -> dict:
    """The site, and how it is searched."""
    target = {"@type": "EntryPoint", "urlTemplate": f"{settings.SITE_URL}{address}?q={{search_term_string}}"}
    action = {"@type": "SearchAction", "target": target, "query-input": "required name=search_term_string"}
    return site_data() | {"potentialAction": action}
