"""Asking each mailbox that a curator wrote down whether it answers for its entry; as often as one likes, by anybody."""

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import translation

from practices.correspondence import emails
from practices.models import ContactRoute, PracticeLetter


def ask_mailboxes(routes=None) -> int:
    """Posts the letter to every mailbox (or those of a query set) that has not had it; returns how many."""
    posted = PracticeLetter.objects.filter(
        route=OuterRef("pk"), name=emails.confirm_mailbox.name, posted_at__gte=OuterRef("since")
    )
    unasked = (ContactRoute.objects if routes is None else routes).unproved().filter(~Exists(posted))
    return sum(map(ask, list(unasked.values_list("pk", flat=True))))


def ask(pk: int) -> bool:
    """Posts the letter to one mailbox; False where another worker was quicker."""
    with transaction.atomic():
        route = ContactRoute.objects.unproved().select_for_update(of=["self"]).filter(pk=pk).first()
        if route is None or route.letters.filter(name=emails.confirm_mailbox.name, posted_at__gte=route.since).exists():
            return False
        with translation.override(route.letters_in):
            emails.confirm_mailbox.post(route)
    return True
