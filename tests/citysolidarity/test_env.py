"""Nonsense in the environment stops the start with one plain sentence."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from citysolidarity import env

STRONG = "r7Kp2mXq9TzW4vNb8LcYd3HfGs6JaE5uQx1ZoRiVtPwMnBkCyDhFgSjAeU0l"
PRODUCTION = {
    "DEBUG": "0",
    "SECRET_KEY": STRONG,
    "ALLOWED_HOSTS": "solidarity.example",
    "SITE_URL": "https://solidarity.example",
    "DATABASE_URL": "postgres://user:password@127.0.0.1:1/name",
}


PRINTED = "import citysolidarity.settings as s; print(s.DEBUG, s.ALLOWED_HOSTS, s.SITE_URL)"


def start(code=PRINTED, **changes):
    """Read the settings in a fresh Python, in production's environment with these changes (None: not set)."""
    variables = {name: value for name, value in (PRODUCTION | changes).items() if value is not None}
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=settings.BASE_DIR,
        env={"PATH": os.environ["PATH"], **variables},
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_a_whole_environment_starts():
    done = start()
    assert (done.returncode, done.stdout) == (0, "False ['solidarity.example'] https://solidarity.example\n")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        pytest.param({"SECRET_KEY": None}, "SECRET_KEY is not set", id="no key"),
        pytest.param({"SECRET_KEY": "   "}, "SECRET_KEY is not set", id="blank key"),
        pytest.param({"SECRET_KEY": STRONG[:49]}, "SECRET_KEY is too weak", id="short key"),
        pytest.param({"SECRET_KEY": "abcd" * 20}, "SECRET_KEY is too weak", id="repeated key"),
        pytest.param({"SECRET_KEY": f"django-insecure-{STRONG}"}, "SECRET_KEY is too weak", id="key of a template"),
        pytest.param({"DEBUG": "perhaps"}, "DEBUG must be 1 or 0", id="unclear DEBUG"),
        pytest.param({"DEBUG": "1"}, "DEBUG shows visitors the inside", id="DEBUG"),
        pytest.param({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS must name", id="any host"),
        pytest.param({"ALLOWED_HOSTS": "solidarity.example, *"}, "ALLOWED_HOSTS must name", id="any host among others"),
        pytest.param({"ALLOWED_HOSTS": None}, "ALLOWED_HOSTS must name", id="no host"),
        pytest.param({"SITE_URL": "http://solidarity.example"}, "SITE_URL must start with https", id="http"),
        pytest.param({"SITE_URL": None}, "SITE_URL must look like", id="no site address"),
        pytest.param({"SITE_URL": "solidarity.example"}, "SITE_URL must look like", id="site address without scheme"),
        pytest.param(
            {"SITE_URL": "https://solidarity.example/en"}, "SITE_URL must look like", id="site address with path"
        ),
        pytest.param({"DATABASE_URL": None}, "DATABASE_URL must be", id="no database"),
        pytest.param({"DATABASE_URL": "sqlite:///db"}, "DATABASE_URL must be", id="another database"),
        pytest.param({"DATABASE_CONNECTION_SECONDS": "soon"}, "must be a whole number", id="no number"),
        pytest.param({"DATABASE_CONNECTION_SECONDS": "-1"}, "must be at least 0", id="too small a number"),
    ],
)
def test_outside_development_the_start_refuses(changes, sentence):
    done = start(**changes)
    assert done.returncode != 0
    last = done.stderr.strip().splitlines()[-1]
    assert "ImproperlyConfigured" in last
    assert sentence in last


def test_no_refusal_repeats_the_key():
    weak = STRONG[:40]
    assert weak not in start(SECRET_KEY=weak).stderr


def test_debug_is_off_unless_asked_for():
    assert start(DEBUG=None).stdout.startswith("False")


def test_development_needs_no_host_and_no_https():
    done = start(DEVELOPMENT="1", DEBUG="1", ALLOWED_HOSTS=None, SITE_URL=None)
    assert (done.returncode, done.stdout) == (0, "True ['localhost', '127.0.0.1', '[::1]'] http://localhost:8000\n")


@pytest.mark.parametrize(
    ("value", "expected"), [("1", True), ("TRUE", True), (" on ", True), ("no", False), ("", False)]
)
def test_a_flag_is_read_in_the_usual_spellings(monkeypatch, value, expected):
    monkeypatch.setenv("FLAG", value)
    assert env.flag("FLAG", default=not expected) is expected


def test_words_are_split_at_commas_and_blanks_dropped(monkeypatch):
    monkeypatch.setenv("WORDS", " a.example ,, b.example,")
    assert env.words("WORDS") == ["a.example", "b.example"]


def test_an_address_loses_its_last_slash(monkeypatch):
    monkeypatch.setenv("ORIGIN", "https://solidarity.example/")
    assert env.origin("ORIGIN", "") == "https://solidarity.example"


@pytest.mark.parametrize(
    "value", ["ftp://a.example", "https://", "https://a.example?b", "//a.example", "javascript:alert(1)"]
)
def test_what_is_no_web_address_is_refused(monkeypatch, value):
    monkeypatch.setenv("ORIGIN", value)
    with pytest.raises(ImproperlyConfigured, match="ORIGIN must look like"):
        env.origin("ORIGIN", "")


def test_a_secret_may_be_a_file(tmp_path):
    file = tmp_path / "key"
    file.write_text(f"{STRONG}\n")
    assert start(SECRET_KEY=None, SECRET_KEY_FILE=str(file)).returncode == 0
    both = start(SECRET_KEY_FILE=str(file))
    assert "Both SECRET_KEY and SECRET_KEY_FILE are set" in both.stderr
    gone = start(SECRET_KEY=None, SECRET_KEY_FILE=str(tmp_path / "none"))
    assert f"SECRET_KEY_FILE names {tmp_path / 'none'}, which cannot be read: FileNotFoundError." in gone.stderr
    assert start(SECRET_KEY_FILE="").returncode == 0


def test_the_password_of_the_database_may_stand_beside_its_address(tmp_path):
    file = tmp_path / "password"
    file.write_text("a/b c@d\n")  # in an address each of these would have to be escaped
    password = "import citysolidarity.settings as s; print(s.DATABASES['default']['PASSWORD'])"
    done = start(password, DATABASE_URL="postgres://user@127.0.0.1:1/name", DATABASE_PASSWORD_FILE=str(file))
    assert done.stdout == "a/b c@d\n"


def test_hashes_of_addresses_outlive_the_key_of_the_site():
    hashed = "import citysolidarity.settings as s; print(s.HASH_KEY)"
    assert start(hashed).stdout == f"{STRONG}\n"
    assert start(hashed, HASH_KEY=STRONG[::-1]).stdout == f"{STRONG[::-1]}\n"
    assert "HASH_KEY is too weak" in start(hashed, HASH_KEY="short").stderr
