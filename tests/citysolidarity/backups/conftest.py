"""A PostgreSQL of its own with the project's tables, which tests back up, lose and restore."""

import base64
import shutil
import tempfile
from pathlib import Path

import pytest
from django.db import connection, connections

from citysolidarity.development.postgres import LocalServer
from citysolidarity.development.postgres.cluster import SUPERUSER, password
from tests.citysolidarity.development.embedded import discard
from tests.rig import databases

KEY = bytes(range(32))


class Site:
    """The server, and the superuser's connection to it."""

    def __init__(self, folder: Path):
        self.folder, self.server = folder, LocalServer(folder)
        self.server.acquire()
        self.port = self.server.port()
        self.superuser = self.server.connect(self.port, SUPERUSER, "postgres")

    @property
    def replicating(self) -> str:
        return f"postgres://{SUPERUSER}:{password(self.folder)}@127.0.0.1:{self.port}/postgres"

    def address(self, name: str) -> str:
        return self.server.address(self.port).rpartition("/")[0] + f"/{name}"

    def create(self, name: str, template: str = "template1"):
        self.drop(name)
        self.superuser.execute(f"CREATE DATABASE {name} OWNER citysolidarity TEMPLATE {template}")

    def drop(self, name: str):
        self.superuser.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def connection(self, name: str):
        """Of Django's, to this database."""
        other = connections["default"].copy()
        other.settings_dict |= {
            "HOST": "127.0.0.1", "PORT": str(self.port), "USER": "citysolidarity", "NAME": name, "PASSWORD": password(self.folder),
        }  # fmt: skip
        return other


@pytest.fixture(scope="module")
def site(django_db_blocker):
    base = Path(tempfile.mkdtemp(prefix="backups-"))
    base.chmod(0o755)
    try:
        made = Site(base / "pg")
        made.create("model")
        databases.copy_to(made.address("model"), "migrated")
        yield made
        made.superuser.close()
    finally:
        discard(base / "pg")
        shutil.rmtree(base)


@pytest.fixture
def here(site, django_db_blocker, settings, tmp_path):
    """Django works in a fresh database of that server; a function goes to another, which is empty."""
    settings.BACKUPS_ROOT = str(tmp_path / "backups")
    settings.BACKUP_DATABASE_URL, settings.BACKUP_KEY = "", b""
    usual, used = connections["default"], []

    def go(name: str, template: str = "template1"):
        connections["default"].close() if used else None
        site.create(name, template)
        used.append(site.connection(name))
        connections["default"] = used[-1]

    with django_db_blocker.unblock():
        go("site", "model")
        try:
            yield go
        finally:
            connection.close()
            connections["default"] = usual
            for name in ("site", "restored"):
                site.drop(name)


@pytest.fixture
def replicating(site, settings):
    """Base back-ups, encrypted."""
    settings.BACKUP_DATABASE_URL, settings.BACKUP_KEY = site.replicating, KEY
    return base64.b64encode(KEY).decode()
