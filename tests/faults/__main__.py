"""The long form of the faults: ``python -m tests.faults``; its figures go into docs/reliability.md.

Wants the test requirements, Linux (every client has an address of its own in 127.0.0.0/8), and some minutes.
"""

import argparse
import os
import platform
import sys
from datetime import UTC, datetime
from pathlib import Path

from citysolidarity.database.programs.binaries import find_binaries
from tests.faults.clients import CLIENTS
from tests.faults.rig import WEB_WORKERS
from tests.faults.story import Report, play

PAGE = Path("docs") / "reliability.md"


def main() -> int:
    """Plays it, writes the figures; 1 where something did not hold."""
    arguments = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    arguments.add_argument("--posts", type=int, default=3_000, help="acknowledged posts in all (3000)")
    posts = arguments.parse_args().posts
    report = play(posts, web=max(3, posts // 75), database=max(2, posts // 250), worker=max(1, posts // 500), mail=3)
    _figures, mark, rest = PAGE.read_text().partition("\n## ")  # what other commands measure stays
    PAGE.write_text(page(report) + mark + rest)
    sys.stdout.write(f"{PAGE} is written.\n" + "".join(f"{trouble}\n" for trouble in report.troubles))
    return 1 if report.troubles else 0


def page(report: Report) -> str:
    """The figures as a page of the documentation."""
    counted = {
        "acknowledged posts": f"{sum(n for name, n in report.outcomes.items() if name.startswith('acknowledged')):,}",
        "signatures in the database": f"{report.rows:,}",
        "lost": report.lost,
        "doubled": report.doubled,
        "without exactly one event": report.events_wrong,
        "without exactly one letter that was sent and arrived": report.letters_wrong,
        "second copies of a letter": f"{report.second_copies} (letter workers killed mid-letter: {report.killed_workers})",
    }
    return TEXT.format(
        verdict="Everything held." if not report.troubles else "**This did not hold:** " + "; ".join(report.troubles),
        counted=table(counted),
        faults=table(report.faults),
        outcomes=table(dict(sorted(report.outcomes.items()))),
        posts=report.posts,
        clients=CLIENTS,
        web=WEB_WORKERS,
        minutes=round(report.seconds / 60),
        day=datetime.now(UTC).date(),
        machine=f"{os.cpu_count()} cores, {platform.system()} on {platform.machine()}, Python {platform.python_version()}, "
        f"PostgreSQL {find_binaries().major}",
    )


def table(rows: dict) -> str:
    return "\n".join(f"| {name} | {value} |" for name, value in rows.items())


TEXT = """# Reliability

What is acknowledged is kept, once: the row, its event and its letter are committed together, and a form that is sent
again with the same one-time key makes nothing new. This page holds the figures of a run that tried to break that.

{clients} clients sign through the real form at gunicorn ({web} workers), which writes to a PostgreSQL of its own that waits
for its disk; a worker sends the letters to a real mail server. Meanwhile they are killed with `kill -9` and come back. Where
a client gets no answer, or a 503, it sends the same form again until its arrival is acknowledged. Then every acknowledged
post is looked up in the database and in the mail that arrived.

    python -m tests.faults --posts {posts}

{day}, {minutes} minutes; {machine}. {verdict}

| Counted afterwards | |
|---|---|
{counted}

| Faults, all while the clients were at work | |
|---|---|
{faults}

| Answers that the clients got | |
|---|---|
{outcomes}

"503 with the typed text" is the page of an outage, with everything the visitor had typed and a button to send it again.

The limits were on: each post came from an internet address (in 127.0.0.0/8) and a mailbox of its own. Only "200 drafts an
hour in all" was raised, since the run signs more often than that. Pauses between two tries to send a letter, and leases of
workers that were killed, were shortened by moving the due time of their rows.

A short form of the same runs with the tests (`tests/faults/test_faults.py`).
"""


if __name__ == "__main__":
    sys.exit(main())
