"""Defaults for a development machine: DEVELOPMENT, a key of its own, a database of its own.

Where SECRET_KEY or SECRET_KEY_FILE is set, as in production, only `up`, `test` and `bench` get a database.
"""

import contextlib
import os
import secrets
import sys

from citysolidarity.database.programs.binaries import OLDEST
from citysolidarity.development.bootstrap import has_key
from citysolidarity.development.postgres import LocalDatabaseError, LocalServer
from citysolidarity.development.progress import step
from citysolidarity.env import TRUE

WITHOUT_DATABASE = {
    "help", "--help", "-h", "version", "--version", "compilemessages", "makemessages", "collectstatic", "docs",
}  # fmt: skip
PLACEHOLDER = "postgres://nobody@127.0.0.1:1/none"  # the settings need an address for every command

server = None  # its lock keeps the database running for the life of the process


def prepare(root, command):
    """Complete os.environ for `command`; exits with one sentence when the database fails.

    Starts or joins the embedded PostgreSQL unless DATABASE_URL is set. `root` is the project's folder.
    """
    starts_database = command in ("up", "test", "bench")
    if has_key() and not starts_database:
        return
    if not has_key() and os.environ.setdefault("DEVELOPMENT", "1").strip().lower() in TRUE:
        with own_files():
            os.environ["SECRET_KEY"] = development_key(root / "var" / "secret_key")
    if not starts_database and os.environ.get("DEVELOPMENT") and (address := served_address(root)):
        os.environ.setdefault("SITE_URL", address)  # links that a command prints lead to the site that runs here
    if os.environ.get("DATABASE_URL"):
        if starts_database and (trouble := trouble_with(os.environ["DATABASE_URL"])):
            sys.exit(trouble)
    elif command in WITHOUT_DATABASE:
        os.environ["DATABASE_URL"] = PLACEHOLDER
    else:
        start_database(root, loud=starts_database)


def announce(root, address):
    """Note where this process serves the site, for the commands that print links; "" takes the note away."""
    path = root / "var" / "served"
    with contextlib.suppress(OSError):
        path.write_text(f"{os.getpid()} {address}") if address else path.unlink()


def served_address(root):
    """Where `up` serves the site from this folder now, or ""."""
    try:
        number, _space, address = (root / "var" / "served").read_text().partition(" ")
        os.kill(int(number), 0)
    except (OSError, ValueError):
        return ""
    return address


@contextlib.contextmanager
def own_files():
    """Exit with one sentence where files belong to another user, such as root after an earlier start."""
    try:
        yield
    except PermissionError as error:
        sys.exit(
            f"{error.filename} cannot be used by this account: run as the user who started the project here first."
        )


def development_key(path):
    """Return the key in the file `path`, which is made at first need and readable by its owner alone."""
    path.parent.mkdir(exist_ok=True)
    if not path.exists():
        # Two first starts at once must agree on one key: the link fails for the second.
        own = path.with_name(f"{path.name}.{os.getpid()}")
        with open(os.open(own, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(64))
        with contextlib.suppress(FileExistsError):
            os.link(own, path)
        own.unlink()
    return path.read_text()


def start_database(root, loud):
    global server
    server = LocalServer(root / "var" / "pg")
    for name in [name for name in os.environ if name.startswith("PG")]:
        del os.environ[name]  # PGHOSTADDR, PGSERVICE and their like would lead the driver elsewhere
    try:
        with step("Starting the database") if loud else contextlib.nullcontext():
            os.environ["DATABASE_URL"] = server.acquire()
    except LocalDatabaseError as error:
        sys.exit(str(error))


def release_database():
    """Release the embedded server, which stops when no process uses it."""
    if server is not None:
        server.release()


def stop_database(root):
    """Stop the embedded server even if other processes use it, and return the exit code 0."""
    with own_files():
        stopped = LocalServer(root / "var" / "pg").stop()
    print("The database has stopped." if stopped else "The database was not running.")
    return 0


def trouble_with(address):
    """One sentence if the PostgreSQL at `address` cannot be used, else None."""
    import psycopg

    try:
        with psycopg.connect(address, connect_timeout=10) as connection:
            major = connection.info.server_version // 10_000
    except psycopg.Error as error:
        return f"The database in DATABASE_URL cannot be reached: {str(error).strip().splitlines()[-1]}"
    if major < OLDEST:
        return f"The database in DATABASE_URL is PostgreSQL {major}; {OLDEST} or newer is needed."
    return None
