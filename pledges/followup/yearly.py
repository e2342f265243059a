"""Asking institutions once a year what became of their commitments.

The rule may run as often as one likes, by any number of workers: the database takes one question a year.
"""

from itertools import groupby

from django.db import IntegrityError, transaction

from pledges import emails
from pledges.models import Commitment, CommitmentQuestion, Signature


def ask_about_commitments() -> int:
    """Post one e-mail for each signature with commitments that are due; return how many."""
    due = Commitment.objects.due().select_related("signature__version")
    return sum(ask(signature, list(rows)) for signature, rows in groupby(list(due), lambda row: row.signature))


def ask(signature: Signature, commitments: list[Commitment]) -> bool:
    """False where another worker was quicker."""
    try:
        with transaction.atomic():
            CommitmentQuestion.objects.ask(commitments)
            emails.commitments_question.post(signature, language=signature.language)
    except IntegrityError:
        return False
    return True
