"""Patroni in place of one PostgreSQL: ``python -m tests.failover FOLDER ETCD``, with ``--write`` into docs/operate.md.

FOLDER is an environment into which ``patroni[etcd3,psycopg3]`` and ``psycopg[binary]`` were installed, ETCD the program of etcd 3.4
or newer. Three servers start by citysolidarity/operation/patroni.yml, with the project's own PostgreSQL; the site's
clients sign and read while servers are lost. Everything listens on 127.0.0.1 and ends with the command.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from citysolidarity.database.programs.binaries import find_binaries
from citysolidarity.management.commands.bench import put
from tests.citysolidarity.development.embedded import ROOT
from tests.failover.people import Readers, Writer, people
from tests.failover.servers import LONGEST, NAMES, Servers
from tests.faults.rig import rig
from tests.faults.story import Report
from tests.processes import wait_for

PAGE = Path("docs") / "operate.md"
START, END = "<!-- failover: written by python -m tests.failover --write -->", "<!-- end of failover -->"


def faults(servers: Servers, writer: Writer) -> list[tuple[str, float, str]]:
    """What was done, how long nothing could be written, and what came of it."""
    rows = []

    def settle(count: int = 2):
        wait_for(lambda: len(servers.streaming()) == count and writer.is_at_work, "it never streamed again", LONGEST)
        time.sleep(5)

    lost, began = servers.primary(), time.monotonic()
    servers.lose(lost)
    wait_for(lambda: servers.primary() not in ("", lost), "nobody took over", LONGEST)
    settle(1)
    rows.append(
        (
            "kill -9 of the primary’s PostgreSQL and Patroni",
            writer.longest_pause(began),
            f"{lost} → {servers.primary()}",
        )
    )

    began = time.monotonic()
    servers.start(lost)
    back = wait_for(lambda: lost in servers.streaming(), f"{lost} did not come back", LONGEST)
    settle()
    rows.append(("the lost server starts again", writer.longest_pause(began), f"it is a replica after {back:.0f} s"))

    before, began = servers.primary(), time.monotonic()
    servers.switch_over()
    wait_for(lambda: servers.primary() not in ("", before), "no switchover", LONGEST)
    settle()
    rows.append(("a planned switchover", writer.longest_pause(began), f"{before} → {servers.primary()}"))

    before, began = servers.primary(), time.monotonic()
    servers.kill_postgres(before)
    time.sleep(20)
    settle()
    rows.append(
        ("kill -9 of the primary’s PostgreSQL alone", writer.longest_pause(began), f"{before} → {servers.primary()}")
    )

    before, began = servers.primary(), time.monotonic()
    servers.etcd.kill()
    servers.etcd.wait()
    time.sleep(40)
    servers.start_etcd()
    settle()
    rows.append(("etcd away for 40 s", writer.longest_pause(began), f"{before} → {servers.primary()}"))
    return rows


def table(rows, report: Report, readers: Readers, version: str) -> str:
    acknowledged = sum(number for name, number in report.outcomes.items() if name.startswith("acknowledged"))
    head = (
        f"{datetime.now(UTC):%Y-%m-%d}: {version}, PostgreSQL {find_binaries().major}, three servers and one etcd on the same"
        f" {os.cpu_count()} cores as the site and its clients, load average {os.getloadavg()[1]:.1f}."
    )
    said = ", ".join(f"{name}: {number}" for name, number in sorted(report.outcomes.items()))
    lines = [head, "", "| fault | nothing could be written for | the primary |", "|---|--:|---|"]
    lines += [f"| {what} | {pause:.1f} s | {whom} |" for what, pause, whom in rows]
    lines += [
        "",
        f"Eight clients signed meanwhile: {acknowledged} acknowledged, lost {report.lost}, doubled {report.doubled}"
        f" ({said}). Three read from all three servers: "
        + ", ".join(f"{number:,} answers of {status}" for status, number in sorted(readers.answers.items()))
        + ".",
    ]
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.failover", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("etcd", type=Path)
    parser.add_argument("--posts", type=int, default=1_000)
    parser.add_argument("--write", action="store_true", help=f"put the table into {PAGE}")
    options = parser.parse_args()
    program = options.folder.resolve() / "bin" / "patroni"
    version = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout.strip().title()
    home = Path(tempfile.mkdtemp(prefix="failover-", dir="/var/tmp"))
    home.chmod(0o755)
    servers = Servers(home, options.folder.resolve(), options.etcd.resolve())
    try:
        servers.begin()
        places = {"DATABASE_URL": servers.address(), "REPLICA_URLS": ",".join(map(servers.address_of, NAMES))}
        with rig(options.posts, **places) as parts:
            writer = Writer(servers.address())
            with people(parts, options.posts) as (readers, report):
                rows = faults(servers, writer)
                writer.ended.set()
    finally:
        servers.end()
        shutil.rmtree(home)
    figures = table(rows, report, readers, version)
    sys.stdout.write(f"{figures}\n" + "".join(f"{trouble}\n" for trouble in report.troubles))
    if options.write:
        put(ROOT / PAGE, figures, START, END)
    return 1 if report.troubles or set(readers.answers) != {"200"} else 0


if __name__ == "__main__":
    sys.exit(main())
