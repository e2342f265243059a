"""Traces of requests, of what each asks the database, and of the worker's tasks, for OpenTelemetry.

Loaded only where OTEL_EXPORTER_OTLP_ENDPOINT is set. No word of a visitor leaves by it: a span is named by the pattern of
an address, the name of a table, of a task or of the class of an error, all of which stand in our code. Addresses, queries,
headers, values and messages are never read. What a visitor sends as ``traceparent`` is not read either: it would choose
the number of our trace, and whether it is kept; a proxy's log is joined by the id of the request.
"""

import os
import re
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, lru_cache

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.signals import got_request_exception
from django.db import connections
from django.db.backends.signals import connection_created
from opentelemetry import trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import OTELResourceDetector, Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import Span, SpanKind, Status, StatusCode

from citysolidarity.http.asking import FROM_WITHIN
from citysolidarity.logs import request_id
from citysolidarity.operation.request_ids import METHODS
from citysolidarity.worker.worker import Worker

NAME = "citysolidarity"
END_SECONDS = 3  # for what waits when a process ends; a collector that is away must not keep it
LEFT_OUT = ("/health/", settings.STATIC_URL)  # asked every few seconds by machines; files
OPERATIONS = {"SELECT", "INSERT", "UPDATE", "DELETE", "WITH", "SET", "SAVEPOINT", "RELEASE", "ROLLBACK", "LOCK"}
TABLE = re.compile(r'\b(?:SELECT(?: DISTINCT)?|FROM|INTO|UPDATE|JOIN)\s+"?(\w+)')


class Process:
    """What sends the traces of this process. Its thread does not follow into a child: each of gunicorn's begins its own."""

    number = 0
    provider: TracerProvider
    tracer: trace.Tracer
    lock = threading.Lock()


def tracer() -> trace.Tracer:
    if Process.number != os.getpid():
        with Process.lock:
            if Process.number != os.getpid():
                begin(sending())
    return Process.tracer


def begin(provider: TracerProvider) -> None:
    Process.provider, Process.tracer = provider, provider.get_tracer(NAME)
    Process.number = os.getpid()


def sending() -> TracerProvider:
    """It sends from a thread, out of a queue with an end (OTEL_BSP_MAX_QUEUE_SIZE): what does not fit is dropped."""
    provider = TracerProvider(resource=resource(), shutdown_on_exit=False)
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(endpoint=settings.TRACES_URL)))
    return provider


def resource() -> Resource:
    """OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES win."""
    return Resource.create().merge(Resource({"service.name": NAME})).merge(OTELResourceDetector().detect())


def end() -> None:
    """Send what waits, for a moment."""
    if Process.number == os.getpid():
        last = threading.Thread(target=Process.provider.shutdown, daemon=True, name="last-traces")
        last.start()
        last.join(END_SECONDS)


def prepare() -> None:
    """Before the first span. Raises ImproperlyConfigured for what is no number in OpenTelemetry's other variables."""
    try:
        sending().shutdown()
    except ValueError as error:
        raise ImproperlyConfigured(f"A variable of OpenTelemetry is wrong: {error}") from error
    connection_created.connect(wrap, dispatch_uid="tracing")
    for connection in connections.all(initialized_only=True):  # the worker has looked at its database before
        wrap(connection)
    got_request_exception.connect(note_error, dispatch_uid="tracing")


@contextmanager
def span(name: str, kind: SpanKind, attributes: dict) -> Iterator[Span]:
    """Of an error that passes through, only the class is kept: its message may name a person."""
    with tracer().start_as_current_span(
        name, kind=kind, attributes=attributes, record_exception=False, set_status_on_exception=False
    ) as opened:
        try:
            yield opened
        except Exception as error:
            fail(opened, kind_of(error))
            raise


def fail(opened: Span, why: str) -> None:
    opened.set_status(Status(StatusCode.ERROR))
    opened.set_attribute("error.type", why)


def kind_of(error: BaseException) -> str:
    return f"{type(error).__module__}.{type(error).__qualname__}"


# --- requests -----------------------------------------------------------------------------


def traced(get_response):
    """A span for each request, until the first byte of its answer."""
    prepare()

    def middleware(request):
        if request.path_info.startswith(LEFT_OUT) or FROM_WITHIN in request.META:
            return get_response(request)
        # By the semantic conventions of HTTP the one is the attribute's word for other methods, the other the name's.
        method, name = (request.method, request.method) if request.method in METHODS else ("_OTHER", "HTTP")
        attributes = {
            "http.request.method": method,
            "url.scheme": "https" if request.is_secure() else "http",
            "http.response.header.x-request-id": [request_id.get()],
        }
        with span(name, SpanKind.SERVER, attributes) as opened:
            response = get_response(request)
            if opened.is_recording():
                describe(opened, request, name, response.status_code)
        return response

    return middleware


def describe(opened: Span, request, name: str, status: int) -> None:
    opened.set_attribute("http.response.status_code", status)
    if match := request.resolver_match:
        route = f"/{match.route}"
        opened.set_attribute("http.route", route)
        opened.update_name(f"{name} {route}")
    if status >= 500:
        fail(opened, getattr(request, "kind_of_error", str(status)))


def note_error(request, **kwargs) -> None:
    """Django has made an answer of it before the middleware hears of it."""
    if request is not None and (error := sys.exception()):
        request.kind_of_error = kind_of(error)


# --- the database ---------------------------------------------------------------------------


def wrap(connection, **kwargs) -> None:
    """First, for whoever adds a wrapper for a block takes the last one away."""
    if query_span not in connection.execute_wrappers:
        connection.execute_wrappers.insert(0, query_span)


def query_span(execute, sql, params, many, context):
    """Only within a request or a task that is kept."""
    if not trace.get_current_span().is_recording():
        return execute(sql, params, many, context)
    name = summary(sql) if isinstance(sql, str) else "query"
    attributes = {"db.system.name": "postgresql", "db.query.summary": name}
    with span(name, SpanKind.CLIENT, attributes):
        return execute(sql, params, many, context)


@lru_cache(maxsize=500)
def summary(sql: str) -> str:
    """Such as ``SELECT practices_practice``: the first table of ours in it. No other word of the query is used."""
    operation = sql.lstrip(" (\n").partition(" ")[0].upper()
    table = next((found for found in TABLE.findall(sql) if found in tables()), "")
    return f"{operation if operation in OPERATIONS else 'query'} {table}".rstrip()


@cache
def tables() -> set[str]:
    return {model._meta.db_table for model in apps.get_models(include_auto_created=True)}


# --- the worker -----------------------------------------------------------------------------


class TracedWorker(Worker):
    """A span for each try of a task, and for each command of the housekeeping."""

    def __init__(self):
        super().__init__()
        prepare()

    def call(self, row) -> None:
        attributes = {"code.function.name": row.task_path, "task.id": str(row.pk), "task.try": len(row.worker_ids)}
        with span(row.task_path.rpartition(".")[2], SpanKind.CONSUMER, attributes):
            super().call(row)

    def call_command(self, name: str) -> None:
        with span(name, SpanKind.INTERNAL, {}):
            super().call_command(name)
