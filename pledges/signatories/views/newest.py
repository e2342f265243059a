from django.db.models import FETCH_RAISE
from django.shortcuts import render

from citysolidarity.caching.page_cache import cached_page
from pledges.models import Signature

SHOWN = 30


@cached_page()
def newest_signatories(request):
    """The latest signatures made here, and apart from them the latest that sources name with a day (3 queries)."""
    context = {
        "here": list(Signature.objects.signed_here().with_city().fetch_mode(FETCH_RAISE)[:SHOWN]),
        "named": list(Signature.objects.named_newest().with_city().fetch_mode(FETCH_RAISE)[:SHOWN]),
        "signed": Signature.objects.count_now(),
    }
    return render(request, "pledges/signatories/newest.html", context)
