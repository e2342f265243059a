"""Counts requests for Prometheus, and answers at /metrics to whoever has the token (METRICS_TOKEN).

Under gunicorn the counts of all workers are added up: each writes to files of its own in PROMETHEUS_MULTIPROC_DIR, named
after its place among the workers (gunicorn.conf.py), so that a worker which replaces another one goes on with its counts.
"""

import hmac
import os
import time

from django.conf import settings
from django.dispatch import receiver
from django.http import HttpResponse
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest, multiprocess, values

from citysolidarity.database.signals import connection_failed, slow_query
from citysolidarity.operation.collector import Facts
from citysolidarity.operation.request_ids import METHODS, view_of

PATH = "/metrics"
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
BUCKETS = (0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5)  # seconds
FOLDER = "PROMETHEUS_MULTIPROC_DIR"


class Place:
    """Of this process among gunicorn's workers, from 0; "master" before it is one of them."""

    name = "master"


if FOLDER in os.environ:
    values.ValueClass = values.MultiProcessValue(process_identifier=lambda: Place.name)

registry = CollectorRegistry()
REQUESTS = Counter(
    "citysolidarity_requests", "Answers by view, method and class of status", ["view", "method", "status"],
    registry=registry,
)  # fmt: skip
SECONDS = Histogram(
    "citysolidarity_request_seconds", "Until the first byte of an answer", ["view"], buckets=BUCKETS, registry=registry
)
SLOW_QUERIES = Counter("citysolidarity_slow_queries", "Queries that took half a second or longer", registry=registry)
FAILED_CONNECTIONS = Counter(
    "citysolidarity_failed_database_connections", "Connections to the database that failed", registry=registry
)
# Looking a label up takes longer than counting.
counters: dict[tuple[str, str, int], Counter] = {}
histograms: dict[str, Histogram] = {}


def measured(get_response):
    """Outermost but for the request's id, and before hosts are checked: a platform asks by a machine's own address."""

    def middleware(request):
        if request.path_info == PATH:
            return metrics(request)
        begun = time.perf_counter()
        response = get_response(request)
        count(request, response.status_code, time.perf_counter() - begun)
        return response

    return middleware


def count(request, status: int, seconds: float) -> None:
    view = view_of(request)
    if view == "none" and request.path_info.startswith(settings.STATIC_URL):
        view = "static"
    key = (view, request.method, status // 100)
    if (counter := counters.get(key)) is None:
        method = request.method if request.method in METHODS else "other"
        counter = REQUESTS.labels(view, method, f"{status // 100}xx")
        if method != "other":
            counters[key] = counter
    if (histogram := histograms.get(view)) is None:
        histogram = histograms[view] = SECONDS.labels(view)
    counter.inc()
    histogram.observe(seconds)


def metrics(request) -> HttpResponse:
    """200 with the counts, or 401 without the token."""
    scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
    is_known = hmac.compare_digest(token.strip().encode(), settings.METRICS_TOKEN.encode())
    if scheme.lower() != "bearer" or not is_known:
        response = HttpResponse("A token is needed.\n", status=401, content_type="text/plain; charset=utf-8")
        response.headers["WWW-Authenticate"] = "Bearer"
    else:
        response = HttpResponse(written(), content_type=CONTENT_TYPE)
    response.headers["Cache-Control"] = "no-store"
    return response


def written() -> bytes:
    """The counts of all workers, and what the database tells (operation/collector.py)."""
    counts = registry
    if FOLDER in os.environ:
        counts = CollectorRegistry()
        multiprocess.MultiProcessCollector(counts)
    facts = CollectorRegistry()
    facts.register(Facts())
    return generate_latest(counts) + generate_latest(facts)


@receiver(slow_query)
def count_slow_query(**kwargs) -> None:
    SLOW_QUERIES.inc()


@receiver(connection_failed)
def count_failed_connection(**kwargs) -> None:
    FAILED_CONNECTIONS.inc()
