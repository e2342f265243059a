"""Erasing whoever asks for it from what is kept about the practices."""

from practices.models import Asker, ContactRoute, Enquiry, Report
from practices.models.written import ERASED


def forget(address: str) -> int:
    """Erases the mailboxes of this address, and with them every letter to it and what was written from it; returns how
    many mailboxes. What a curator decided to show stays, in the curator's words; a question that waits for its answer
    goes whole, since nobody is left to read it.
    """
    asked = Asker.objects.filter(email__iexact=address).select_related("enquiry")
    # A letter to the asker has no mailbox of its own to go with.
    for asker in asked:
        asker.enquiry.letters.filter(route__isnull=True).delete()
    questions = Enquiry.objects.filter(pk__in=[asker.pk for asker in asked])
    found = asked.delete()[0] + Report.objects.filter(email__iexact=address).update(email="", text=ERASED)
    questions.filter(answered_at__isnull=True).delete()
    questions.update(text=ERASED)
    return found + ContactRoute.objects.filter(email__iexact=address).delete()[1].get("practices.ContactRoute", 0)
