"""The badge of a signatory, for the city's own site. One statement."""

from django.db.models import FETCH_RAISE
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language

from pledges.badge import badge_of
from pledges.models import Signature

# Other sites show it; a withdrawal has to be gone from every copy within five minutes.
SHOWN = {"Cross-Origin-Resource-Policy": "cross-origin", "Cache-Control": "public, max-age=300"}
GONE = {**SHOWN, "Cache-Control": "public, max-age=60"}
SVG = "image/svg+xml"
EMPTY = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1" viewBox="0 0 1 1"></svg>'


def badge(request, slug):
    """The badge of the public signature of this city; for any other, 404 and a picture of nothing."""
    public = Signature.objects.public().with_city().fetch_mode(FETCH_RAISE)
    signed = public.filter(city__slug=slug).first()
    if signed is None:
        return HttpResponse(EMPTY, content_type=SVG, status=404, headers=GONE)
    drawn = render_to_string("pledges/badge.svg", {"badge": badge_of(signed), "language": get_language()})
    return HttpResponse(drawn, content_type=SVG, headers=SHOWN)
