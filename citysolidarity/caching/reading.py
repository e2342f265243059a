"""Public pages read from a replica, where there is one; everything else stays on the primary.

Only a view that says so (``reads_replica``) is read there: what is the same for everybody and belongs to an edition.
So on the primary stay curators, who have a session; every POST; the worker; forms and their one-time tokens. Whoever has
just written stays there, too, without a cookie: each public form ends on a page of its own with a token or a reference in
its address, and none of these says ``reads_replica``. What such a visitor may see late, for as long as replicas may be
behind (REPLICA_LAG_SECONDS), are public pages, on which nothing that the public types appears before a curator decides.
"""

import logging

import psycopg
from django.conf import settings
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse

from citysolidarity.caching.edition import Behind
from citysolidarity.caching.page_cache import is_curators
from citysolidarity.database.replicas import Replicas, reading

logger = logging.getLogger(__name__)


class FromReplicas:
    """Middleware. What fails on a replica is asked again of the next one, and at last of the primary."""

    def __init__(self, get_response, replicas: Replicas | None = None):
        self.get_response = get_response
        self.replicas = replicas or Replicas(settings.REPLICA_LAG_SECONDS)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        reading.end()  # of a request that nobody has ended
        request.tried_replicas = set()
        while True:
            request.is_asked_again = False
            response = self.get_response(request)
            if not request.is_asked_again:
                return response
            reading.end()

    def process_view(self, request, view, args, kwargs) -> None:
        is_public = getattr(view, "reads_replica", False) and request.method in {"GET", "HEAD"}
        # Without the index nothing tells the edition of what was read.
        if not is_public or not settings.SELECTION_INDEX or is_curators(request):
            return
        if replica := self.replicas.choose(request.tried_replicas):
            reading.begin(replica)

    def process_exception(self, request, exception) -> HttpResponse | None:
        replica = reading.replica
        if replica is None or not isinstance(exception, (Error, psycopg.Error)) or takes_too_long(exception):
            return None
        if connection.connection is None or connection.connection.closed:
            replica.lost(exception)
        if not isinstance(exception, Behind):
            logger.warning("What %s did not answer is asked again: %s", replica.alias, type(exception).__name__)
        request.tried_replicas.add(replica.alias)
        request.is_asked_again = True
        return HttpResponse(status=503)  # nobody sees it


def takes_too_long(exception: Exception) -> bool:
    """Whether it would take as long elsewhere: the deadline of a statement, not a conflict with the replica's own work."""
    return isinstance(exception.__cause__ or exception, psycopg.errors.QueryCanceled)


def read_from_replicas(view):
    """Say of a view whose pages are not kept that it may be read from a replica."""
    view.reads_replica = True
    return view
