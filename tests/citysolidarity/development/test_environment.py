"""What a development machine is given, and what production is not."""

import os

import psycopg
import pytest

from citysolidarity.development import environment as development
from citysolidarity.development.postgres import LocalServer


@pytest.fixture
def environment(monkeypatch):
    """An environment in which nobody has set anything."""
    bare = {"PATH": os.environ["PATH"], "PGHOSTADDR": "192.0.2.1"}
    monkeypatch.setattr(os, "environ", bare)
    return bare


@pytest.fixture
def server(monkeypatch):
    """No server is started: the starts asked for are counted."""
    starts = []

    def acquire(self):
        starts.append(self.directory)
        return "postgres://here"

    monkeypatch.setattr(LocalServer, "acquire", acquire)
    monkeypatch.setattr(development, "server", None)
    return starts


def test_a_development_machine_gets_its_mode_a_key_and_a_database(tmp_path, environment, server):
    development.prepare(tmp_path, "migrate")
    assert environment["DEVELOPMENT"] == "1"
    assert len(environment["SECRET_KEY"]) >= 50
    assert environment["DATABASE_URL"] == "postgres://here"
    assert server == [tmp_path / "var" / "pg"]
    assert "PGHOSTADDR" not in environment


def test_the_key_is_made_once_and_is_private(tmp_path, environment, server):
    development.prepare(tmp_path, "migrate")
    first = environment.pop("SECRET_KEY")
    development.prepare(tmp_path, "migrate")
    assert environment["SECRET_KEY"] == first
    assert (tmp_path / "var" / "secret_key").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in (tmp_path / "var").iterdir()] == ["secret_key"]


@pytest.mark.parametrize("name", ["SECRET_KEY", "SECRET_KEY_FILE"])
def test_production_is_left_alone(tmp_path, environment, server, name):
    environment[name] = "theirs"
    before = dict(environment)
    development.prepare(tmp_path, "migrate")
    assert environment == before
    assert not server
    assert not list(tmp_path.iterdir())


def test_files_of_another_user_are_named_in_one_sentence(tmp_path, environment, server, monkeypatch):
    def refuse(path):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(development, "development_key", refuse)
    with pytest.raises(SystemExit, match=r"var/secret_key cannot be used by this account: run as the user"):
        development.prepare(tmp_path, "up")


def test_a_machine_that_turns_development_off_is_given_no_key(tmp_path, environment, server):
    environment["DEVELOPMENT"] = "0"
    development.prepare(tmp_path, "migrate")
    assert "SECRET_KEY" not in environment


def test_ones_own_key_serves_with_the_embedded_database(tmp_path, environment, server):
    environment["SECRET_KEY"] = "mine"
    development.prepare(tmp_path, "up")
    assert (environment["SECRET_KEY"], environment["DATABASE_URL"]) == ("mine", "postgres://here")
    assert "DEVELOPMENT" not in environment


def test_commands_that_ask_no_database_start_none(tmp_path, environment, server):
    development.prepare(tmp_path, "collectstatic")
    assert not server


@pytest.mark.parametrize("command", ["up", "test"])
def test_a_database_of_ones_own_is_used_instead_of_the_embedded_one(
    tmp_path, environment, server, monkeypatch, command
):
    monkeypatch.setattr(development, "trouble_with", lambda address: None)
    environment["DATABASE_URL"] = "postgres://mine"
    development.prepare(tmp_path, command)
    assert environment["DATABASE_URL"] == "postgres://mine"
    assert not server


def test_a_database_that_is_too_old_is_refused_in_one_sentence(tmp_path, environment, server, monkeypatch):
    class Old:
        info = type("Info", (), {"server_version": 140_011})

        def __enter__(self):
            return self

        def __exit__(self, *exception):
            pass

    monkeypatch.setattr(psycopg, "connect", lambda *arguments, **options: Old())
    environment["DATABASE_URL"] = "postgres://old"
    with pytest.raises(SystemExit) as refusal:
        development.prepare(tmp_path, "up")
    assert refusal.value.code == "The database in DATABASE_URL is PostgreSQL 14; 15 or newer is needed."


def test_a_database_out_of_reach_is_named_in_one_sentence(tmp_path, environment, server):
    environment["DATABASE_URL"] = "postgres://someone@127.0.0.1:1/none"
    with pytest.raises(SystemExit) as refusal:
        development.prepare(tmp_path, "up")
    assert str(refusal.value.code).startswith("The database in DATABASE_URL cannot be reached: ")
    assert "\n" not in refusal.value.code


def test_a_command_prints_links_to_the_site_that_is_served_here(tmp_path, environment, server):
    (tmp_path / "var").mkdir()
    development.announce(tmp_path, "http://127.0.0.1:8109")
    development.prepare(tmp_path, "createcurator")
    assert environment["SITE_URL"] == "http://127.0.0.1:8109"
    development.announce(tmp_path, "")
    assert development.served_address(tmp_path) == ""
    (tmp_path / "var" / "served").write_text("999999999 http://127.0.0.1:8109")  # of a process that was killed
    assert development.served_address(tmp_path) == ""


def test_an_address_of_ones_own_is_kept(tmp_path, environment, server):
    (tmp_path / "var").mkdir()
    development.announce(tmp_path, "http://127.0.0.1:8109")
    environment["SITE_URL"] = "http://cities.localhost"
    development.prepare(tmp_path, "createcurator")
    assert environment["SITE_URL"] == "http://cities.localhost"
