"""Publishing several signatures: what was done, what was skipped, and why. Verifying is never done in bulk."""

from django.contrib import admin, messages
from django.db import transaction
from django.utils.translation import gettext, gettext_lazy, ngettext

from pledges.admin.acts import ACTS
from pledges.models import MoveRefused
from pledges.vocabularies import State

MOST = 50


@admin.action(description=gettext_lazy("Publish the chosen signatures"), permissions=["curate"])
def publish(desk, request, queryset):
    """Publishes each verified one that nothing speaks against, in a transaction of its own; at most MOST."""
    chosen = list(queryset.order_by("pk")[: MOST + 1])
    if len(chosen) > MOST:
        sentence = gettext("Please choose at most %(most)d signatures. Nothing was done.")
        desk.message_user(request, sentence % {"most": MOST}, messages.ERROR)
        return
    done = 0
    for signature in chosen:
        if why := _publish(desk, request, signature):
            words = {"signer": signature.signer, "city": signature.city.name, "why": why}
            sentence = gettext("%(signer)s (%(city)s) was skipped. %(why)s")
            desk.message_user(request, sentence % words, messages.WARNING)
        else:
            done += 1
    if done:
        said = ngettext("%(count)d signature is published now.", "%(count)d signatures are published now.", done)
        desk.message_user(request, said % {"count": done}, messages.SUCCESS)


def _publish(desk, request, signature) -> str:
    """Publishes one; returns "" or why not."""
    act = ACTS["publish"]
    if signature.state == State.PUBLISHED:
        return gettext("It is published already.")
    if signature.state != State.VERIFIED:
        return gettext("It is not verified.")
    try:
        with transaction.atomic():
            act.perform(signature, request.user)
            desk.log_change(request, signature, str(act.done))
    except MoveRefused as refusal:
        return refusal.message
    return ""
