"""What holds for the links of both apps; the rest of it is tried with those of the pledges."""

import uuid

import pytest
from django.db.models import TextChoices

from citysolidarity.mail.tokens import TokenSigner
from pledges.models.letter import SIGNER, Purpose

LETTER, NONCE = uuid.UUID(int=7), b"n" * 16


class Wish(TextChoices):
    ONE = "one", "One"
    OTHER = "other", "Other"


def test_links_that_are_out_there_stay_good(settings):
    """Made on 22 November 2026 with this key, which opens nothing: letters lie in mailboxes for a long time."""
    settings.SECRET_KEY = "a key of the tests that opens nothing at all"
    known = "AAAAAAAAAAAAAAAAAAAAB2PZU4yJUjkhhPcIEIp5Ne6_Gxb4QzwHp5IC"
    assert SIGNER.make(LETTER, Purpose.CONFIRM, NONCE) == known
    assert SIGNER.is_genuine(known, SIGNER.read(known), NONCE)


def test_a_link_of_one_app_is_none_of_the_other():
    other = TokenSigner("tests.site", {Wish.ONE: b"c", Wish.OTHER: b"d"})
    token = other.make(LETTER, Wish.ONE, NONCE)
    assert other.is_genuine(token, other.read(token), NONCE)
    assert not SIGNER.is_genuine(token, SIGNER.read(token), NONCE)


@pytest.mark.parametrize("marks", [{Wish.ONE: b"c", Wish.OTHER: b"c"}, {Wish.ONE: b"cc"}, {Wish.ONE: b""}])
def test_each_purpose_needs_a_byte_of_its_own(marks):
    with pytest.raises(ValueError, match="a byte of its own"):
        TokenSigner("tests.site", marks)
