"""What every page needs to know about the site and its own address, without a query."""

from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.encoding import escape_uri_path


class Language(NamedTuple):
    """A language of the site: its code, its own name for itself, this page's path in it, and for ``dir``."""

    code: str
    name: str
    url: str
    direction: str


def site(request: HttpRequest) -> dict:
    """``site_url``, ``contact_email``, ``canonical_url`` (absolute, without query), ``languages`` (empty if only one).

    ``kept_query`` is what of the address goes along to the same page in another language. A kept page may only show
    what it depends on, and says so itself (``request.kept_query``).

    Absolute addresses are built on SITE_URL, never on the visitor's Host header.
    """
    codes = [code for code, _name in settings.LANGUAGES]
    query = request.GET.urlencode()
    return {
        "kept_query": getattr(request, "kept_query", f"?{query}" if query else ""),
        "site_url": settings.SITE_URL,
        "contact_email": settings.CONTACT_EMAIL,
        "canonical_url": settings.SITE_URL + escape_uri_path(request.path),
        "languages": [language(request, code) for code in codes] if len(codes) > 1 else [],
    }


def language(request: HttpRequest, code: str) -> Language:
    """This page in another language, or the home page where this page has none."""
    info = translation.get_language_info(code)
    name = info["name_local"]
    match = request.resolver_match
    with translation.override(code):
        try:
            url = reverse(match.view_name, args=match.args, kwargs=match.kwargs) if match else reverse("home")
        except NoReverseMatch:
            url = reverse("home")
    return Language(code, name[:1].upper() + name[1:], url, "rtl" if info["bidi"] else "ltr")
