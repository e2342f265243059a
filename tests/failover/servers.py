"""Three PostgreSQL servers on loopback, each under a Patroni of its own, by the configuration that the site ships."""

import base64
import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import psycopg

from citysolidarity.database.programs.account import give, run_under, server_account
from citysolidarity.database.programs.binaries import find_binaries, reachable
from tests.citysolidarity.development.embedded import ROOT
from tests.faults.rig import children
from tests.processes import free_ports, wait_for

NAMES = ("pg-a", "pg-b", "pg-c")
NAME, LONGEST, STEP = "citysolidarity", 180, 0.1


class Servers:
    """Three of PostgreSQL, each under a Patroni of its own, and one etcd, which would be three as well."""

    def __init__(self, home: Path, patroni: Path, etcd: Path):
        self.home, self.account = home, server_account()
        self.patroni, self.program, self.word = patroni / "bin" / "patroni", etcd, secrets.token_urlsafe(20)
        self.binaries = reachable(find_binaries(), self.account, home)
        self.etcd_ports, self.api, self.sql = free_ports(2), free_ports(3), free_ports(3)
        self.etcd, self.processes = None, {}
        shutil.copy(ROOT / "citysolidarity" / "operation" / "patroni.yml", home / "patroni.yml")
        (home / "patroni.yml").chmod(0o644)
        for name in (*NAMES, "etcd"):
            (home / name).mkdir(mode=0o700)
            give(self.account, home / name)

    def run(self, name: str, command: list, environment: dict | None = None) -> subprocess.Popen:
        with (self.home / f"{name}.log").open("ab") as log:
            env = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"} | (environment or {})
            options = run_under(self.account) | {"env": env, "stdout": log, "stderr": log}
            return subprocess.Popen(command, start_new_session=True, **options)

    def start_etcd(self):
        client, peer = (f"http://127.0.0.1:{port}" for port in self.etcd_ports)
        command = [
            *[self.program, "--data-dir", self.home / "etcd" / "data", "--listen-client-urls", client],
            *["--advertise-client-urls", client, "--listen-peer-urls", peer, "--initial-advertise-peer-urls", peer],
            *["--initial-cluster", f"default={peer}", "--log-level", "error"],
        ]
        self.etcd = self.run("etcd", command)

    def start(self, name: str):
        number = NAMES.index(name)
        api, sql = f"127.0.0.1:{self.api[number]}", f"127.0.0.1:{self.sql[number]}"
        environment = {
            "PATRONI_NAME": name, "PATRONI_ETCD3_HOSTS": f"127.0.0.1:{self.etcd_ports[0]}",
            "PATRONI_RESTAPI_LISTEN": api, "PATRONI_RESTAPI_CONNECT_ADDRESS": api,
            "PATRONI_POSTGRESQL_LISTEN": sql, "PATRONI_POSTGRESQL_CONNECT_ADDRESS": sql,
            "PATRONI_POSTGRESQL_DATA_DIR": str(self.home / name / "data"),
            "PATRONI_POSTGRESQL_PGPASS": str(self.home / name / "pgpass"),
            "PATRONI_POSTGRESQL_BIN_DIR": str(self.binaries.folder),
            "PATRONI_SUPERUSER_USERNAME": "postgres", "PATRONI_SUPERUSER_PASSWORD": self.word,
            "PATRONI_REPLICATION_USERNAME": "replicator", "PATRONI_REPLICATION_PASSWORD": self.word,
            "PATRONI_RESTAPI_USERNAME": "operator", "PATRONI_RESTAPI_PASSWORD": self.word,
        }  # fmt: skip
        self.processes[name] = self.run(name, [self.patroni, self.home / "patroni.yml"], environment)

    def begin(self):
        self.start_etcd()
        time.sleep(2)
        for name in NAMES:
            self.start(name)
        wait_for(lambda: len(self.streaming()) == 2, "no cluster", LONGEST)
        with psycopg.connect(self.address(user="postgres", database="postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE ROLE {NAME} LOGIN PASSWORD '{self.word}'")
            connection.execute(f"CREATE DATABASE {NAME} OWNER {NAME}")

    def address(self, user: str = NAME, database: str = NAME) -> str:
        """As docs/operate.md says: all servers, whichever takes what is written."""
        hosts, numbers = ",".join(["127.0.0.1"] * 3), ",".join(map(str, self.sql))
        return f"postgres://{user}:{self.word}@/{database}?host={hosts}&port={numbers}&target_session_attrs=read-write"

    def address_of(self, name: str) -> str:
        return f"postgres://{NAME}:{self.word}@127.0.0.1:{self.sql[NAMES.index(name)]}/{NAME}"

    def members(self) -> dict[str, dict]:
        """What the first Patroni that answers says of each."""
        for port in self.api:
            with suppress(OSError, ValueError), urlopen(f"http://127.0.0.1:{port}/cluster", timeout=3) as answer:
                return {member["name"]: member for member in json.load(answer)["members"]}
        return {}

    def streaming(self) -> list[str]:
        return [name for name, member in self.members().items() if member["state"] == "streaming"]

    def primary(self) -> str:
        return next((name for name, member in self.members().items() if member["role"] == "leader"), "")

    def postgres_of(self, name: str) -> list[int]:
        """The processes of one server, the first of which started the others."""
        number = int((self.home / name / "data" / "postmaster.pid").read_text().split()[0])
        return [number, *children(number)]

    def kill_postgres(self, name: str):
        for number in self.postgres_of(name):
            with suppress(ProcessLookupError):
                os.kill(number, signal.SIGKILL)

    def lose(self, name: str):
        """As when its machine loses its power."""
        victims = self.postgres_of(name)
        self.processes[name].kill()
        self.processes[name].wait()
        for number in victims:
            with suppress(ProcessLookupError):
                os.kill(number, signal.SIGKILL)

    def switch_over(self):
        port, leader = self.api[NAMES.index(self.primary())], self.primary()
        request = Request(f"http://127.0.0.1:{port}/switchover", json.dumps({"leader": leader}).encode())
        word = base64.b64encode(f"operator:{self.word}".encode()).decode()
        request.add_header("Authorization", f"Basic {word}")
        request.add_header("Content-Type", "application/json")
        try:
            urlopen(request, timeout=60).close()
        except HTTPError as error:
            sys.exit(f"The switchover failed: {error.read().decode()}")

    def end(self):
        for process in [*self.processes.values(), self.etcd]:
            if process and process.poll() is None:
                process.terminate()
        for process in [*self.processes.values(), self.etcd]:
            with suppress(subprocess.TimeoutExpired, AttributeError):
                process.wait(30)
        for name in NAMES:
            with suppress(OSError, ValueError):
                self.kill_postgres(name)
