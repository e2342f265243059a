"""Logging in: an authenticator app (RFC 6238: SHA-1, six digits, 30 seconds), and members of staff."""

import base64
import hashlib
import hmac
import secrets
import struct
import time

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group, User
from django.test import Client

LOGIN, SECOND, DESK = "/admin/login/", "/admin/login/second-factor/", "/admin/"
PASSWORD = "correct horse battery"


def code_of(secret: str, *, steps: int = 0) -> str:
    """What the app shows now, or ``steps`` of 30 seconds later."""
    counter = struct.pack(">Q", int(time.time()) // 30 + steps)
    digest = hmac.new(base64.b32decode(secret.replace(" ", "")), counter, hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 10**6:06d}"


def wrong_code(secret: str) -> str:
    """Six digits that are none of those that would be taken now."""
    taken = {code_of(secret, steps=steps) for steps in (-2, -1, 0, 1, 2)}
    return next(code for code in ("000000", "111111", "222222", "333333", "444444", "555555") if code not in taken)


def staff(name="ana", role="Curator", **facts) -> User:
    user = User.objects.create_user(name, password=PASSWORD, is_staff=True, **facts)
    user.groups.set(Group.objects.filter(name=role))
    return user


def with_app(user) -> str:
    """Give somebody an authenticator app, and return its secret."""
    secret = base64.b32encode(secrets.token_bytes(20)).decode()
    Authenticator.objects.create(user=user, type="totp", data={"secret": get_adapter().encrypt(secret)})
    return secret


def post_password(client, name="ana", password=PASSWORD, **query):
    return client.post(LOGIN, {"username": name, "password": password, **query})


def at_the_desk(user) -> Client:
    """A browser in which somebody is logged in already."""
    client = Client()
    client.force_login(user)
    return client


def is_logged_in(client) -> bool:
    return client.get(DESK).status_code == 200
