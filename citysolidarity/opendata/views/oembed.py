"""oEmbed 1.0 (https://oembed.com): what stands for the address of one of our pages on another site."""

from xml.etree.ElementTree import Element, SubElement, tostring

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from citysolidarity.caching.shared import FILE, FILE_SECONDS
from citysolidarity.opendata.embeds import embed_at

OPEN = {"Access-Control-Allow-Origin": "*", "Cache-Control": FILE, "X-Robots-Tag": "noindex"}
LONGEST_NUMBER = 5  # digits of a bound in pixels


@require_safe
def oembed(request):
    """404 where nothing stands for the address, 501 for a format that there is not, as section 2.3.4 says."""
    form = request.GET.get("format") or "json"
    if form not in {"json", "xml"}:
        return HttpResponse("json, xml\n", status=501, content_type="text/plain; charset=utf-8", headers=OPEN)
    embed = embed_at(request.GET.get("url", ""))
    if embed is None:
        return HttpResponse("", status=404, content_type="text/plain; charset=utf-8", headers=OPEN)
    width, height = embed.size(pixels(request, "maxwidth"), pixels(request, "maxheight"))
    told = {
        "version": "1.0",
        "type": "rich",
        "title": embed.title,
        "provider_name": gettext("Cities of Solidarity"),
        "provider_url": settings.SITE_URL + "/",
        "cache_age": FILE_SECONDS,
        "width": width,
        "height": height,
        "html": embed.code(width, height),
    }
    if form == "json":
        return JsonResponse(told, headers=OPEN, json_dumps_params={"ensure_ascii": False})
    return HttpResponse(as_xml(told), content_type="text/xml; charset=utf-8", headers=OPEN)


def pixels(request, name: str) -> int | None:
    """None for what is no whole number above nothing: the specification knows no error for it."""
    text = request.GET.get(name, "")
    is_number = text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER
    return int(text) or None if is_number else None


def as_xml(told: dict) -> bytes:
    root = Element("oembed")
    for name, value in told.items():
        SubElement(root, name).text = str(value)
    return b'<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n' + tostring(root, encoding="utf-8")
