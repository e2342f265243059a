from django.db.models import FETCH_RAISE
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from citysolidarity.caching.page_cache import PageCache, cached_file
from pledges.models import Signature
from pledges.vocabularies import Origin
from practices.entries import share_card


@cached_file(PageCache())
def signature_card(request, slug):
    """The picture of a public signature for social media, in the city's own voice where it is verified (1 query)."""
    signature = get_object_or_404(Signature.objects.public().with_city().fetch_mode(FETCH_RAISE), city__slug=slug)
    city = signature.city
    title = city.full_name
    if signature.origin == Origin.ONLINE:
        title = _("%(city)s stands #WithRefugees") % {"city": title}
    png = share_card.draw(
        title,
        f"{city.country_name} · {signature.signed_in_brief}",
        kind_label=str(signature.standing.label),
        language=get_language(),
    )
    # The copy of a search engine would outlive a withdrawal.
    return HttpResponse(png, content_type="image/png", headers={"X-Robots-Tag": "noindex, noarchive"})
