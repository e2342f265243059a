"""Asking institutions once a year what became of their commitments, and once more after 14 days.

Each rule may run as often as one likes, by any number of workers: the database takes one question a year.
"""

from itertools import groupby

from django.db import IntegrityError, transaction
from django.db.models.functions import Now
from django.utils import translation

from pledges import emails
from pledges.models import Commitment, CommitmentQuestion, Signature


def post_in_its_language(letter, signature: Signature) -> None:
    """In the language of the text that was signed: the institution has chosen it."""
    with translation.override(signature.version.language):
        letter.post(signature)


def ask_about_commitments() -> int:
    """Post one e-mail for each signature with commitments that are due; return how many."""
    due = Commitment.objects.due().select_related("signature__version")
    return sum(ask(signature, list(rows)) for signature, rows in groupby(list(due), lambda row: row.signature))


def ask(signature: Signature, commitments: list[Commitment]) -> bool:
    """False where another worker was quicker."""
    try:
        with transaction.atomic():
            CommitmentQuestion.objects.ask(commitments)
            post_in_its_language(emails.commitments_question, signature)
    except IntegrityError:
        return False
    return True


def remind_about_commitments() -> int:
    """Write once more where nobody answered within 14 days; return to how many."""
    waiting = CommitmentQuestion.objects.to_remind().values_list("commitment__signature", flat=True)
    signatures = Signature.objects.filter(pk__in=set(waiting)).select_related("version").order_by("pk")
    return sum(map(remind, signatures))


def remind(signature: Signature) -> bool:
    """False where another worker was quicker."""
    with transaction.atomic():
        keys = (
            CommitmentQuestion.objects.to_remind().filter(commitment__signature=signature).values_list("pk", flat=True)
        )
        rows = CommitmentQuestion.objects.filter(pk__in=list(keys), reminded_at__isnull=True, answered_at__isnull=True)
        if not rows.update(reminded_at=Now()):
            return False
        post_in_its_language(emails.commitments_reminder, signature)
    return True
