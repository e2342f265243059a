"""How long what the public writes about entries is kept. Each rule may run as often as one likes."""

from datetime import timedelta

from django.db.models import Case, Q, Value, When
from django.db.models.functions import Now

from citysolidarity.desk.writing.forgetting import forget_about, forget_orphans
from practices.models import Asker, Confirmation, Enquiry, Report, Submission
from practices.models.correspondence.enquiry import SETTLED
from practices.models.correspondence.public_message import ERASED

UNCONFIRMED_KEPT = timedelta(days=14)
# After the answer or the end: as long as the link to the answer works.
MAILBOXES_KEPT = timedelta(days=30)
# After the matter was settled, so that a curator can still answer for the decision; as long as contacts of signatures.
TEXTS_KEPT = timedelta(days=183)  # six months


def drop_unconfirmed_questions() -> int:
    """Deletes questions whose asker never pressed the button; returns how many."""
    unconfirmed = Enquiry.objects.filter(confirmed_at__isnull=True, sent_at__lt=Now() - UNCONFIRMED_KEPT)
    return unconfirmed.delete()[1].get("practices.Enquiry", 0)


def drop_askers() -> int:
    """Erases the mailboxes of those who have their answer, or will get none; returns how many."""
    long_ago = Now() - MAILBOXES_KEPT
    over = Q(enquiry__answered_at__lt=long_ago) | Q(enquiry__closed_at__lt=long_ago)
    return Asker.objects.filter(over).delete()[0]


def drop_reporters() -> int:
    """Erases the mailboxes of those whose report was closed; returns how many."""
    return Report.objects.exclude(email="").filter(closed_at__lt=Now() - MAILBOXES_KEPT).update(email="")


def erase_reports() -> int:
    """Erases what was reported, long after it was settled; a reply that is shown stays. Returns how many."""
    return Report.objects.exclude(text=ERASED).filter(closed_at__lt=Now() - TEXTS_KEPT).update(text=ERASED)


def erase_questions() -> int:
    """Erases questions and answers as they were typed, long after they were settled; returns how many.

    What both sides agreed to show stays, as a curator worded it.
    """
    over = Enquiry.objects.exclude(text=ERASED).annotate(settled=SETTLED).filter(settled__lt=Now() - TEXTS_KEPT)
    return over.update(text=ERASED, answer=Case(When(answer="", then=Value("")), default=Value(ERASED)))


def drop_notes() -> int:
    """Deletes what curators noted about what was settled long ago, and about rows that are gone; returns how many."""
    long_ago = Now() - TEXTS_KEPT
    settled = [
        Report.objects.filter(closed_at__lt=long_ago),
        Enquiry.objects.annotate(settled=SETTLED).filter(settled__lt=long_ago),
        Confirmation.objects.filter(decided_at__lt=long_ago),
        Submission.objects.decided_before(long_ago),
    ]
    return sum(map(forget_about, settled)) + forget_orphans()


def erase_yearly_answers() -> int:
    """Erases what offices typed in answer to the yearly letter, long after it was settled; returns how many."""
    answers = Confirmation.objects.exclude(text__in=["", ERASED])
    return answers.filter(decided_at__lt=Now() - TEXTS_KEPT).update(text=ERASED)
