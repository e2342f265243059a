"""Every public form under faults: ``python -m tests.faults.every_form --posts 1000`` (for each form).

Whatever is killed meanwhile, each acknowledged post is in the database once. Wants Linux and the test requirements.
"""

import argparse
import json
import subprocess
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import urlencode

from tests.citysolidarity.development.embedded import ROOT
from tests.faults.clients import CLIENTS, Clients
from tests.faults.ledger import ACTS
from tests.faults.rig import Rig, rig
from tests.faults.story import spread

GIVE_UP = 300  # seconds for one post
DONE = ("Your answers are saved",)  # of forms that answer with a page instead of leading on to one
TYPED = ("text", "institution", "email", "save_email", "title", "election_year")  # beginnings of names


@dataclass
class Outcome:
    """The figures of a run, by act; ``troubles`` are sentences, none where everything held."""

    acknowledged: Counter = field(default_factory=Counter)
    answers: Counter = field(default_factory=Counter)
    faults: Counter = field(default_factory=Counter)
    lost: Counter = field(default_factory=Counter)
    doubled: Counter = field(default_factory=Counter)
    second_copies: int = 0
    killed_workers: int = 0
    seconds: float = 0
    troubles: list = field(default_factory=list)


class Everybody(Clients):
    """Clients that send the posts of all acts, mixed."""

    def __init__(self, port: int, posts: dict[str, list]):
        super().__init__(port, sum(map(len, posts.values())))
        self.acts = list(posts)
        rows = [(act, *post) for act in posts for post in posts[act]]
        self.waiting = sorted(rows, key=lambda row: hash(row[3]))
        self.done: list[tuple[str, str]] = []

    def sign(self):
        try:
            while True:
                with self.lock:
                    if not self.waiting:
                        return
                    post = self.waiting.pop()
                self.press(*post)
        except Exception as trouble:
            self.troubles.append(repr(trouble))

    def press(self, act: str, path: str, fields: dict, key: str):
        body, until, address = urlencode(fields, doseq=True) or "go=1", time.monotonic() + GIVE_UP, self.own_address()
        while time.monotonic() < until:
            status, place, text = self.ask("POST", path, address, body)
            if (status == 302 and place) or (status == 200 and any(sentence in text for sentence in DONE)):
                self.note("acknowledged")
                with self.lock:
                    self.done.append((act, key))
                return
            if status == 503:
                typed = [value for name, value in fields.items() if value and name.startswith(TYPED)]
                kept = all(value in text for value in typed)
                self.note("503 with the typed text" if kept else f"503 WITHOUT the typed text, {act}")
            else:
                self.note(f"answer {status}, {act}" if status else "no answer")
            if status and status != 503:
                raise AssertionError(f"{act}: {status} {text[:3000]}" if status < 500 else f"{act}: {status}")
            time.sleep(0.3)
        raise TimeoutError(f"{act}: never acknowledged")


def play(each: int, acts=ACTS, *, web: int, database: int, worker: int, mail: int) -> Outcome:
    """The form of every act is sent ``each`` times, while the parts are hurt so many times."""
    begun, outcome = time.monotonic(), Outcome()
    with rig(each, site="tests.faults.open_wsgi") as parts:
        clients = Everybody(parts.port, asked(parts, "sow", str(each), *acts))
        threads = [threading.Thread(target=clients.sign, daemon=True) for _ in range(CLIENTS)]
        for thread in threads:
            thread.start()
        faults = spread(
            {
                "kill -9 of a web worker": (parts.kill_web_worker, web),
                "kill -9 of PostgreSQL": (parts.kill_database, database),
                "kill -9 of the letter worker mid-letter": (parts.kill_worker_mid_letter, worker),
                "mail server down and back": (lambda: parts.drop_mail_server(2), mail),
            }
        )
        for at, (name, hurt) in enumerate(faults, start=1):
            share = clients.posts * at // (len(faults) + 1)
            while len(clients.done) < share and any(thread.is_alive() for thread in threads):
                time.sleep(0.01)
            hurt()
            outcome.faults[name] += 1
        for thread in threads:
            thread.join()
        outcome.killed_workers = parts.killed_workers
        read(parts, clients, outcome)
    outcome.seconds = time.monotonic() - begun
    return outcome


def asked(parts: Rig, *arguments: str, said: str = "") -> dict:
    """What the ledger answers, a process of its own."""
    command = [sys.executable, "-m", "tests.faults.ledger", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=parts.environment, input=said, stdout=subprocess.PIPE, text=True)
    assert done.returncode == 0, arguments
    return json.loads(done.stdout)


def read(parts: Rig, clients: Everybody, outcome: Outcome) -> None:
    """Compares what was acknowledged with what the database has."""
    keys = {act: [key for other, key in clients.done if other == act] for act in clients.acts}
    parts.rows("SELECT 1")  # waits for a database that is coming back
    counted = asked(parts, "count", said=json.dumps(keys))
    for act in clients.acts:
        outcome.acknowledged[act] = len(keys[act])
        outcome.lost[act] = sum(number == 0 for number in counted[act].values())
        outcome.doubled[act] = sum(number > 1 for number in counted[act].values())
    outcome.answers = clients.outcomes
    copies = Counter((letter["To"], letter["Message-ID"]) for letter in list(parts.mail.received))
    outcome.second_copies = sum(number - 1 for number in copies.values())
    outcome.troubles += clients.troubles
    outcome.troubles += [f"{act}: {number} lost" for act, number in outcome.lost.items() if number]
    outcome.troubles += [f"{act}: {number} doubled" for act, number in outcome.doubled.items() if number]
    outcome.troubles += [name for name in clients.outcomes if "WITHOUT" in name or name.startswith("answer 5")]
    if outcome.second_copies > outcome.killed_workers:
        outcome.troubles.append(f"{outcome.second_copies} second copies for {outcome.killed_workers} killed workers")


def main() -> int:
    arguments = argparse.ArgumentParser(prog="python -m tests.faults.every_form", description=__doc__)
    arguments.add_argument("--posts", type=int, default=1_000, help="acknowledged posts for each form (1000)")
    arguments.add_argument("--acts", nargs="+", choices=ACTS, default=ACTS, help="these forms alone (all)")
    options = arguments.parse_args()
    each, total = options.posts, options.posts * len(options.acts)
    faults = {"web": max(3, total // 75), "database": max(2, total // 400), "worker": max(1, total // 500), "mail": 3}
    outcome = play(each, options.acts, **faults)
    for name in ("acknowledged", "lost", "doubled", "answers", "faults"):
        sys.stdout.write(f"{name}: {dict(sorted(getattr(outcome, name).items()))}\n")
    sys.stdout.write(f"second copies of letters: {outcome.second_copies}, {outcome.seconds:.0f} s\n")
    sys.stdout.write("\n".join(outcome.troubles) or "Everything held.")
    sys.stdout.write("\n")
    return 1 if outcome.troubles else 0


if __name__ == "__main__":
    sys.exit(main())
