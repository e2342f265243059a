"""What tracing costs a request: ``.venv/bin/python -m tests.bench.tracing [SECONDS]``, within one process.

The cheapest page of the site is asked with and without, then with ten queries that do nothing. Sending is counted, to a collector in
a process of its own.
"""

import os
import subprocess
import sys

from tests.bench.counting import AT_ONCE, PAGE, PRODUCTION, handler, processor_times

QUERIES = 10
SQL = 'SELECT "practices_practice"."id" FROM "practices_practice" WHERE "practices_practice"."slug" = %s'
COLLECTOR = """
from http.server import BaseHTTPRequestHandler, HTTPServer
class Collector(BaseHTTPRequestHandler):
    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.end_headers()
    def log_message(self, *args): pass
server = HTTPServer(("127.0.0.1", 0), Collector)
print(server.server_port, flush=True)
server.serve_forever()
"""


def main(seconds: float) -> None:
    with subprocess.Popen([sys.executable, "-c", COLLECTOR], stdout=subprocess.PIPE, text=True) as collector:
        try:
            times = measured(f"http://127.0.0.1:{collector.stdout.readline().strip()}", seconds)
        finally:
            collector.terminate()
    without, with_it, queries = (times[name] / AT_ONCE * 1000 for name in ("without", "with", "queries"))
    sys.stdout.write(
        f"{PAGE}: {with_it:.0f} µs traced, {without:.0f} µs not: ratio {with_it / without:.2f}, {with_it - without:.0f} µs more\n"
        f"a query: {(queries - with_it) / QUERIES:.0f} µs more\n"
    )


def measured(endpoint: str, seconds: float) -> dict[str, float]:
    """Name → milliseconds of AT_ONCE requests."""
    os.environ |= PRODUCTION | {
        "OTEL_EXPORTER_OTLP_ENDPOINT": endpoint, "OTEL_BSP_MAX_QUEUE_SIZE": "100000", "METRICS_TOKEN": "",
        "DJANGO_SETTINGS_MODULE": "citysolidarity.settings",
    }  # fmt: skip
    import django
    from django.conf import settings

    django.setup()
    from citysolidarity.operation import tracing

    def asking(get_response):
        def middleware(request):
            for _ in range(QUERIES):
                tracing.query_span(lambda *args: None, SQL, ("x",), False, {})
            return get_response(request)

        return middleware

    def sent(ask):
        def asked():
            ask()
            tracing.Process.provider.force_flush()

        return asked

    tracing.LEFT_OUT = ()
    sys.modules["tests.bench.asking"] = type(sys)("tests.bench.asking")
    sys.modules["tests.bench.asking"].asking = asking
    whole = list(settings.MIDDLEWARE)
    after = whole.index("citysolidarity.operation.tracing.traced") + 1
    ways = {
        "without": handler([*whole[: after - 1], *whole[after:]]),
        "with": sent(handler(whole)),
        "queries": sent(handler([*whole[:after], "tests.bench.asking.asking", *whole[after:]])),
    }
    return processor_times(ways, seconds)


if __name__ == "__main__":
    main(float((sys.argv[1:] or ["10"])[0]))
