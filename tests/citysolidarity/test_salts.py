"""What was signed before the code moved is still known: letters lie in mailboxes, and cookies in browsers, for a long time.

All of it was made on 28 November 2026 with this key, which opens nothing else; the key of a session, longer since, on
30 November. The salts are opaque: some look like modules that are long gone, and no salt may follow a module that moves.
"""

import uuid

import pytest
import time_machine
from django.core import signing

from citysolidarity.forms.form_token import FormToken
from citysolidarity.http.throttle import keyed_hash
from citysolidarity.login import known_devices
from citysolidarity.login.factors import Adapter
from citysolidarity.login.sessions import DeskSession, is_sealed
from pledges.models import invitation_letter as invitations
from pledges.models import letter as signatures
from pledges.models import support_letter as supports
from practices.models.correspondence import letter as practices
from practices.models.following import letter as followings
from practices.models.sharing import letter as submissions

LETTER, NONCE = uuid.UUID(int=7), b"n" * 16
TOKENS = [
    (signatures, "CONFIRM", "AAAAAAAAAAAAAAAAAAAAB2PZU4yJUjkhhPcIEIp5Ne6_Gxb4QzwHp5IC"),
    (signatures, "DISOWN", "AAAAAAAAAAAAAAAAAAAAB2TW_cCNu0OdOssXm7uQX9GiQZL_TmcVmuzs"),
    (signatures, "WITHDRAW", "AAAAAAAAAAAAAAAAAAAAB3fCXIDzanOr3Mn9kQNZlcBua9ObMFeEi4Fe"),
    (signatures, "CORRECT", "AAAAAAAAAAAAAAAAAAAAB2Xa39-pw_ss2sRkTtLWu-2xHN5F3gu1j9RK"),
    (signatures, "UNDO", "AAAAAAAAAAAAAAAAAAAAB3VGSNr_kZQ7eP9BOwNcELMU6NzYD7kCrTKK"),
    (supports, "CONFIRM", "AAAAAAAAAAAAAAAAAAAAB2PIYuJJEnLVM-_0rwh0sK5elhOFgNY98Xiv"),
    (supports, "DISOWN", "AAAAAAAAAAAAAAAAAAAAB2S4nOmcL6BPGEnlap81_NiSaWAPS_PY6sOw"),
    (supports, "WITHDRAW", "AAAAAAAAAAAAAAAAAAAAB3cfJSEAkvkNmIuCQ7oRbKgdhMqH22VJFHjU"),
    (invitations, "CONFIRM", "AAAAAAAAAAAAAAAAAAAAB2PNiiIKOcrhQaaMUvzduyjB569t3_ujb8A1"),
    (invitations, "DISOWN", "AAAAAAAAAAAAAAAAAAAAB2RMoOnvtCoDxogx4sbpFQOuqQuKQC7e_rEl"),
    (invitations, "WITHDRAW", "AAAAAAAAAAAAAAAAAAAAB3ciZFUg_OIwg4sJDhMsBQsqa80OrOLoOr-G"),
    (signatures, "REPORT", "AAAAAAAAAAAAAAAAAAAAB3BUxSRV9OluFGzzC1jP3M5QGIkjz4lLWXao"),
    (signatures, "RENEW", "AAAAAAAAAAAAAAAAAAAAB26EPgdJ6vtT_377fRyF8nADwg4KtjEuf825"),
    (signatures, "MOVE", "AAAAAAAAAAAAAAAAAAAAB3anfASvOXA08IwlZSrNZKyDvdBaZA-PD_-_"),
    (practices, "CONFIRM_ENTRY", "AAAAAAAAAAAAAAAAAAAAB2OdWJuwqKj5_-sEgPt4msK-fSNEWdrWb47N"),
    (practices, "CONFIRM_MAILBOX", "AAAAAAAAAAAAAAAAAAAAB20tXnDfC5yZlIsFMAW4Cz8cdVuCLbodjSAP"),
    (practices, "CONFIRM_QUESTION", "AAAAAAAAAAAAAAAAAAAAB3HV4qhs0K4MIkubPl2-2-iI2SOsQ0MZiphS"),
    (practices, "ANSWER_QUESTION", "AAAAAAAAAAAAAAAAAAAAB2Gk80PLsEIcDVYsk-iY8UhaKXdQePITkDc_"),
    (practices, "READ_ANSWER", "AAAAAAAAAAAAAAAAAAAAB3L_dT1z4xRGbv0q9-DcgsLatKz7l5JyYemO"),
    (practices, "CONFIRM_REPORT", "AAAAAAAAAAAAAAAAAAAAB3BPQ8THHa303uV6Dv5MKb6Q-SOYBhijPYuF"),
    (followings, "CONFIRM", "AAAAAAAAAAAAAAAAAAAAB2OsMSIj_gIN-EB7adD7jiHZjBQl9QfxkkcD"),
    (followings, "DISOWN", "AAAAAAAAAAAAAAAAAAAAB2TwvqgE2cGT9DugZWKgI_QLVpeX5z2g6Xnu"),
    (followings, "STOP", "AAAAAAAAAAAAAAAAAAAAB3OtcC_MLQvrmYJZkek9iPzWSBxpJFt4TbOu"),
    (submissions, "RESUME", "AAAAAAAAAAAAAAAAAAAAB3LBWuoduLQuoTo8Lo1Ffzlx3qyqQqwxiINL"),
    (submissions, "STATUS", "AAAAAAAAAAAAAAAAAAAAB3NlPtmDpQqkKyV2Tluz0g0rjrzz5goTUbWy"),
]


@pytest.fixture(autouse=True)
def known_key(settings):
    settings.SECRET_KEY = settings.HASH_KEY = "a key of the tests that opens nothing at all"


@pytest.mark.parametrize(
    ("letters", "name", "token"), TOKENS, ids=[f"{module.__name__} {name}" for module, name, _token in TOKENS]
)
def test_a_link_in_a_letter_stays_good(letters, name, token):
    signer = signer_of(letters)
    purpose = next(purpose for purpose in signer.marks if purpose.name == name)
    assert signer.make(LETTER, purpose, NONCE) == token
    assert signer.is_genuine(token, signer.read(token), NONCE)


def signer_of(letters):
    named = (
        getattr(letters, name, None) for name in ("SUPPORT_SIGNER", "INVITATION_SIGNER", "FOLLOWING_SIGNER", "SIGNER")
    )
    return next(filter(None, named))


def test_every_purpose_of_a_link_is_held():
    held = {(module, name) for module, name, _token in TOKENS}
    for module in (signatures, supports, invitations, practices, submissions, followings):
        assert {(module, purpose.name) for purpose in signer_of(module).marks} <= held


def test_a_form_that_is_open_can_still_be_sent():
    token = "WyJrZXktb2YtYS1mb3JtIiwxNzk1MDAwMDAwLDNd:1xXOBb:PO8O8Fs-bsio8WZcJGX64rR4yO5EV6KoLHgyf_L2bqQ"
    assert FormToken.read(token) == FormToken("key-of-a-form", 1795000000, 3)


def test_limits_and_blocked_addresses_know_again_whom_they_met():
    assert keyed_hash("device", "Ines").hex() == "66c13d6dc188b4b7ffcb49fe30355274151f45cf9fbdf253ecb644ec658cdd5d"


@time_machine.travel("2026-12-28", tick=False)
def test_a_browser_is_known_again():
    cookie = (
        "WyJicm93c2VyIixbIjY2YzEzZDZkYzE4OGI0YjdmZmNiNDlmZTMwMzU1Mjc0Il1d:1xXOBd:"
        "tadwk3-I5eKd8KBc9aAqn1R_4EnnSpbggYLmctw3i0A"
    )
    device, marks = signing.loads(cookie, salt=known_devices.SALT, max_age=known_devices.REMEMBERED)
    assert (device, known_devices.mark_of("ines") in marks) == ("browser", True)


def test_an_authenticator_app_stays_set_up():
    locked = (
        "gAAAAABrCyy56agazr1jtzx7cMD8G7eUgrxNdT59t4rJAFPZuOKLxGd7-_ZeNKhWsNdB-aRJSK45VauS-Mi9Fx8jFoGtzS5NuWb6Y4N8buy7JnxTYRVt"
        "FXM="
    )
    assert Adapter().decrypt(locked) == "JBSWY3DPEHPK3PXP"


def test_a_session_goes_on():
    assert is_sealed("0123456789abcdefghijklmno191e8c46e5f9346")


def test_a_session_keeps_its_handle():
    assert DeskSession(session_key="a-session-key").handle == "d9c729747ef3bd509fbba83c50a2c647"
