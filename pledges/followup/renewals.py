"""Asking institutions to renew, three months after an election or after four years: once for each cause."""

from django.db import IntegrityError, transaction

from pledges import emails
from pledges.models import Renewal, Signature


def ask_to_renew() -> int:
    """Post the e-mail about each signature whose renewal is due; return how many."""
    return sum(map(ask, Signature.objects.to_write_to().with_city().with_renewals().order_by("pk")))


def ask(signature: Signature) -> bool:
    """False where no renewal is due, where it was asked for, and where another worker was quicker."""
    standing = signature.renewal_standing
    if standing is None or standing.since is None:
        return False
    if any(renewal.since == standing.since for renewal in signature.renewals.all()):
        return False
    try:
        with transaction.atomic():
            Renewal.objects.create(signature=signature, since=standing.since)
            emails.renewal_question.post(signature, language=signature.language)
    except IntegrityError:
        return False
    return True
