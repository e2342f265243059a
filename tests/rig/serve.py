"""Serves the real site with the starter directory to a browser: ``python -m tests.rig.serve``.

A process of its own, so that the browser's and the site's work run side by side and the tests' database stays empty.
It has a database of its own beside that of DATABASE_URL, a copy of one that is made once in a run, and takes it away
again when its standard input ends, which happens whatever ends the tests. It writes its address on one line when it can
be visited. Where TODAY names a day, it is that day for the site, so that its pages say the same for ever.
"""

import os
import signal
import sys
import threading

from tests.rig import databases

DATABASE = f"test_browser_{os.getpid()}"


def main():
    """Make the database, serve, and clean up."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())  # so that what must be cleaned up is, whatever stops the tests
    databases.create(DATABASE, "loaded")
    server = os.environ["DATABASE_URL"]
    try:
        os.environ["DATABASE_URL"] = databases.address(DATABASE)
        serve()
    finally:
        os.environ["DATABASE_URL"] = server
        databases.drop(DATABASE)


def serve():
    """Answer requests until standard input ends."""
    import django
    from django.conf import settings
    from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler

    from tests import rig

    if day := os.environ.get("TODAY"):
        import time_machine

        time_machine.travel(f"{day}T12:00:00+00:00").start()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "citysolidarity.settings")
    django.setup()
    settings.DEBUG = False  # visitors see our own page for an unknown address
    rig.install()

    from django.core.wsgi import get_wsgi_application

    site = ThreadedWSGIServer(("127.0.0.1", 0), WSGIRequestHandler)
    site.daemon_threads = True
    site.set_app(get_wsgi_application())
    threading.Thread(target=site.serve_forever, daemon=True).start()
    sys.stdout.write(f"http://localhost:{site.server_port}\n")
    sys.stdout.flush()
    sys.stdin.read()
    site.shutdown()


if __name__ == "__main__":
    main()
