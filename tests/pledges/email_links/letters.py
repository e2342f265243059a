"""Letters and the addresses in them, for tests of the pages behind."""

from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.urls import reverse

from pledges.models import SignatureLetter


def posted(letter, signature) -> SignatureLetter:
    """The letter about the signature, in the outbox."""
    with transaction.atomic():
        return letter.post(signature)


def link(letter: SignatureLetter, purpose: str) -> str:
    """The path of the letter's link for a purpose, as in ``confirm``."""
    return reverse(purpose, args=[letter.token(purpose)])


def make_old(letter: SignatureLetter, **span) -> None:
    """Moves the day of posting into the past."""
    SignatureLetter.objects.filter(pk=letter.pk).update(posted_at=F("posted_at") - timedelta(**span))
