"""Second factors: an authenticator app, passkeys and recovery codes. The only file that knows allauth from the inside.

allauth keeps them (one row for each in Authenticator) and checks them. Its login pages, its letters and its account
pages are not used.
"""

import base64
import hashlib
import json
from contextlib import contextmanager

from allauth.core.context import request_context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.webauthn.internal import auth as webauthn
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from qrcode import QRCode
from qrcode.constants import ERROR_CORRECT_M

from citysolidarity.door.limits import SAME_CODE

Type = Authenticator.Type
REAL = (Type.TOTP, Type.WEBAUTHN)  # recovery codes only stand in for one of these
MOST_PASSKEYS = 10


class Unreadable(Exception):
    """Another SECRET_KEY wrote this secret: no code fits any more, until the factor is set up anew."""


class Adapter(DefaultMFAAdapter):
    """What allauth asks its site: our name, and how secrets are kept."""

    def get_totp_issuer(self):
        return _("Cities of Solidarity")

    def _get_site_name(self):
        return _("Cities of Solidarity")

    def encrypt(self, text):
        return _locks().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text):
        try:
            return _locks().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            # Never an empty secret instead: its codes could be worked out by anybody.
            raise Unreadable from None


def _locks() -> MultiFernet:
    """A copy of the database alone must open no door: its secrets need SECRET_KEY too."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [hashlib.sha256(f"citysolidarity.door.factors{key}".encode()).digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])


def are_set_up(user) -> bool:
    """Whether somebody has an authenticator app or a passkey."""
    return Authenticator.objects.filter(user=user, type__in=REAL).exists()


def of(user) -> dict:
    """``app`` (a row or None), ``passkeys`` (rows), ``codes`` (how many recovery codes are left) of somebody."""
    rows = list(Authenticator.objects.filter(user=user).order_by("pk"))
    codes = [row.wrap() for row in rows if row.type == Type.RECOVERY_CODES]
    return {
        "app": next((row for row in rows if row.type == Type.TOTP), None),
        "passkeys": [row for row in rows if row.type == Type.WEBAUTHN],
        "codes": _left(codes[0]) if codes else 0,
    }


def _left(codes: RecoveryCodes) -> int:
    try:
        return len(codes.get_unused_codes())
    except Unreadable:
        return 0


def forget_all(user) -> None:
    """Takes every factor away, recovery codes too: at the next password the person sets one up anew."""
    Authenticator.objects.filter(user=user).delete()


@transaction.atomic
def forget(user, pk: int) -> bool:
    """Takes one factor away; False where it is none of theirs, or their last one."""
    rows = list(Authenticator.objects.select_for_update().filter(user=user, type__in=REAL))
    found = [row for row in rows if row.pk == pk]
    if not found or len(rows) == 1:
        return False
    found[0].delete()
    return True


# --- authenticator app (RFC 6238) ---------------------------------------------------------


def new_secret(request) -> str:
    """A secret for a new authenticator app, the same until it is set up; kept in the session meanwhile."""
    with request_context(request):
        return totp.get_totp_secret()


def address_of(user, secret: str) -> str:
    """What the QR code says: an address that authenticator apps read."""
    return Adapter().build_totp_url(user, secret)


def drawing(text: str) -> tuple[int, str]:
    """A QR code as the side of a square, in modules, and an SVG path of its dark ones; with the quiet zone of 4 modules."""
    code = QRCode(border=4, error_correction=ERROR_CORRECT_M)
    code.add_data(text)
    rows = code.get_matrix()
    dark = [(x, y) for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark]
    return len(rows), "".join(f"M{x} {y}h1v1h-1z" for x, y in dark)


def set_up_app(request, user, code: str) -> bool:
    """Takes the app whose secret is in the session, once a first code proves that it was read; False if it does not fit."""
    with request_context(request):
        secret = totp.get_totp_secret()
        if not totp.validate_totp_code(secret, code) or SAME_CODE.take(f"{user.pk} {_plain(code)}"):
            return False
        with transaction.atomic():
            Authenticator.objects.filter(user=user, type=Type.TOTP).delete()
            totp.TOTP.activate(user, secret)
        totp.clear_totp_secret(request)
    return True


# --- codes ------------------------------------------------------------------------------------


def takes(user, code: str) -> Authenticator | None:
    """The factor that a code of an app, or a recovery code, proves; each code is taken once. None if it does not fit."""
    for row in Authenticator.objects.filter(user=user, type__in=(Type.TOTP, Type.RECOVERY_CODES)).order_by("-type"):
        if _fits(row, code):
            row.record_usage()
            return row
    return None


def _fits(row: Authenticator, code: str) -> bool:
    try:
        if row.type == Type.RECOVERY_CODES:
            return row.wrap().validate_code(code)
        right = totp.validate_totp_code(Adapter().decrypt(row.data["secret"]), code)
    except Unreadable:
        return False
    return right and not SAME_CODE.take(f"{row.user_id} {_plain(code)}")


@transaction.atomic
def new_codes(user) -> list[str]:
    """Ten fresh recovery codes; those from before are worth nothing any more."""
    Authenticator.objects.filter(user=user, type=Type.RECOVERY_CODES).delete()
    return RecoveryCodes.activate(user).generate_codes()


def _plain(code: str) -> str:
    return "".join(filter(str.isalnum, code)).lower()


# --- passkeys (WebAuthn) ------------------------------------------------------------------------


def ask_for_new_passkey(request, user) -> str:
    """What the browser needs to make a passkey, as JSON; the challenge waits in the session."""
    with request_context(request):
        return json.dumps(webauthn.begin_registration(user, passwordless=False))


def add_passkey(request, user, name: str, answer: dict) -> bool:
    """Keeps the passkey that the browser made; False if its answer is none to our question."""
    with _answered(request) as refused:
        webauthn.parse_registration_response(answer)
        webauthn.complete_registration(answer)
        if Authenticator.objects.filter(user=user, type=Type.WEBAUTHN).count() >= MOST_PASSKEYS:
            return False
        webauthn.WebAuthn.add(user, name, answer)
    return not refused


def ask_for_passkey(request, user) -> str:
    """What the browser needs to use one of somebody's passkeys, as JSON; the challenge waits in the session."""
    with request_context(request):
        return json.dumps(webauthn.begin_authentication(user))


def takes_passkey(request, user, answer: dict) -> Authenticator | None:
    """The passkey that answered our question; None if it is not one of theirs, or answers another question."""
    found = None
    with _answered(request):
        webauthn.parse_authentication_response(answer)
        found = webauthn.complete_authentication(user, answer)
        found.record_usage()
    return found


@contextmanager
def _answered(request):
    """Swallows what a wrong answer of a browser raises: yields a list that holds the reason afterwards.

    What comes from outside may be any JSON, and the parsers below fail over it in many ways.
    """
    refused = []
    with request_context(request):
        try:
            yield refused
        except (ValidationError, ValueError, TypeError, KeyError, AttributeError) as problem:
            refused.append(problem)
