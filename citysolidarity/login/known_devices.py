"""Browsers in which somebody has logged in before: a stranger's tries elsewhere do not slow their owners down.

After OWASP's "device cookies" (Slow Down Online Guessing Attacks with Device Cookies). The cookie logs nobody in: it
holds which names have passed both factors in this browser, signed, and only gives them a limit of their own.
"""

import secrets
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from citysolidarity.database.clock import database_now
from citysolidarity.http.throttle import keyed_hash

REMEMBERED = timedelta(days=180)
MOST = 5  # colleagues at one machine; the latest stay
SALT = "citysolidarity.door.devices"


class DeviceSigner(signing.TimestampSigner):
    """Django's, by the database's clock; asked only where the signature is ours."""

    def timestamp(self):
        return signing.b62_encode(int(database_now().timestamp()))

    def unsign(self, value, max_age):
        value, made = signing.Signer.unsign(self, value).rsplit(self.sep, 1)
        if database_now().timestamp() - signing.b62_decode(made) > max_age.total_seconds():
            raise signing.SignatureExpired
        return value


def remember(request: HttpRequest, response: HttpResponse, user) -> HttpResponse:
    """Set the cookie that says that this person has just logged in here; for the desk's addresses alone."""
    device, marks = read(request)
    mark = mark_of(user.get_username())
    marks = [mark, *(other for other in marks if other != mark)][:MOST]
    response.set_cookie(
        settings.DEVICE_COOKIE_NAME,
        DeviceSigner(salt=SALT).sign_object([device or secrets.token_urlsafe(16), marks]),
        max_age=REMEMBERED,
        path=reverse("admin:index"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )
    return response


def known_device(request: HttpRequest, name: str) -> str:
    """The identifier of this browser if somebody of this name has logged in from it; "" else."""
    device, marks = read(request)
    return device if mark_of(name) in marks else ""


def read(request: HttpRequest) -> tuple[str, list[str]]:
    """The browser's identifier and the marks of those who logged in; both empty if the cookie is old or not ours."""
    try:
        cookie = request.COOKIES.get(settings.DEVICE_COOKIE_NAME, "")
        device, marks = DeviceSigner(salt=SALT).unsign_object(cookie, max_age=REMEMBERED)
    except (signing.BadSignature, ValueError):
        return "", []
    return device, marks


def mark_of(name: str) -> str:
    """A keyed hash of the name: whoever finds the cookie does not learn the name."""
    return keyed_hash("device", name).hex()[:32]
