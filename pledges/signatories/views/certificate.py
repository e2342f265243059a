from django.conf import settings
from django.db.models import FETCH_RAISE
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import get_language

from citysolidarity.caching.page_cache import PageCache, cached_file
from pledges.models import Signature
from pledges.signatories.certificate import CertificateFacts, draw
from pledges.signatories.proof import ladder
from pledges.vocabularies import Origin


@cached_file(PageCache())
def certificate(request, slug):
    """A PDF for a public, verified signature; 404 for historical ones and all that is not public.

    5 queries and 2 more after a move; none where it is kept.
    """
    public = Signature.objects.public().filter(origin=Origin.ONLINE).select_related("city", "version")
    public = public.prefetch_related("version__clauses", "moves__version__clauses")
    signature = get_object_or_404(public.defer("city__keywords").fetch_mode(FETCH_RAISE), city__slug=slug)
    facts = CertificateFacts(
        signature=signature,
        rungs=ladder([], signature.evidence.filter(was_strong=True)),
        address=settings.SITE_URL + signature.get_absolute_url(),
        language=get_language(),
        today=timezone.localdate(),
    )
    headers = {
        "Content-Disposition": f'inline; filename="certificate-{signature.city.slug}.pdf"',
        # The copy of a search engine would outlive a withdrawal.
        "X-Robots-Tag": "noindex, noarchive",
    }
    return HttpResponse(draw(facts), content_type="application/pdf", headers=headers)
