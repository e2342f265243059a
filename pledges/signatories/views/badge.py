from django.db.models import FETCH_RAISE
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language

from citysolidarity.caching import shared
from pledges.models import Signature
from pledges.signatories.badge import STYLES, badge_of
from pledges.vocabularies import Origin

# Other sites embed the badge; after a withdrawal every copy must disappear within five minutes.
HEADERS = {"Cross-Origin-Resource-Policy": "cross-origin", "Cache-Control": shared.FILE}
GONE = {**HEADERS, "Cache-Control": "public, max-age=60"}
SVG = "image/svg+xml"
EMPTY = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1" viewBox="0 0 1 1"></svg>'


def badge(request, slug, style="light"):
    """One of STYLES. Without a public, verified signature of this city: 404 with an empty picture (1 query)."""
    signature = verified(slug)
    if style not in STYLES or not signature:
        return gone()
    drawn = {"badge": badge_of(signature, style), "language": get_language()}
    return HttpResponse(render_to_string("pledges/signatories/badge.svg", drawn), content_type=SVG, headers=HEADERS)


def verified(slug) -> Signature | None:
    public = Signature.objects.public().filter(origin=Origin.ONLINE).with_city().fetch_mode(FETCH_RAISE)
    return public.filter(city__slug=slug).first()


def gone() -> HttpResponse:
    return HttpResponse(EMPTY, content_type=SVG, status=404, headers=GONE)
