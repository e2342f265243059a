"""The guards around every GET and HEAD of a public page, for the test client and for a served site alike."""

from django.conf import settings
from django.db import connection

from tests.rig.lazy import nothing_lazy
from tests.rig.readonly import read_only

MIDDLEWARE = "tests.rig.pages.guard_reading"


def guard_reading(get_response):
    """A middleware: reading writes nothing and fetches nothing in passing. The admin may do both."""

    def guarded(request):
        if request.method not in {"GET", "HEAD"} or request.path.startswith("/admin/"):
            return get_response(request)
        with read_only(connection), nothing_lazy(connection):
            return get_response(request)

    return guarded


def install() -> None:
    """Put the guard before every other middleware."""
    if MIDDLEWARE not in settings.MIDDLEWARE:
        settings.MIDDLEWARE.insert(0, MIDDLEWARE)
