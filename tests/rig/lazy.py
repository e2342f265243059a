"""Hidden queries: those that an attribute sends in passing, and those that a template sends."""

import sys
from contextlib import contextmanager
from contextvars import ContextVar

from django.db.models import FETCH_ONE, FETCH_RAISE, query
from django.db.models.fetch_modes import FetchMode

from tests.rig.strict_templates import is_ours, origin_of

public_page = ContextVar("public_page", default=False)


class HiddenQuery(Exception):
    """A template sends a query; its view should have fetched the rows."""


class RaiseOnPublicPages(FetchMode):
    """Fetches a deferred field or a related row as usual, but raises while a public page is made."""

    __slots__ = ()

    def fetch(self, fetcher, instance):
        (FETCH_RAISE if public_page.get() else FETCH_ONE).fetch(fetcher, instance)

    def __reduce__(self):
        return "RAISE_ON_PUBLIC_PAGES"


RAISE_ON_PUBLIC_PAGES = RaiseOnPublicPages()


@contextmanager
def nothing_lazy(connection):
    """While a public page is made, rows are fetched on purpose, in the view."""
    token = public_page.set(True)
    try:
        with connection.execute_wrapper(refuse_in_templates):
            yield
    finally:
        public_page.reset(token)


def refuse_in_templates(execute, sql, params, many, context):
    """Let a statement pass unless a template of ours sends it."""
    origin = origin_of(sys._getframe(1))
    if is_ours(origin):
        raise HiddenQuery(f"{origin} sends a query: {sql[:200]}")
    return execute(sql, params, many, context)


def install() -> None:
    """Give every query set the mode that raises on public pages, unless it names one itself."""
    query.DEFAULT_FETCH_MODE = RAISE_ON_PUBLIC_PAGES
