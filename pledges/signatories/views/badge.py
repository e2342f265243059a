from django.db.models import FETCH_RAISE
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language

from pledges.models import Signature
from pledges.signatories.badge import badge_of
from pledges.vocabularies import Origin

# Other sites embed the badge; after a withdrawal every copy must disappear within five minutes.
HEADERS = {"Cross-Origin-Resource-Policy": "cross-origin", "Cache-Control": "public, max-age=300"}
GONE = {**HEADERS, "Cache-Control": "public, max-age=60"}
SVG = "image/svg+xml"
EMPTY = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1" viewBox="0 0 1 1"></svg>'


def badge(request, slug):
    """Without a public, verified signature of this city the response is 404 with an empty picture (1 query)."""
    public = Signature.objects.public().filter(origin=Origin.ONLINE).with_city().fetch_mode(FETCH_RAISE)
    signature = public.filter(city__slug=slug).first()
    if signature is None:
        return HttpResponse(EMPTY, content_type=SVG, status=404, headers=GONE)
    context = {"badge": badge_of(signature), "language": get_language()}
    svg = render_to_string("pledges/signatories/badge.svg", context)
    return HttpResponse(svg, content_type=SVG, headers=HEADERS)
