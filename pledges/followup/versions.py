"""Offering the newest version of the statement to institutions that signed an older one: once for each version."""

from django.db import IntegrityError, transaction

from pledges import emails
from pledges.models import Signature, StatementVersion, VersionMove


def offer_new_version() -> int:
    """Post the e-mail to each institution that signed an older number; return how many."""
    signatures = Signature.objects.to_write_to().with_city().with_renewals().order_by("pk")
    return sum(map(offer, signatures)) if StatementVersion.objects.valid().exists() else 0


def offer(signature: Signature) -> bool:
    """False where it stands for the newest number, where that was offered, and where another worker was quicker."""
    newest = StatementVersion.objects.current(signature.version.language)
    offered = [signature.version.number, *(move.version.number for move in signature.moves.all())]
    if newest is None or newest.number <= max(offered):
        return False
    try:
        with transaction.atomic():
            VersionMove.objects.create(signature=signature, version=newest)
            emails.new_version.post(signature, language=signature.language)
    except IntegrityError:
        return False
    return True
