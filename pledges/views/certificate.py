"""The certificate of a verified signature. Two statements."""

from django.conf import settings
from django.db.models import FETCH_RAISE
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import get_language

from pledges.certificate import Facts, draw
from pledges.ladder import ladder
from pledges.models import Signature
from pledges.vocabularies import Origin


def certificate(request, slug):
    """A PDF for the public, verified signature of this city; history and everything that is not public: 404."""
    public = Signature.objects.public().filter(origin=Origin.ONLINE).select_related("city", "version")
    signed = get_object_or_404(public.defer("city__keywords").fetch_mode(FETCH_RAISE), city__slug=slug)
    facts = Facts(
        signature=signed,
        rungs=ladder([], signed.evidence.filter(was_strong=True)),
        address=settings.SITE_URL + signed.get_absolute_url(),
        language=get_language(),
        today=timezone.localdate(),
    )
    headers = {
        "Content-Disposition": f'inline; filename="certificate-{signed.city.slug}.pdf"',
        "Cache-Control": "public, max-age=300",
        # A search engine's copy would outlive a withdrawal.
        "X-Robots-Tag": "noindex, noarchive",
    }
    return HttpResponse(draw(facts), content_type="application/pdf", headers=headers)
