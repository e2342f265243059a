from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import FETCH_RAISE, prefetch_related_objects
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from citysolidarity.caching.page_cache import cached_page
from pledges.models import Signature
from pledges.models.renewal import told_of
from pledges.signatories.badge import STYLES, label_of, width_of
from pledges.signatories.proof import ladder
from pledges.vocabularies import Kind, Origin
from practices.cities.maps import world_map


@dataclass(frozen=True)
class CuratorCheck:
    """When curators verified and published, and whether they were two; without their names."""

    verified_on: datetime
    published_on: datetime
    by_two: bool


@cached_page()
def signature(request, slug):
    """404 alike for withdrawn, unnamed and missing signatures (4 queries, 8 or 9 for signatures given online)."""
    public = Signature.objects.public().with_city().select_related("version").fetch_mode(FETCH_RAISE)
    signature = get_object_or_404(public, city__slug=slug)
    sources, events = list(signature.sources.all()), list(signature.events.public())
    # Historical signatures have no commitments.
    commitments = signature.commitments.with_story() if signature.origin == Origin.ONLINE else []
    rungs = ladder(sources, signature.evidence.filter(was_strong=True))
    context = {
        "signature": signature,
        "sources": sources,
        "proofs": [rung for rung in rungs if rung.is_there],
        "other_proofs": [rung for rung in rungs if not rung.is_there],
        "checked": checked(events),
        "events": events,
        "commitments": list(commitments),
        "map": world_map([signature.city], around=signature.city),
        "address": settings.SITE_URL + signature.get_absolute_url(),
    }
    if signature.origin == Origin.ONLINE:
        prefetch_related_objects([signature], "renewals", "city__elections", "moves__version")
        context |= {
            "renewal": signature.renewal_standing,
            "renewals": told_of(signature.renewals.all()),
            "moves": [move for move in signature.moves.all() if move.moved_at],
            "version_in_force": signature.version_in_force,
            "badge_label": label_of(signature),
            "badge_code": badge_code(signature, context["address"]),
            "badges": {
                name: (reverse("badge_in_style", args=[slug, name]), width_of(signature, name), style.height)
                for name, style in STYLES.items()
            },
        }
    return render(request, "pledges/signatories/signature.html", context)


def badge_code(signature, address: str) -> SafeString:
    """What a city puts into its own page to show the badge; ``address`` is that of the signature's page here."""
    return format_html(
        '<a href="{}"><img src="{}" alt="{}" width="{}" height="{}"></a>',
        address,
        settings.SITE_URL + reverse("badge", args=[signature.city.slug]),
        label_of(signature),
        width_of(signature, "light"),
        STYLES["light"].height,
    )


def checked(events) -> CuratorCheck | None:
    """From the history of a signature; None where no curator checked it, as for historical ones."""
    by_kind = {event.kind: event for event in events}
    verified, published = by_kind.get(Kind.VERIFIED), by_kind.get(Kind.PUBLISHED)
    if not (verified and published):
        return None
    return CuratorCheck(verified.at, published.at, verified.by_id != published.by_id)
