"""The stack with a primary and two replicas, and people who sign and read while parts of it are lost."""

import http.client
import re
import socket
from itertools import count
from pathlib import Path

from tests.containers.load import PAGES, Load
from tests.containers.stack import HERE, NAME, Stack, run
from tests.containers.walks import visitor
from tests.faults.clients import Clients, answered
from tests.processes import wait_for

REPLICAS = ("replica-a", "replica-b")
SYNCHRONOUS = "ANY 1 (replica_a, replica_b)"
STREAMING = "SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming'"
PUBLIC = (
    "/en/",
    "/en/practices/",
    "/fr/practices/?theme=housing",
    "/en/signatories/",
    "/en/cities/",
    "/api/v1/practices",
)
COPY = re.compile(r"You are reading a copy from")


class Hosts(Stack):
    """``primary`` is the service that takes what is written."""

    def __init__(self, folder: Path):
        super().__init__(folder)
        self.primary = "database"
        self.environment["COMPOSE_PROJECT_NAME"] += "-hosts"
        self.environment["COMPOSE_FILE"] += f":{HERE / 'hosts.yaml'}"
        self.environment |= {"TRUSTED_PROXIES": "2", "WEB_CONCURRENCY": "2"}  # the tests stand in for a balancer

    def begin(self):
        """All of it, with the replicas at work and the starter directory loaded."""
        self.compose("up", "--detach", "mail", "database")
        self.wait_for("database")
        self.inside("database", 'echo "host replication all all scram-sha-256" >> "$PGDATA/pg_hba.conf"')
        # A replica that was away still finds what it missed.
        self.rows("ALTER SYSTEM SET wal_keep_size = '256MB'")
        self.rows("SELECT pg_reload_conf()")
        self.up(*REPLICAS)
        wait_for(lambda: self.rows(STREAMING) == [["2"]])
        self.acknowledge_twice()
        self.up()
        self.manage("load_directory")

    def acknowledge_twice(self):
        """From now on nothing is acknowledged that one server alone has."""
        self.rows(f"ALTER SYSTEM SET synchronous_standby_names = '{SYNCHRONOUS}'")
        self.rows("SELECT pg_reload_conf()")

    def rows(self, statement: str, of: str = "") -> list[list[str]]:
        command = ("psql", "--username=citysolidarity", "--no-align", "--tuples-only", "--command", statement)
        said = self.compose("exec", "-T", of or self.primary, *command)
        return [line.split("|") for line in said.splitlines() if line]

    def inside(self, service: str, script: str):
        self.compose("exec", "-T", service, "sh", "-c", script)

    def lose(self, service: str):
        """As when its machine loses its power."""
        run("docker", "kill", self.container(service))

    def bring_back(self, service: str):
        self.compose("start", service)
        self.wait_for(service)

    def network(self, act: str, name: str, service: str):
        """``act`` is connect or disconnect."""
        run("docker", "network", act, f"{self.environment['COMPOSE_PROJECT_NAME']}_{name}", self.container(service))

    def promote(self) -> str:
        """The replica that has most becomes the primary, as Patroni would choose; the other follows by itself."""
        had = {
            name: self.rows("SELECT pg_wal_lsn_diff(pg_last_wal_receive_lsn(), '0/0')", name)[0][0] for name in REPLICAS
        }
        self.primary = max(had, key=lambda name: int(had[name]))
        self.rows("SELECT pg_promote(true, 30)")
        wait_for(lambda: self.rows(STREAMING) == [["1"]])
        self.acknowledge_twice()
        return self.primary

    def said(self, words: str) -> int:
        """How many lines of the web hosts' logs have these words."""
        return self.compose("logs", "web-a", "web-b").count(words)


class ByNginx(http.client.HTTPConnection):
    """A connection to the site's name, wherever on this machine nginx listens."""

    def __init__(self, hosts: Hosts):
        super().__init__(NAME)
        self.hosts = hosts

    def connect(self):
        raw = socket.create_connection(("127.0.0.1", self.hosts.ports[1]), 40)
        self.sock = visitor(self.hosts).context.wrap_socket(raw, server_hostname=NAME)


class Signers(Clients):
    """Through nginx, two forms at hand each, so that a fault meets them at every step."""

    at_hand = 2

    def __init__(self, hosts: Hosts, first: int, posts: int):
        super().__init__(0, first + posts)
        self.hosts, self.numbers, self.addresses = hosts, count(first), count(first * 10)

    def own_address(self) -> str:
        with self.lock:
            number = next(self.addresses)
        # In a network of its own: neighbours are counted together.
        return f"198.{18 + number // 62_500}.{number % 250}.{1 + number // 250 % 250}"

    def ask(self, method, path, address, body=None):
        headers = {"X-Forwarded-For": address, "Origin": f"https://{NAME}"}
        return answered(ByNginx(self.hosts), method, path, body, **headers)


class Readers(Load):
    """``copies`` counts the pages that said they were a copy from before an outage."""

    def __init__(self, hosts: Hosts, clients: int):
        super().__init__(hosts, clients)
        self.copies = 0

    def outcome(self, browser, page):
        try:
            answer = browser.once("GET", PUBLIC[PAGES.index(page)])
        except (OSError, http.client.HTTPException) as error:
            return type(error).__name__
        self.copies += bool(COPY.search(answer.text))
        return str(answer.status)
