"""`manage.py up`: the whole site on this machine, from an empty database to an address that answers."""

import ipaddress
import os
import signal
import socket
import sys
import time
import urllib.error
import urllib.request

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from citysolidarity import development
from citysolidarity.children import Child
from citysolidarity.progress import step

ANSWER_SECONDS = 60
STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Command(BaseCommand):
    help = "Prepares the database and serves the site on this machine. Ctrl-C stops everything it started."
    requires_system_checks = ()  # the web server makes them

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, default=8000, help="port to serve on (8000)")
        parser.add_argument("--host", default="127.0.0.1", help="address to serve on (127.0.0.1, this machine alone)")
        parser.add_argument("--reload", action="store_true", help="start the web server again when the code changes")

    def handle(self, *, port, host, reload, **options):
        for number in STOPPING:  # SIGINT too: a shell starts background jobs with it ignored
            signal.signal(number, signal.default_int_handler)
        children = []
        try:
            refuse_busy(host, port)
            migrate()
            load_when_empty()
            with step("Starting the web server"):
                children.append(web_server(host, port, reload))
                wait_for_answer(children[0], host, port)
            if settings.MAIL:
                children.append(Child("worker", "work", environment={"SITE_URL": site_url(host, port)}))
            self.stdout.write(f"\nThe directory is at {address(host, port)}/  (Ctrl-C stops it)\n\n")
            self.stdout.flush()
            watch(children)
        except KeyboardInterrupt:
            self.stdout.write("\nStopping.")
        finally:
            for number in STOPPING:
                signal.signal(number, signal.SIG_IGN)  # a second Ctrl-C must not leave anything behind
            connection.close()
            for child in children:
                child.stop()
            development.release_database()


def refuse_busy(host, port):
    """Raise CommandError with one sentence when nothing can be served on `host` and `port`."""
    if not 0 < port < 65_536:  # getaddrinfo would fold it into another one
        raise CommandError(f"{port} is not a port: name one from 1 to 65535 with --port.")
    try:
        family, kind, protocol, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(place)
            probe.listen(1)
    except OSError as error:
        raise CommandError(
            f"Nothing can be served on {host}, port {port} ({error.strerror}): name another with --port."
        ) from None


def migrate():
    """Bring the database up to date; cheap when it is."""
    with step("Updating the tables") as shown:
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
        shown.note = f"{len(plan)} migrations" if plan else "up to date"
        if plan:
            call_command("migrate", interactive=False, verbosity=0)


def load_when_empty():
    """Load the starter directory into a database without practices."""
    from practices.models import Practice

    if not Practice.objects.exists():
        call_command("load_directory")
        sys.stdout.flush()  # before the next step's line, which goes to the error stream
    else:
        # A database from before the gazetteer, or an older one; no work where it is up to date.
        call_command("load_gazetteer", verbosity=0)


def web_server(host, port, reload):
    """Start Django's server as a Child; the site calls itself by the address served unless SITE_URL says otherwise."""
    place = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    environment = {
        "DJANGO_RUNSERVER_HIDE_WARNING": "true",
        "SITE_URL": site_url(host, port),
    }
    if "ALLOWED_HOSTS" not in os.environ:
        environment["ALLOWED_HOSTS"] = ",".join(
            ["localhost", "127.0.0.1", "[::1]", socket.gethostname(), bracketed(host)]
        )
    return Child("web server", "runserver", place, *([] if reload else ["--noreload"]), environment=environment)


def site_url(host, port):
    """Return the address by which the site and its letters name it: the operator's own, else the one served."""
    return os.environ.get("SITE_URL") or address(host, port)


def address(host, port):
    """Return the site's address as a browser on this machine reaches it."""
    return f"http://{'localhost' if is_wildcard(host) else bracketed(host)}:{port}"


def is_wildcard(host):
    """Say whether `host` stands for every address of the machine."""
    try:
        return ipaddress.ip_address(host).is_unspecified
    except ValueError:
        return False


def bracketed(host):
    """Return `host` as it is written in an address: IPv6 in brackets."""
    return f"[{host}]" if ":" in host else host


def wait_for_answer(child, host, port):
    """Return once the site answers; raise CommandError when its process ends or stays silent."""
    deadline = time.monotonic() + ANSWER_SECONDS
    while time.monotonic() < deadline:
        if child.has_ended():
            raise CommandError(f"The {child.name} ended at once; what it said stands above.")
        try:
            urllib.request.urlopen(f"{address(host, port)}/health/live", timeout=10).close()  # noqa: S310 - our own address
            return
        except urllib.error.HTTPError as answer:
            answer.close()
            return
        except OSError:
            time.sleep(0.05)
    raise CommandError(f"The {child.name} did not answer within {ANSWER_SECONDS} seconds.")


def watch(children):
    """Wait until a child ends, which none should, and raise CommandError; a signal ends the waiting before."""
    while True:
        for child in children:
            if child.has_ended():
                raise CommandError(f"The {child.name} has ended, exit code {child.process.returncode}.")
        time.sleep(0.5)
