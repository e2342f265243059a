"""Serves the real site with the starter directory to a browser: ``python -m tests.rig.serve``.

A process of its own, so that the browser's and the site's work run side by side and the tests' database stays empty.
It makes its own database beside that of DATABASE_URL and takes it away again when its standard input ends, which
happens whatever ends the tests. It writes its address on one line when it can be visited.
"""

import os
import signal
import sys
import threading
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

DATABASE = f"test_browser_{os.getpid()}"


def main():
    """Make the database, serve, and clean up."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())  # so that what must be cleaned up is, whatever stops the tests
    server = os.environ["DATABASE_URL"]
    parts = urlsplit(server)
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE)))
        try:
            os.environ["DATABASE_URL"] = urlunsplit(parts._replace(path=f"/{DATABASE}"))
            serve()
        finally:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(DATABASE)))


def serve():
    """Fill the database and answer requests until standard input ends."""
    import django
    from django.conf import settings
    from django.core.management import call_command
    from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler

    from tests import rig

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "citysolidarity.settings")
    django.setup()
    settings.DEBUG = False  # visitors see our own page for an unknown address
    rig.install()
    call_command("migrate", verbosity=0)
    call_command("load_directory", verbosity=0)

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
