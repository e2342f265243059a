"""What refers to a city moves with it when two rows turn out to be one city."""

from django.db.models.functions import Now
from django.dispatch import receiver
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from citysolidarity.desk.transitions import TransitionNotAllowed
from pledges.models import AskedCity, Election, Invitation, InvitedCity, Signature, Support
from pledges.models.support import LIVE
from practices.models import City, FormerAddress
from practices.signals import cities_merged


@receiver(cities_merged, sender=City, dispatch_uid="move_signatures")
def move_signatures(sender, gone: City, stays: City, **kwargs) -> list[str]:
    live = Signature.objects.live()
    if live.filter(city=gone).exists() and live.filter(city=stays).exists():
        raise TransitionNotAllowed(_("both have a live signature: withdraw or replace one of them first."))
    count = Signature.objects.filter(city=gone).update(city=stays)
    known = Election.objects.filter(city=stays).values("held_on")
    Election.objects.filter(city=gone).exclude(held_on__in=known).update(city=stays)
    FormerAddress.objects.lead(f"/signatories/{gone.slug}/", f"/signatories/{stays.slug}/")
    if not count:
        return []
    Signature.objects.show_on_cities([gone.pk, stays.pk])
    return [ngettext("%(count)d signature", "%(count)d signatures", count) % {"count": count}]


@receiver(cities_merged, sender=City, dispatch_uid="move_supports")
def move_supports(sender, gone: City, stays: City, **kwargs) -> list[str]:
    """Whoever supports both counts once. The next daily count adds the numbers up."""
    both = AskedCity.objects.filter(city__in=[gone, stays]).select_for_update()
    asked = {row.city_id: row for row in both}
    if len(asked) == 2:
        if asked[gone.pk].answer and asked[stays.pk].answer:
            raise TransitionNotAllowed(_("both have answered their residents: remove one of the answers first."))
        loser = stays if asked[gone.pk].answer else gone
        asked.pop(loser.pk).delete()
    AskedCity.objects.filter(city=gone).update(city=stays)
    twice = Support.objects.live().filter(city=stays, mailbox__isnull=False).values("mailbox")
    for support in Support.objects.filter(LIVE, city=gone, mailbox__in=twice):
        support.withdraw()
    count = Support.objects.filter(city=gone).update(city=stays)
    return [ngettext("%(count)d support", "%(count)d supports", count) % {"count": count}] if count else []


@receiver(cities_merged, sender=City, dispatch_uid="move_invitations")
def move_invitations(sender, gone: City, stays: City, **kwargs) -> list[str]:
    """Whoever invites both goes on with one. Both may have been invited within a month: that is kept, and no fault."""
    twice = Invitation.objects.waiting().filter(city=stays, mailbox__isnull=False).values("mailbox")
    for invitation in Invitation.objects.waiting().filter(city=gone, mailbox__in=twice):
        invitation.withdraw()
    InvitedCity.objects.filter(city=gone).update(city=stays, merged_at=Now())
    Invitation.objects.filter(from_city=gone).update(from_city=stays)
    count = Invitation.objects.filter(city=gone).update(city=stays)
    return [ngettext("%(count)d invitation", "%(count)d invitations", count) % {"count": count}] if count else []
