"""Second factors: an authenticator app (RFC 6238), passkeys (WebAuthn) and recovery codes.

allauth keeps them, one row of Authenticator for each, and checks codes; fido2 checks passkeys. Only public modules of
both are used. The pages and the steps of the login are ours: those of allauth need its own addresses, none of which is
open here, and set up no factor for somebody who is not logged in yet.
"""

import base64
import hashlib
import json
import secrets

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from fido2.server import Fido2Server
from fido2.webauthn import (
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from citysolidarity.login.limits import SAME_CODE

Type = Authenticator.Type
REAL = (Type.TOTP, Type.WEBAUTHN)  # recovery codes only stand in for one of these
MOST_PASSKEYS = 10
RECOVERY_CODES = 10
# Keys of the session's data, while a factor is being set up or asked for.
NEW_APP = "login.new_app"
CHALLENGE = "login.challenge"


class UndecryptableSecret(Exception):
    """Another SECRET_KEY encrypted this secret: no code fits any more, until the factor is set up anew."""


class Adapter(DefaultMFAAdapter):
    """allauth's hooks for the name of the site and the encryption of secrets."""

    def get_totp_issuer(self):
        return _("Cities of Solidarity")

    def encrypt(self, text):
        return _fernet().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text):
        try:
            return _fernet().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            # Never an empty secret instead: its codes could be worked out by anybody.
            raise UndecryptableSecret from None


def _fernet() -> MultiFernet:
    """A stolen copy of the database alone must not be enough to log in: its secrets need SECRET_KEY too."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [hashlib.sha256(f"citysolidarity.door.factors{key}".encode()).digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])


@transaction.atomic
def encrypt_anew() -> int:
    """Encrypt the secrets of apps and recovery codes under the present SECRET_KEY; returns how many rows have some.

    Raises UndecryptableSecret, and changes nothing, where neither SECRET_KEY nor its fallbacks decrypt one.
    """
    fernet, rows = _fernet(), Authenticator.objects.select_for_update().exclude(type=Type.WEBAUTHN)
    for row in rows:
        try:
            row.data = {name: _rotated(fernet, value) for name, value in row.data.items()}
        except InvalidToken:
            raise UndecryptableSecret from None
        row.save(update_fields=["data"])
    return len(rows)


def _rotated(fernet: MultiFernet, value):
    """A secret or a list of them; anything else, such as the mask of used codes, as it is."""
    if isinstance(value, list):
        return [_rotated(fernet, secret) for secret in value]
    return fernet.rotate(value.encode()).decode() if isinstance(value, str) else value


def are_set_up(user) -> bool:
    return is_mfa_enabled(user, REAL)


def of(user) -> dict:
    """``app`` (a row or None), ``passkeys`` (rows), ``codes`` (how many recovery codes are left)."""
    rows = list(Authenticator.objects.filter(user=user).order_by("pk"))
    return {
        "app": next((row for row in rows if row.type == Type.TOTP), None),
        "passkeys": [row for row in rows if row.type == Type.WEBAUTHN],
        "codes": sum(_unused_codes(row) for row in rows if row.type == Type.RECOVERY_CODES),
    }


def _unused_codes(row: Authenticator) -> int:
    try:
        return len(row.wrap().get_unused_codes())
    except UndecryptableSecret:
        return 0


def remove_all(user) -> None:
    """Remove recovery codes too: after the next password the person sets up a factor anew."""
    Authenticator.objects.filter(user=user).delete()


@transaction.atomic
def remove(user, pk: int) -> bool:
    """False, and nothing removed, where the factor is not theirs or is their last one."""
    rows = {row.pk: row for row in Authenticator.objects.select_for_update().filter(user=user, type__in=REAL)}
    if pk not in rows or len(rows) == 1:
        return False
    rows[pk].delete()
    return True


# --- codes of an authenticator app, and recovery codes -----------------------------------------
# The shape of ``data`` is the one that allauth documents for taking over factors:
# https://docs.allauth.org/en/latest/mfa/django-allauth-2fa.html


def new_secret(request) -> str:
    """The secret of an app that is being set up, in base32; reloading the page does not spoil what was scanned."""
    if NEW_APP not in request.session:
        request.session[NEW_APP] = Adapter().encrypt(base64.b32encode(secrets.token_bytes(20)).decode())
    return Adapter().decrypt(request.session[NEW_APP])


def activate_app(request, user, code: str) -> bool:
    """Save the app with ``new_secret`` in place of the one before, if the code proves that it was scanned."""
    app = Authenticator(user=user, type=Type.TOTP, data={"secret": Adapter().encrypt(new_secret(request))})
    if not _is_right(app, code):
        return False
    with transaction.atomic():
        Authenticator.objects.filter(user=user, type=Type.TOTP).delete()
        app.save()
    del request.session[NEW_APP]
    return True


@transaction.atomic
def new_recovery_codes(user) -> list[str]:
    """Ten codes of eight digits, in place of those from before."""
    codes = [f"{number:08}" for number in secrets.SystemRandom().sample(range(10**8), RECOVERY_CODES)]
    Authenticator.objects.filter(user=user, type=Type.RECOVERY_CODES).delete()
    encrypted = [Adapter().encrypt(code) for code in codes]
    Authenticator.objects.create(user=user, type=Type.RECOVERY_CODES, data={"migrated_codes": encrypted})
    return codes


def use_code(user, code: str) -> Authenticator | None:
    """The factor that the code proves; each code is accepted once."""
    rows = Authenticator.objects.filter(user=user, type__in=(Type.TOTP, Type.RECOVERY_CODES)).order_by("-type")
    row = next((row for row in rows if _is_right(row, code)), None)
    if row:
        row.record_usage()
    return row


def _is_right(row: Authenticator, code: str) -> bool:
    code = "".join(filter(str.isalnum, code)).lower()
    try:
        is_right = row.wrap().validate_code(code)
    except UndecryptableSecret:
        return False
    # allauth remembers a used code of an app in the cache, which each worker has for itself, and for 30 seconds,
    # although MFA_TOTP_TOLERANCE lets it live for 90. Our limit is kept in the database.
    return is_right and (row.type == Type.RECOVERY_CODES or not SAME_CODE.take(f"{row.user_id} {code}"))


# --- passkeys -----------------------------------------------------------------------------------
# By fido2, because allauth has no public way to ask a browser for a passkey outside of its own pages.


def begin_registration(request, user) -> str:
    """The options for ``navigator.credentials.create``, as JSON; the challenge waits in the session."""
    options, request.session[CHALLENGE] = _server(request).register_begin(
        PublicKeyCredentialUserEntity(**Adapter().get_public_key_credential_user_entity(user)),
        _credentials(_passkeys(user)),
        resident_key_requirement=ResidentKeyRequirement.DISCOURAGED,
        user_verification=UserVerificationRequirement.PREFERRED,
        extensions={"credProps": True},
    )
    return json.dumps(dict(options))


def complete_registration(request, user, name: str, credential: dict) -> bool:
    """Keep the passkey that the browser made; False if it does not answer our challenge."""
    if not _verified(_server(request).register_complete, request.session.pop(CHALLENGE, {}), credential):
        return False
    if len(_passkeys(user)) >= MOST_PASSKEYS:
        return False
    Authenticator.objects.create(user=user, type=Type.WEBAUTHN, data={"name": name, "credential": credential})
    return True


def begin_authentication(request, user) -> str:
    """The options for ``navigator.credentials.get``, as JSON; the challenge waits in the session."""
    options, request.session[CHALLENGE] = _server(request).authenticate_begin(
        _credentials(_passkeys(user)), UserVerificationRequirement.PREFERRED
    )
    return json.dumps(dict(options))


def use_passkey(request, user, credential: dict) -> Authenticator | None:
    """The passkey that answered our challenge; None if it is not one of theirs, or answers another challenge."""
    passkeys = _passkeys(user)
    credentials = _credentials(passkeys)
    used = _verified(
        _server(request).authenticate_complete, request.session.pop(CHALLENGE, {}), credentials, credential
    )
    if not used:
        return None
    passkey = passkeys[credentials.index(used)]
    passkey.record_usage()
    return passkey


def _server(request) -> Fido2Server:
    host = request.get_host().partition(":")[0]
    return Fido2Server(PublicKeyCredentialRpEntity(id=host, name=_("Cities of Solidarity")))


def _passkeys(user) -> list[Authenticator]:
    return list(Authenticator.objects.filter(user=user, type=Type.WEBAUTHN).order_by("pk"))


def _credentials(passkeys) -> list:
    return [passkey.wrap().authenticator_data.credential_data for passkey in passkeys]


def _verified(verify, *answer):
    """What ``verify`` returns, or None: browsers may send any JSON, over which fido2's parsers fail in many ways."""
    try:
        return verify(*answer)
    except (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, AssertionError, RecursionError):
        return None
