import pytest
from django.core.signals import got_request_exception
from django.db import connection
from django.db.backends.signals import connection_created
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from citysolidarity.operation import tracing


@pytest.fixture
def spans(settings, monkeypatch):
    """Requests and queries are traced; what has ended, as a list when it is called."""
    memory, provider = InMemorySpanExporter(), TracerProvider(shutdown_on_exit=False)
    provider.add_span_processor(SimpleSpanProcessor(memory))
    for name in ("number", "provider", "tracer"):
        monkeypatch.setattr(tracing.Process, name, None, raising=False)
    tracing.begin(provider)
    after = settings.MIDDLEWARE.index("citysolidarity.operation.request_ids.request_ids") + 1
    settings.MIDDLEWARE = [
        *settings.MIDDLEWARE[:after],
        "citysolidarity.operation.tracing.traced",
        *settings.MIDDLEWARE[after:],
    ]
    yield lambda: list(memory.get_finished_spans())
    connection.execute_wrappers.remove(tracing.query_span)
    for signal in (connection_created, got_request_exception):
        signal.disconnect(dispatch_uid="tracing")
