"""Links of letters: what they open, what they refuse, and that nothing in the database opens one."""

import string
import uuid
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.models import F
from hypothesis import assume, given
from hypothesis import strategies as st

from citysolidarity.mail.tokens import ID_BYTES, NONCE_BYTES, TokenStatus
from pledges import emails
from pledges.models import SignatureLetter
from pledges.models.letter import SIGNER, Purpose
from tests.pledges.signers import a_confirmed, a_draft

LETTER, NONCE = uuid.UUID(int=7), b"n" * NONCE_BYTES
GOOD = SIGNER.make(LETTER, Purpose.CONFIRM, NONCE)


def accepted(token: str) -> bool:
    claim = SIGNER.read(token)
    return claim is not None and SIGNER.is_genuine(token, claim, NONCE)


def verdict(token, purpose=Purpose.CONFIRM):
    return SignatureLetter.objects.open(token, purpose).verdict


def let_pass(letter, **span):
    SignatureLetter.objects.filter(pk=letter.pk).update(posted_at=F("posted_at") - timedelta(**span))


# --- the token itself -------------------------------------------------------------------


@given(st.uuids(), st.sampled_from(Purpose), st.binary(min_size=16, max_size=16))
def test_every_token_is_short_fits_an_address_and_is_read_back(letter, purpose, nonce):
    token = SIGNER.make(letter, purpose, nonce)
    assert len(token) == 56 and set(token) <= set(string.ascii_letters + string.digits + "-_")
    assert SIGNER.read(token) == (letter, purpose)
    assert SIGNER.is_genuine(token, SIGNER.read(token), nonce)


@given(st.integers(0, len(GOOD) - 1), st.characters())
def test_any_altered_character_fails(place, character):
    assume(character != GOOD[place])
    assert not accepted(GOOD[:place] + character + GOOD[place + 1 :])


@given(st.integers(0, 41), st.integers(1, 255))
def test_any_altered_byte_fails(place, change):
    raw = bytearray(urlsafe_b64decode(GOOD))
    raw[place] ^= change
    assert not accepted(urlsafe_b64encode(bytes(raw)).decode())


@given(st.text(max_size=80))
def test_any_other_text_is_no_token(text):
    assume(text != GOOD)
    assert not accepted(text)


@pytest.mark.parametrize(
    "spelling", [GOOD + "=", GOOD + "\n", f" {GOOD}", GOOD[:-1], GOOD.lower(), GOOD[::-1], "", "\0" * 56]
)
def test_another_spelling_of_a_token_is_no_token(spelling):
    assert accepted(GOOD) and not accepted(spelling)


@given(st.binary(min_size=16, max_size=16))
def test_a_token_opens_no_letter_with_another_nonce(nonce):
    assume(nonce != NONCE)
    assert not SIGNER.is_genuine(GOOD, SIGNER.read(GOOD), nonce)


def test_a_new_key_leaves_old_links_working_while_the_old_one_is_kept_as_a_fallback(settings):
    settings.SECRET_KEY, old = "another key " * 6, settings.SECRET_KEY
    assert not accepted(GOOD)
    settings.SECRET_KEY_FALLBACKS = [old]
    assert accepted(GOOD)


# --- what a link is worth -----------------------------------------------------------------


@pytest.fixture
def letter(db):
    with transaction.atomic():
        return emails.confirm_signature.post(a_draft())


def test_a_fresh_link_is_good_and_looking_at_it_changes_nothing(letter):
    token = letter.token(Purpose.CONFIRM)
    assert [verdict(token) for _ in range(10)] == [TokenStatus.GOOD] * 10
    opened = SignatureLetter.objects.open(token, Purpose.CONFIRM)
    assert (opened.letter, opened.letter.signature, opened.purpose) == (letter, letter.signature, Purpose.CONFIRM)


def test_a_link_works_once_and_leaves_the_other_link_of_its_letter_alone(letter):
    token = letter.token(Purpose.CONFIRM)
    assert SignatureLetter.objects.use(token, Purpose.CONFIRM).verdict is TokenStatus.GOOD
    assert SignatureLetter.objects.use(token, Purpose.CONFIRM).verdict is TokenStatus.USED
    assert verdict(token) is TokenStatus.USED
    assert verdict(letter.token(Purpose.DISOWN), Purpose.DISOWN) is TokenStatus.GOOD


def test_a_use_that_is_rolled_back_did_not_happen(letter):
    token = letter.token(Purpose.CONFIRM)
    with transaction.atomic():
        assert SignatureLetter.objects.use(token, Purpose.CONFIRM).verdict is TokenStatus.GOOD
        transaction.set_rollback(True)
    assert verdict(token) is TokenStatus.GOOD


def test_a_link_ends_after_seven_days_of_the_databases_clock(letter):
    token = letter.token(Purpose.CONFIRM)
    let_pass(letter, days=6, hours=23, minutes=59)
    assert verdict(token) is TokenStatus.GOOD
    let_pass(letter, minutes=2)
    assert verdict(token) is TokenStatus.EXPIRED
    assert SignatureLetter.objects.use(token, Purpose.CONFIRM).verdict is TokenStatus.EXPIRED
    assert not SignatureLetter.objects.get(pk=letter.pk).used


def test_the_machines_clock_has_no_say(letter, time_machine):
    time_machine.move_to("2199-01-01")
    assert verdict(letter.token(Purpose.CONFIRM)) is TokenStatus.GOOD


def test_undoing_ends_after_48_hours(db):
    signature = a_confirmed()
    signature.withdraw()
    with transaction.atomic():
        letter = emails.withdrawn_receipt.post(signature)
    let_pass(letter, hours=47)
    assert verdict(letter.token(Purpose.UNDO), Purpose.UNDO) is TokenStatus.GOOD
    let_pass(letter, hours=2)
    assert verdict(letter.token(Purpose.UNDO), Purpose.UNDO) is TokenStatus.EXPIRED


def test_a_used_link_is_told_from_one_that_only_expired(letter):
    token = letter.token(Purpose.CONFIRM)
    SignatureLetter.objects.use(token, Purpose.CONFIRM)
    let_pass(letter, days=30)
    assert verdict(token) is TokenStatus.USED


@pytest.mark.parametrize("asked_for", [purpose for purpose in Purpose if purpose != Purpose.CONFIRM])
def test_a_link_for_one_purpose_opens_no_other(letter, asked_for):
    token = letter.token(Purpose.CONFIRM)
    opened = SignatureLetter.objects.use(token, asked_for)
    assert (opened.verdict, opened.purpose) == (TokenStatus.WRONG_PURPOSE, Purpose.CONFIRM)
    assert verdict(token) is TokenStatus.GOOD


def test_an_altered_link_opens_nothing_wherever_it_is_altered(letter):
    token = letter.token(Purpose.CONFIRM)
    for place in range(len(token)):
        other = "A" if token[place] != "A" else "B"
        opened = SignatureLetter.objects.open(token[:place] + other + token[place + 1 :], Purpose.CONFIRM)
        assert (opened.verdict, opened.letter) == (TokenStatus.ALTERED, None)


def test_the_token_of_one_letter_is_not_that_of_another(letter):
    with transaction.atomic():
        second = emails.confirm_signature.post(a_draft())
    assert letter.token(Purpose.CONFIRM)[22:] != second.token(Purpose.CONFIRM)[22:]
    mixed = letter.token(Purpose.CONFIRM)[:22] + second.token(Purpose.CONFIRM)[22:]
    assert verdict(mixed) is TokenStatus.ALTERED


def test_nothing_in_the_database_opens_a_link(letter):
    """Every row of every table as text: no token, nor the part of one that proves it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
        names = [name for (name,) in cursor.fetchall()]
        dump = ""
        for name in names:
            cursor.execute(f"SELECT coalesce(string_agg(row::text, chr(10)), '') FROM \"{name}\" row")
            dump += cursor.fetchone()[0]
    assert str(letter.pk) in dump and bytes(letter.nonce).hex() in dump
    for purpose in Purpose:
        token = letter.token(purpose)
        raw = urlsafe_b64decode(token)
        assert token[22:] not in dump and raw[ID_BYTES + 1 :].hex() not in dump
