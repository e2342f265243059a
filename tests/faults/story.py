"""What happens in a run: posts, faults, and the books afterwards."""

import threading
import time
from dataclasses import dataclass, field

from tests.faults.clients import CLIENTS, Clients
from tests.faults.rig import Rig, rig

LETTERS_WITHIN = 900  # seconds for what is left in the outbox when the last post has been acknowledged
BOOKS = """
SELECT contact.email, form.reference, count(DISTINCT event.id), count(DISTINCT letter.id), count(DISTINCT letter.id)
    FILTER (WHERE letter.sent_at IS NOT NULL), min(letter.id::text)
FROM pledges_signature signature
JOIN pledges_signaturecontact contact ON contact.signature_id = signature.id
LEFT JOIN pledges_sentform form ON form.signature_id = signature.id
LEFT JOIN pledges_signatureevent event ON event.signature_id = signature.id
LEFT JOIN pledges_signatureletter letter ON letter.signature_id = signature.id
WHERE signature.origin = 'online' GROUP BY signature.id, contact.email, form.reference
"""


@dataclass
class Report:
    """The figures of a run; ``faults`` by kind, and ``troubles``, each a sentence: empty when everything held."""

    posts: int
    seconds: float = 0
    faults: dict = field(default_factory=dict)
    outcomes: dict = field(default_factory=dict)
    rows: int = 0
    lost: int = 0
    doubled: int = 0
    events_wrong: int = 0
    letters_wrong: int = 0
    letters_sent: int = 0
    second_copies: int = 0
    killed_workers: int = 0
    troubles: list = field(default_factory=list)


def play(posts: int, *, web: int, database: int, worker: int, mail: int) -> Report:
    """Lets eight clients sign ``posts`` times while each part is hurt so many times, and reads the books."""
    begun, report = time.monotonic(), Report(posts)
    with rig(posts) as parts:
        clients = Clients(parts.port, posts)
        threads = clients.run()
        acts = spread(
            {
                "kill -9 of a web worker": (parts.kill_web_worker, web),
                "kill -9 of PostgreSQL": (parts.kill_database, database),
                "kill -9 of the letter worker mid-letter": (parts.kill_worker_mid_letter, worker),
                "mail server down and back": (lambda: parts.drop_mail_server(2), mail),
            }
        )
        for at, (name, act) in enumerate(acts, start=1):
            wait_for_share(clients, threads, posts * at // (len(acts) + 1))
            act()
            report.faults[name] = report.faults.get(name, 0) + 1
        for thread in threads:
            thread.join()
        report.troubles += clients.troubles
        wait_for_letters(parts)
        read_books(parts, clients, report)
    report.seconds = time.monotonic() - begun
    report.outcomes = dict(clients.outcomes)
    return report


def spread(kinds: dict) -> list:
    """Every fault as often as asked, the kinds taking turns over the whole run."""
    turns = [((at + 0.5) / times, name, act) for name, (act, times) in kinds.items() for at in range(times)]
    return [(name, act) for _share, name, act in sorted(turns, key=lambda turn: turn[:2])]


def wait_for_share(clients: Clients, threads: list[threading.Thread], acknowledged: int) -> None:
    """Until so many posts are acknowledged; every fault meets clients at work."""
    while len(clients.acknowledged) < acknowledged and any(thread.is_alive() for thread in threads):
        time.sleep(0.01)


def wait_for_letters(parts: Rig) -> None:
    """Until nothing waits in the outbox any more."""
    until = time.monotonic() + LETTERS_WITHIN
    while parts.rows("SELECT 1 FROM pledges_signatureletter WHERE sent_at IS NULL AND bounced_at IS NULL LIMIT 1"):
        if time.monotonic() > until:
            return
        parts.let_pass()
        time.sleep(0.2)


def read_books(parts: Rig, clients: Clients, report: Report) -> None:
    """Compares what the clients were told with what the database and the mail server have."""
    rows = parts.rows(BOOKS)
    references = {}
    for email, reference, *_rest in rows:
        references.setdefault(email, []).append(reference)
    report.rows, report.killed_workers = len(rows), parts.killed_workers
    report.lost = sum(
        references.get(email) is None or told not in references[email] for email, told in clients.acknowledged.items()
    )
    report.doubled = sum(len(found) > 1 for found in references.values())
    report.events_wrong = sum(events != 1 for _email, _reference, events, *_rest in rows)
    copies = {}
    for letter in list(parts.mail.received):
        copies.setdefault((letter["To"], letter["Message-ID"]), []).append(letter)
    reached = {to for to, _identity in copies}
    report.letters_sent = len(parts.mail.received)
    report.letters_wrong = sum(
        (letters, sent) != (1, 1) or email not in reached for email, _reference, _events, letters, sent, _id in rows
    )
    report.letters_wrong += len(copies) - len(rows)
    report.second_copies = sum(len(found) - 1 for found in copies.values())
    judge(clients, report)


def judge(clients: Clients, report: Report) -> None:
    """Writes down in words what did not hold."""
    expected = {"acknowledged posts": (len(clients.acknowledged), report.posts), "rows": (report.rows, report.posts)}
    expected |= {name: (getattr(report, name), 0) for name in ("lost", "doubled", "events_wrong", "letters_wrong")}
    report.troubles += [
        f"{name}: {found}, not {wanted}" for name, (found, wanted) in expected.items() if found != wanted
    ]
    if report.second_copies > report.killed_workers:
        report.troubles.append(f"{report.second_copies} second copies for {report.killed_workers} killed workers")
    report.troubles += [f"{name}: {times}" for name, times in clients.outcomes.items() if name.startswith("answer 5")]
    if clients.outcomes["503 WITHOUT the typed text"]:
        report.troubles.append("an outage took away what was typed")


__all__ = ["CLIENTS", "Report", "play"]
