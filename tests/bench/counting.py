"""What an id and counting cost a request: ``.venv/bin/python -m tests.bench.counting [SECONDS]``, within one process.

The cheapest page of the site is asked with both and with neither in turn, as gunicorn's workers count: into a file. Then the
middleware that counts visits is given a page and a search, which are made already.
"""

import io
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable

PAGE = "/health/live"
AT_ONCE = 100  # requests that are timed together
VISITS = {
    "a page": "/en/glossary/",
    "a page with a search": "/en/practices/?q=housing+for+families",
    "neither": "/health/live",
}
OURS = ("citysolidarity.operation.request_ids.request_ids", "citysolidarity.operation.measuring.measured")
PRODUCTION = {
    "SECRET_KEY": "for-this-measurement-alone-0123456789-abcdefghij-KLMNOP",
    "ALLOWED_HOSTS": "localhost", "SITE_URL": "http://localhost", "DEVELOPMENT": "1",
    "DATABASE_URL": "postgres://nobody@127.0.0.1/none", "METRICS_TOKEN": "not-a-secret-but-32-letters-long",
}  # fmt: skip


def handler(middleware: list[str]) -> Callable[[], None]:
    from django.conf import settings
    from django.core.handlers.wsgi import WSGIHandler

    settings.MIDDLEWARE = middleware
    answer = WSGIHandler()

    def ask() -> None:
        for _ in range(AT_ONCE):
            environ = {
                "REQUEST_METHOD": "GET", "PATH_INFO": PAGE, "SERVER_NAME": "localhost", "SERVER_PORT": "80",
                "REMOTE_ADDR": "127.0.0.1", "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(),
            }  # fmt: skip
            answer(environ, lambda status, headers: None).close()

    return ask


def processor_times(ways: dict[str, Callable[[], None]], seconds: float) -> dict[str, float]:
    """Name → the median in milliseconds of the processor's time: other processes may keep it from us meanwhile."""
    times: dict[str, list[float]] = {name: [] for name in ways}
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        for name, way in ways.items():
            begun = time.process_time()
            way()
            times[name].append((time.process_time() - begun) * 1000)
    return {name: statistics.median(found) for name, found in times.items()}


def visited(address: str) -> Callable[[], None]:
    """The middleware, with a request and an answer that are there."""
    from django.http import HttpResponse
    from django.test import RequestFactory
    from django.urls import resolve

    from citysolidarity.operation.visits.middleware import counted
    from tests.citysolidarity.operation.visitors import FIREFOX

    request, answer = RequestFactory().get(address, headers={"User-Agent": FIREFOX}), HttpResponse()
    request.resolver_match = resolve(request.path)
    middleware = counted(lambda request: answer)

    def ask() -> None:
        for _ in range(AT_ONCE):
            middleware(request)

    return ask


def main(seconds: float) -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= PRODUCTION | {
            "PROMETHEUS_MULTIPROC_DIR": folder,
            "DJANGO_SETTINGS_MODULE": "citysolidarity.settings",
        }
        import django
        from django.conf import settings

        django.setup()
        whole = list(settings.MIDDLEWARE)
        without = [name for name in whole if name not in OURS]
        times = processor_times({"with": handler(whole), "without": handler(without)}, seconds)
        visits = processor_times({name: visited(address) for name, address in VISITS.items()}, seconds)
    more = (times["with"] - times["without"]) / AT_ONCE * 1000
    ratio = times["with"] / times["without"]
    sys.stdout.write(
        f"{PAGE}: {times['with'] / AT_ONCE * 1000:.0f} µs with an id and counting, {times['without'] / AT_ONCE * 1000:.0f} µs"
        f" without: ratio {ratio:.3f}, {more:.1f} µs more\n"
    )
    for name, milliseconds in visits.items():
        sys.stdout.write(f"counting {name}: {milliseconds / AT_ONCE * 1000:.1f} µs\n")


if __name__ == "__main__":
    main(float((sys.argv[1:] or ["10"])[0]))
