"""Deeds and commitments, for tests of the pages that show them."""

from datetime import date

from pledges.models import Commitment, Deed
from tests.pledges.signers import a_curator


def a_deed(practice, clause="welcome", by=None):
    deed = Deed.objects.create(practice=practice, clause=clause)
    deed.accept(by or a_curator())
    return deed


def a_commitment(signature, **facts):
    clause = facts.pop("clause", None) or signature.version.clauses.first()
    made_up = {"text": "Open one door.", "due": date(2030, 1, 1), "position": signature.commitments.count() + 1}
    return Commitment.objects.create(signature=signature, clause=clause, **(made_up | facts))
