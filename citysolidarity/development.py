"""What a development machine gets without asking: DEVELOPMENT, a key of its own, a database of its own.

Nothing of this happens where SECRET_KEY is set, which is production, except for `up`, `test` and `bench`: they are told to.
"""

import contextlib
import os
import secrets
import sys

from citysolidarity.env import TRUE
from citysolidarity.localdb import LocalDatabaseError, LocalServer
from citysolidarity.localdb.binaries import OLDEST
from citysolidarity.progress import step

WITHOUT_DATABASE = {"help", "--help", "-h", "version", "--version", "compilemessages", "makemessages", "collectstatic"}
PLACEHOLDER = "postgres://nobody@127.0.0.1:1/none"  # the settings want an address even from commands that never use it

server = None  # kept here for the life of the process: its lock keeps the database running


def prepare(root, command):
    """Complete os.environ for `command` on a development machine; exits with one sentence when the database fails.

    `root` is the project's folder. Starts or joins the embedded PostgreSQL when DATABASE_URL is not set.
    """
    told_to = command in ("up", "test", "bench")
    if os.environ.get("SECRET_KEY") and not told_to:
        return
    if not os.environ.get("SECRET_KEY") and os.environ.setdefault("DEVELOPMENT", "1").strip().lower() in TRUE:
        with own_files():
            os.environ["SECRET_KEY"] = development_key(root / "var" / "secret_key")
    if os.environ.get("DATABASE_URL"):
        if told_to and (trouble := trouble_with(os.environ["DATABASE_URL"])):
            sys.exit(trouble)
    elif command in WITHOUT_DATABASE:
        os.environ["DATABASE_URL"] = PLACEHOLDER
    else:
        start_database(root, loud=told_to)


@contextlib.contextmanager
def own_files():
    """End with one sentence where the block meets files of another user, such as root's from an earlier start."""
    try:
        yield
    except PermissionError as error:
        sys.exit(
            f"{error.filename} cannot be used by this account: run as the user who started the project here first."
        )


def development_key(path):
    """Return the key in the file `path`, made at first need and readable by the caller alone."""
    path.parent.mkdir(exist_ok=True)
    if not path.exists():
        # Two first starts at once agree on one key: the link fails for the second.
        own = path.with_name(f"{path.name}.{os.getpid()}")
        with open(os.open(own, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(64))
        with contextlib.suppress(FileExistsError):
            os.link(own, path)
        own.unlink()
    return path.read_text()


def start_database(root, loud):
    """Start or join the embedded server and put its address into the environment."""
    global server
    server = LocalServer(root / "var" / "pg")
    for name in [name for name in os.environ if name.startswith("PG")]:
        del os.environ[name]  # PGHOSTADDR, PGSERVICE and their like would lead the driver elsewhere
    try:
        if loud:
            with step("Starting the database"):
                os.environ["DATABASE_URL"] = server.acquire()
        else:
            os.environ["DATABASE_URL"] = server.acquire()
    except LocalDatabaseError as error:
        sys.exit(str(error))


def release_database():
    """Let go of the embedded server, if this process uses it; it stops when nobody else does."""
    if server is not None:
        server.release()


def stop_database(root):
    """Stop the embedded server whoever uses it, say so, and return the exit code 0."""
    with own_files():
        stopped = LocalServer(root / "var" / "pg").stop()
    print("The database has stopped." if stopped else "The database was not running.")
    return 0


def trouble_with(address):
    """Return one sentence if the PostgreSQL at `address` cannot be used, else None."""
    import psycopg

    try:
        with psycopg.connect(address, connect_timeout=10) as connection:
            found = connection.info.server_version // 10_000
    except psycopg.Error as error:
        return f"The database in DATABASE_URL cannot be reached: {str(error).strip().splitlines()[-1]}"
    return (
        None if found >= OLDEST else f"The database in DATABASE_URL is PostgreSQL {found}; {OLDEST} or newer is needed."
    )
