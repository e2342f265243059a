"""How long each kind of process lets the database take. Standard library alone: the settings read it."""

import os
from pathlib import Path
from typing import NamedTuple


class Deadlines(NamedTuple):
    """In seconds; 0 for no end.

    The server ends a statement, the wait for a lock, and a transaction that does nothing. ``answer`` is how long we
    wait for the server itself, which may hang: longer than any statement.
    """

    statement: int
    lock: int
    idle: int
    connect: int
    answer: int

    def options(self, said: dict) -> dict:
        """The parameters of libpq. What the operator says, here or to every client of PostgreSQL, wins."""
        ours = {
            "statement_timeout": self.statement,
            "lock_timeout": self.lock,
            "idle_in_transaction_session_timeout": self.idle,
        }
        words = [f"-c {name}={seconds * 1000}" for name, seconds in ours.items()]
        words += [os.environ.get("PGOPTIONS", ""), said.get("options", "")]
        return NETWORK | {"connect_timeout": self.connect} | said | {"options": " ".join(filter(None, words))}


# The databases of the settings that are replicas (replicas.py), and what keeps a session from writing there.
PREFIX = "replica-"
READ_ONLY = "-c default_transaction_read_only=on"
# A network that is cut says nothing: after this nobody waits for it any more. In seconds, but for the first.
NETWORK = {"tcp_user_timeout": 10_000, "keepalives_idle": 20, "keepalives_interval": 5, "keepalives_count": 3}

# A visitor waits, and three workers serve everybody.
WEB = Deadlines(statement=5, lock=3, idle=10, connect=3, answer=6)
# It sends letters and tidies; nobody waits for it, and a housekeeping rule may read whole tables.
WORK = Deadlines(statement=120, lock=10, idle=60, connect=5, answer=130)
# A table may take long to rewrite, but whoever waits for its lock holds up everybody who comes after.
MIGRATE = Deadlines(statement=0, lock=2, idle=600, connect=5, answer=0)
# What somebody runs by hand and looks at, such as a load or an erasure; and the tests.
COMMAND = Deadlines(statement=600, lock=120, idle=600, connect=5, answer=0)

BY_COMMAND = {"runserver": WEB, "work": WORK, "migrate": MIGRATE}


def deadlines_of(arguments: list[str]) -> Deadlines:
    """Those of this process: a command of manage.py has its own, and what wsgi.py serves is the web."""
    if Path(arguments[0]).name == "manage.py":
        return BY_COMMAND.get("".join(arguments[1:2]), COMMAND)
    return WEB if os.environ.get("CITYSOLIDARITY_SERVED") else COMMAND
