"""What refers to a city moves with it when two rows turn out to be one city."""

from django.dispatch import receiver
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from citysolidarity.desk.transitions import TransitionNotAllowed
from pledges.models import Election, Signature
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
