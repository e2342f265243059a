"""The two steps of a login.

After the password and before the second factor, ``request.user`` stays anonymous; the session only remembers which user
may continue.
"""

from django.contrib import auth
from django.db.models.functions import Now
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.utils.crypto import constant_time_compare
from django.utils.http import url_has_allowed_host_and_scheme

from citysolidarity.database.clock import database_now
from citysolidarity.login import factors, journal
from citysolidarity.login.sessions import ORIGIN, origin_of

# Sessions that are open while a new version is installed hold these keys: they stay as they are.
PENDING = "door.pending"
PASSED = "door.passed"
PENDING_SECONDS = 900  # long enough to install an authenticator app
BACKEND = "django.contrib.auth.backends.ModelBackend"


def begin_login(request: HttpRequest, user, next_url: str) -> None:
    """After the right password; a ``next_url`` of another site is dropped."""
    if not url_has_allowed_host_and_scheme(next_url, {request.get_host()}, require_https=request.is_secure()):
        next_url = ""
    request.session.flush()
    request.session[PENDING] = [user.pk, user.get_session_auth_hash(), database_now().timestamp(), next_url]


def pending_user(request: HttpRequest):
    """Whoever has given the password and not yet the second factor; None after a quarter of an hour."""
    if PENDING not in request.session:
        return None
    pk, password_hash, began_at, _next_url = request.session[PENDING]
    staff = auth.get_user_model().objects.filter(is_active=True, is_staff=True)
    user = staff.annotate(clock=Now()).filter(pk=pk).first()
    if user is None or user.clock.timestamp() - began_at >= PENDING_SECONDS:
        return None
    # A password that was changed meanwhile counts no more.
    return user if constant_time_compare(user.get_session_auth_hash(), password_hash) else None


def complete_login(request: HttpRequest, user) -> str:
    """Log in under a fresh session key, and return the address that the person asked for at first."""
    next_url = request.session.pop(PENDING, [""])[-1]
    auth.login(request, user, backend=BACKEND)
    mark(request, user)
    journal.came_in.send(None, user=user)
    return next_url or resolve_url("admin:index")


def mark(request: HttpRequest, user) -> None:
    """Write into the session that its owner has passed the second factor, and what the list of sessions shows."""
    request.session[PASSED] = user.pk
    request.session[ORIGIN] = origin_of(request)


def is_logged_in(request: HttpRequest) -> bool:
    """Whether the person is logged in and has passed the second factor in this very session."""
    return request.user.is_authenticated and request.session.get(PASSED) == request.user.pk


def factor_owner(request: HttpRequest):
    """Who may set up factors: whoever is logged in, or has given the password and has no factor yet; else None."""
    if is_logged_in(request):
        return request.user
    user = pending_user(request)
    return user if user and not factors.are_set_up(user) else None
