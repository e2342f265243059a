"""Users of an embedded PostgreSQL in processes of their own, and what can be seen of its server."""

import shutil
import subprocess
import sys
from pathlib import Path

import psycopg

from citysolidarity.development.postgres import LocalServer

ROOT = Path(__file__).parents[3]
# A user of the database in a process of its own: says the address, then keeps the server until its input ends.
USER = """
import sys
from citysolidarity.development.postgres import LocalServer
server = LocalServer(sys.argv[1])
print(server.acquire(), flush=True)
sys.stdin.read()
server.release()
"""


def discard(folder):
    """Stop the server in `folder`, and remove what it keeps elsewhere."""
    if folder.exists():
        LocalServer(folder).stop()
    if (folder / "home").exists():
        shutil.rmtree((folder / "home").read_text())


def user(folder, *prefix, **more):
    """Start a user of the database; return its process and the address it was given."""
    process = subprocess.Popen(
        [*prefix, sys.executable, "-c", USER, folder],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        **more,
    )
    return process, process.stdout.readline().strip()


def ended(process, number=None):
    """End a user: by closing its input, or with a signal; and its pipes."""
    if number:
        process.send_signal(number)
    process.communicate(timeout=30)


def ask(address, question, *values):
    with psycopg.connect(address) as connection:
        return connection.execute(question, values).fetchone()[0]


def server_pid(folder):
    home = Path((folder / "home").read_text()) if (folder / "home").exists() else folder
    return int(next(home.glob("data-*/postmaster.pid")).read_text().split()[0])


def is_running(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def answers(address):
    try:
        return ask(address, "SELECT 1") == 1
    except psycopg.OperationalError:
        return False
