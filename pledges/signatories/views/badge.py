from django.db.models import FETCH_RAISE
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language

from pledges.models import Signature
from pledges.signatories.badge import Badge, badge_of
from pledges.signatories.badge_styles import STYLES, StyledBadge, styled_badge
from pledges.vocabularies import Origin

# Other sites embed the badge; after a withdrawal every copy must disappear within five minutes.
HEADERS = {"Cross-Origin-Resource-Policy": "cross-origin", "Cache-Control": "public, max-age=300"}
GONE = {**HEADERS, "Cache-Control": "public, max-age=60"}
SVG = "image/svg+xml"
EMPTY = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1" viewBox="0 0 1 1"></svg>'


def badge(request, slug):
    """Without a public, verified signature of this city the response is 404 with an empty picture (1 query)."""
    signature = verified(slug)
    return picture("pledges/signatories/badge.svg", badge_of(signature)) if signature else gone()


def badge_in_style(request, slug, style):
    """The same for one of STYLES, with its letters as paths (1 query)."""
    signature = verified(slug)
    if style not in STYLES or not signature:
        return gone()
    return picture("pledges/signatories/badge_styled.svg", styled_badge(signature, style))


def verified(slug) -> Signature | None:
    public = Signature.objects.public().filter(origin=Origin.ONLINE).with_city().fetch_mode(FETCH_RAISE)
    return public.filter(city__slug=slug).first()


def picture(template: str, drawn: Badge | StyledBadge) -> HttpResponse:
    svg = render_to_string(template, {"badge": drawn, "language": get_language()})
    return HttpResponse(svg, content_type=SVG, headers=HEADERS)


def gone() -> HttpResponse:
    return HttpResponse(EMPTY, content_type=SVG, status=404, headers=GONE)
