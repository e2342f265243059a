"""One signature: its proof and its history. Four statements."""

from django.db.models import FETCH_RAISE
from django.shortcuts import get_object_or_404, render

from pledges.ladder import ladder
from pledges.models import Signature


def signature(request, slug):
    """The public signature of the city with this address. Withdrawn, unnamed and never signed answer alike: 404."""
    public = Signature.objects.public().with_city().select_related("version").fetch_mode(FETCH_RAISE)
    signed = get_object_or_404(public, city__slug=slug)
    sources = list(signed.sources.all())
    context = {
        "signature": signed,
        "sources": sources,
        "ladder": ladder(sources, signed.evidence.filter(was_strong=True)),
        "events": list(signed.events.told()),
    }
    return render(request, "pledges/signature.html", context)
