"""Deeds and commitments, for tests of the pages that show them."""

from datetime import date, timedelta

from django.utils import timezone

from pledges.models import Commitment, Deed, Signature, SignatureLetter
from tests.pledges.signers import a_curator, a_published


def a_deed(practice, clause="welcome", by=None):
    deed = Deed.objects.create(practice=practice, clause=clause)
    deed.accept(by or a_curator())
    return deed


def a_commitment(signature, **facts):
    clause = facts.pop("clause", None) or signature.version.clauses.first()
    made_up = {"text": "Open one door.", "due": date(2030, 1, 1), "position": signature.commitments.count() + 1}
    return Commitment.objects.create(signature=signature, clause=clause, **(made_up | facts))


def signed(days, **facts):
    """A published signature of so many days ago, with a commitment."""
    signature = a_published(**facts)
    day = timezone.localdate() - timedelta(days=days)
    Signature.objects.filter(pk=signature.pk).update(signed_on=day)
    signature.refresh_from_db()
    a_commitment(signature)
    return signature


def asked_letter(name="commitments_question"):
    return SignatureLetter.objects.get(name=name)
