"""Who stands where at the door: outside, between password and second factor, or inside.

Between the two nobody is logged in: ``request.user`` is nobody, and the session holds whose password was right.
"""

import time

from django.contrib import auth
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.utils.crypto import constant_time_compare
from django.utils.http import url_has_allowed_host_and_scheme

from citysolidarity.door import factors
from citysolidarity.sessions import ORIGIN, origin_of

PENDING = "door.pending"
PASSED = "door.passed"
PENDING_SECONDS = 900  # long enough to install an authenticator app
BACKEND = "django.contrib.auth.backends.ModelBackend"


def knock(request: HttpRequest, user, then: str) -> None:
    """The password was right: the person may go on to the second factor, for a quarter of an hour.

    ``then`` is the address that was asked for; one of another site is dropped.
    """
    if not url_has_allowed_host_and_scheme(then, {request.get_host()}, require_https=request.is_secure()):
        then = ""
    request.session.flush()
    request.session[PENDING] = [user.pk, user.get_session_auth_hash(), time.time(), then]


def pending(request: HttpRequest):
    """Whoever has given the password and not yet the second factor; None when there is nobody, or it was too long ago."""
    if PENDING not in request.session:
        return None
    pk, password, at, _then = request.session[PENDING]
    user = auth.get_user_model().objects.filter(pk=pk, is_active=True, is_staff=True).first()
    fresh = time.time() - at < PENDING_SECONDS
    # A password that was changed meanwhile counts no more.
    if user is None or not fresh or not constant_time_compare(user.get_session_auth_hash(), password):
        return None
    return user


def enter(request: HttpRequest, user) -> str:
    """Both were right: logs in under a fresh session key, and says where the person wanted to go."""
    then = request.session.pop(PENDING, [""])[-1]
    auth.login(request, user, backend=BACKEND)
    mark(request, user)
    return then or resolve_url("admin:index")


def mark(request: HttpRequest, user) -> None:
    """Writes into the session that its owner has passed the second factor, and what the list of sessions shows."""
    request.session[PASSED] = user.pk
    request.session[ORIGIN] = origin_of(request)


def is_inside(request: HttpRequest) -> bool:
    """Whether the person is logged in and has passed the second factor in this very session."""
    return request.user.is_authenticated and request.session.get(PASSED) == request.user.pk


def person(request: HttpRequest):
    """Whose second factors this request may be about: whoever is inside; or, on the way in, who has none yet. None else."""
    if is_inside(request):
        return request.user
    user = pending(request)
    return user if user and not factors.are_set_up(user) else None
