"""`manage.py up`: serve the whole site on this machine, beginning with an empty database if need be."""

import contextlib
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

from citysolidarity.development import environment as development
from citysolidarity.development.children import Child
from citysolidarity.development.progress import step

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
            development.announce(settings.BASE_DIR, site_url(host, port))
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
            development.announce(settings.BASE_DIR, "")
            for child in children:
                child.stop()
            development.release_database()


def refuse_busy(host, port):
    """Raise CommandError when nothing can be served on `host` and `port`."""
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
    with step("Updating the tables") as shown:
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
        refuse_tables_of_before(executor.loader.applied_migrations, plan)
        shown.note = f"{len(plan)} migrations" if plan else "up to date"
        if plan:
            call_command("migrate", interactive=False, verbosity=0)


def refuse_tables_of_before(applied, plan):
    """Raise CommandError for a database of before 0.1.0: the migrations were then written anew, and none leads here.

    Such a database has migrations of an app whose first migration is still in `plan`.
    """
    begun = {app for app, _ in applied}
    if any(migration.app_label in begun and migration.name.startswith("0001_") for migration, _ in plan):
        raise CommandError(
            "The tables of this database are of a time before 0.1.0 and cannot be brought up to date. To begin anew, "
            "run `python3 manage.py stopdb` and move the folder var/pg away, or name an empty database in DATABASE_URL."
        )


def load_when_empty():
    """Load the starter directory into a database without practices; where it is not wanted, the statement alone."""
    from pledges.models import StatementVersion
    from practices.models import Practice

    wanted = Practice if settings.STARTER_DIRECTORY else StatementVersion
    if not wanted.objects.exists():
        call_command("load_directory")
        sys.stdout.flush()  # before the next step's line, which goes to the error stream
    else:
        # The gazetteer of an older database may be missing or out of date.
        call_command("load_gazetteer", verbosity=0)


def web_server(host, port, reload):
    """Start Django's server as a Child."""
    environment = {"DJANGO_RUNSERVER_HIDE_WARNING": "true", "SITE_URL": site_url(host, port)}
    if "ALLOWED_HOSTS" not in os.environ:
        hosts = ["localhost", "127.0.0.1", "[::1]", socket.gethostname(), bracketed(host)]
        environment["ALLOWED_HOSTS"] = ",".join(hosts)
    arguments = [f"{bracketed(host)}:{port}", *([] if reload else ["--noreload"])]
    return Child("web server", "runserver", *arguments, environment=environment)


def site_url(host, port):
    """The address in pages and letters: the operator's own, else the one that is served."""
    return os.environ.get("SITE_URL") or address(host, port)


def address(host, port):
    """The address for a browser on this machine."""
    with contextlib.suppress(ValueError):  # a name
        if ipaddress.ip_address(host).is_unspecified:
            host = "localhost"
    return f"http://{bracketed(host)}:{port}"


def bracketed(host):
    """IPv6 addresses are written in brackets."""
    return f"[{host}]" if ":" in host else host


def wait_for_answer(child, host, port):
    """Return once the site answers; raise CommandError when its process ends or does not answer in time."""
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
    """Raise CommandError as soon as a child ends; only a signal should end this."""
    while True:
        for child in children:
            if child.has_ended():
                raise CommandError(f"The {child.name} has ended, exit code {child.process.returncode}.")
        time.sleep(0.5)
