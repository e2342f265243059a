"""One signature: its proof, what it promises and its history. Four statements, five for those signed online."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import FETCH_RAISE
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from pledges.badge import badge_of
from pledges.ladder import ladder
from pledges.models import Signature
from pledges.vocabularies import Kind, Origin
from practices.maps import world_map
from practices.pages import kept, path_alone


@dataclass(frozen=True)
class Checked:
    """When curators verified and published, and whether they were two. Their names are theirs."""

    verified_on: datetime
    published_on: datetime
    by_two: bool


@kept(path_alone)
def signature(request, slug):
    """The public signature of the city with this address. Withdrawn, unnamed and never signed answer alike: 404."""
    public = Signature.objects.public().with_city().select_related("version").fetch_mode(FETCH_RAISE)
    signed = get_object_or_404(public, city__slug=slug)
    sources, events = list(signed.sources.all()), list(signed.events.told())
    # No source of the historical ones tells of commitments.
    promised = signed.commitments.with_clause() if signed.origin == Origin.ONLINE else []
    badge_url = reverse("badge", args=[slug])
    context = {
        "signature": signed,
        "sources": sources,
        "ladder": ladder(sources, signed.evidence.filter(was_strong=True)),
        "checked": checked(events),
        "events": events,
        "commitments": list(promised),
        "map": world_map([signed.city], around=signed.city),
        "address": settings.SITE_URL + signed.get_absolute_url(),
        "badge": badge_of(signed),
        "badge_url": badge_url,
        "badge_address": settings.SITE_URL + badge_url,
    }
    return render(request, "pledges/signature.html", context)


def checked(events) -> Checked | None:
    """Who checked a signature and when, from its history; None where nobody did, as in history from sources."""
    by_kind = {event.kind: event for event in events}
    verified, published = by_kind.get(Kind.VERIFIED), by_kind.get(Kind.PUBLISHED)
    if not (verified and published):
        return None
    return Checked(verified.at, published.at, verified.by_id != published.by_id)
