"""Browsers in which somebody has been inside before: a stranger's tries elsewhere do not slow their owners down.

After OWASP's "device cookies" (Slow Down Online Guessing Attacks with Device Cookies). The cookie lets nobody in: it
says which names have passed both factors in this browser, signed, and only earns them tries of their own.
"""

import secrets
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from citysolidarity.throttle import keyed_hash

REMEMBERED = timedelta(days=180)
MOST = 5  # colleagues at one machine; the latest stay
SALT = "citysolidarity.door.devices"


def remember(request: HttpRequest, answer: HttpResponse, user) -> HttpResponse:
    """The answer with the cookie that says that this person has just come in here; for the desk's addresses alone."""
    device, marks = read(request)
    mine = mark_of(user.get_username())
    marks = [mine, *(one for one in marks if one != mine)][:MOST]
    answer.set_cookie(
        settings.DEVICE_COOKIE_NAME,
        signing.dumps([device or secrets.token_urlsafe(16), marks], salt=SALT),
        max_age=REMEMBERED,
        path=reverse("admin:index"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )
    return answer


def known(request: HttpRequest, name: str) -> str:
    """What this browser is called where somebody of this name has been inside from it; "" else."""
    device, marks = read(request)
    return device if mark_of(name) in marks else ""


def read(request: HttpRequest) -> tuple[str, list[str]]:
    """The browser's own name, and the marks of those who came in; nothing of a cookie that is old or not ours."""
    try:
        device, marks = signing.loads(
            request.COOKIES.get(settings.DEVICE_COOKIE_NAME, ""), salt=SALT, max_age=REMEMBERED
        )
    except (signing.BadSignature, ValueError):
        return "", []
    return device, marks


def mark_of(name: str) -> str:
    """By what a name is known again: whoever finds the cookie does not read it there."""
    return keyed_hash("device", name).hex()[:32]
