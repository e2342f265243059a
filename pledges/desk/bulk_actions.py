"""Verifying is never done in bulk, only publishing."""

from django.contrib import admin, messages
from django.db import transaction
from django.utils.translation import gettext, gettext_lazy, ngettext

from citysolidarity.desk.transitions import TransitionNotAllowed
from pledges.desk.decisions import ACTS
from pledges.vocabularies import State

MOST_AT_ONCE = 50


@admin.action(description=gettext_lazy("Publish the selected signatures"), permissions=["curate"])
def publish(desk, request, queryset):
    """Publish each signature that can be published, in a transaction of its own, and say why others were skipped."""
    chosen = list(queryset.order_by("pk")[: MOST_AT_ONCE + 1])
    if len(chosen) > MOST_AT_ONCE:
        sentence = gettext("Please select at most %(most)d signatures. Nothing was done.")
        desk.message_user(request, sentence % {"most": MOST_AT_ONCE}, messages.ERROR)
        return
    count = 0
    for signature in chosen:
        if reason := why_not_published(desk, request, signature):
            values = {"signer": signature.signer, "city": signature.city.full_name, "why": reason}
            sentence = gettext("%(signer)s (%(city)s) was skipped. %(why)s")
            desk.message_user(request, sentence % values, messages.WARNING)
        else:
            count += 1
    if count:
        sentence = ngettext("%(count)d signature is published now.", "%(count)d signatures are published now.", count)
        desk.message_user(request, sentence % {"count": count}, messages.SUCCESS)


def why_not_published(desk, request, signature) -> str:
    """Publish one signature; return "" or the reason why that is not possible."""
    act = ACTS["publish"]
    if signature.state == State.PUBLISHED:
        return gettext("It is published already.")
    if signature.state != State.VERIFIED:
        return gettext("It is not verified.")
    try:
        with transaction.atomic():
            act.perform(signature, request.user)
            desk.log_change(request, signature, str(act.done))
    except TransitionNotAllowed as refusal:
        return str(refusal)
    return ""
