"""Whether all is well, one check for each thing that may go wrong, in words for a secretariat."""

from collections.abc import Iterator
from datetime import timedelta
from enum import IntEnum
from typing import NamedTuple

from django.conf import settings
from django.db.models.functions import Now
from django.utils.formats import number_format
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from citysolidarity.backups.models import BackupRun
from citysolidarity.languages.alphabet import alphabetical
from citysolidarity.opendata.snapshot import monthly
from citysolidarity.operation import database
from citysolidarity.operation.models import TITLES
from citysolidarity.operation.queue import Emails, Queue, emails, queue
from citysolidarity.worker.housekeeping import HOURLY, Housekeeping

# The worker looks once an hour whether a day is over.
A_DAY = timedelta(hours=26)
SOME_HOURS = timedelta(hours=3)
LONG = 30  # seconds of a query
SLOW = 1  # seconds
LAG = 30  # seconds that a replica may be behind


class Level(IntEnum):
    WRONG = 0
    LOOK = 1
    WELL = 2


class Check(NamedTuple):
    """``fact`` says how it is; ``todo`` what to do, "" where nothing is to be done."""

    code: str
    title: str
    level: Level
    fact: str
    todo: str = ""

    @property
    def is_well(self) -> bool:
        return self.level is Level.WELL


def all_checks() -> list[Check]:
    """What is wrong comes first."""
    return sorted([*alarming(), *quiet()], key=lambda check: check.level)


def alarming() -> Iterator[Check]:
    """Those that somebody is told of by e-mail (operation/alarms.py)."""
    now = queue()
    yield check_queue(now)
    yield check_emails(now, emails())
    yield check_housekeeping()
    yield check_backup()


def quiet() -> Iterator[Check]:
    yield check_snapshot()
    yield from check_database()


def check_queue(now: Queue) -> Check:
    title = str(TITLES["queue"])
    minutes = int(now.age // 60)
    if not now.workers:
        fact = _("No worker is running: no e-mail leaves, and no housekeeping is done.")
        todo = _("Please ask whoever runs the server to start “manage.py work”.")
        return Check("queue", title, Level.WRONG, fact, todo)
    if now.age >= settings.QUEUE_ALARM_MINUTES * 60:
        fact = ngettext(
            "The first task has been waiting for %(minutes)d minute.",
            "The first task has been waiting for %(minutes)d minutes.",
            minutes,
        ) % {"minutes": minutes}
        todo = _("Please ask whoever runs the server to look at the log of the worker. Nothing is lost meanwhile.")
        return Check("queue", title, Level.WRONG, fact, todo)
    fact = ngettext("%(due)d task is due now.", "%(due)d tasks are due now.", now.due) % {"due": now.due}
    return Check("queue", title, Level.WELL, fact)


def check_emails(now: Queue, lost: Emails) -> Check:
    title = str(TITLES["emails"])
    waiting = ngettext(
        "%(failing)d e-mail or task has failed and is tried again.",
        "%(failing)d e-mails or tasks have failed and are tried again.",
        now.failing,
    ) % {"failing": now.failing}
    given_up = lost.given_up + now.failed
    gone = ngettext(
        "In the last week, %(number)d was given up.", "In the last week, %(number)d were given up.", given_up
    ) % {"number": given_up}
    refused = ngettext("%(number)d was refused for good.", "%(number)d were refused for good.", lost.bounced) % {
        "number": lost.bounced
    }
    fact = f"{waiting} {gone} {refused}"
    if now.failing:
        todo = _(
            "Please ask whoever runs the server whether the mail server answers. Failed e-mails are tried for four days."
        )
        return Check("emails", title, Level.WRONG, fact, todo)
    if given_up or lost.bounced:
        todo = _("Please look at the lists of e-mails under “What waits”: the addresses may be wrong.")
        return Check("emails", title, Level.LOOK, fact, todo)
    return Check("emails", title, Level.WELL, fact)


def check_housekeeping() -> Check:
    title = str(TITLES["housekeeping"])
    rules = list(Housekeeping.objects.annotate(now=Now()))
    failed = [str(row) for row in rules if row.failed_at]
    late = [str(row) for row in rules if row.ran_at and row.now - row.ran_at > span_of(row.rule)]
    if failed or late:
        names = pgettext("list separator", ", ").join(sorted({*failed, *late}, key=alphabetical))
        fact = _("These rules have failed or have not been done in time: %(names)s.") % {"names": names}
        todo = _("Please ask whoever runs the server to run “manage.py tidy” and to send us what it says.")
        return Check("housekeeping", title, Level.WRONG, fact, todo)
    daily = [row for row in rules if row.rule not in HOURLY]
    if not daily:
        fact = _("No rule has been done yet. The worker does them within an hour of its first start.")
        return Check("housekeeping", title, Level.LOOK, fact)
    fact = ngettext("%(number)d rule is done every day.", "%(number)d rules are done every day.", len(daily))
    return Check("housekeeping", title, Level.WELL, fact % {"number": len(daily)})


def span_of(rule: str) -> timedelta:
    return SOME_HOURS if rule in HOURLY else A_DAY


def check_snapshot() -> Check:
    title = _("Snapshot of the month")
    if not settings.SNAPSHOTS_ROOT:
        return Check("snapshot", title, Level.WELL, _("None is made here."))
    newest = next(iter(monthly.kept()), None)
    if newest is None:
        todo = _("The worker makes one within a day. If it does not, please ask whoever runs the server.")
        return Check("snapshot", title, Level.LOOK, _("There is none."), todo)
    fact = _("The last is of %(month)s.") % {"month": newest.month}
    return Check("snapshot", title, Level.WELL if newest.month == monthly.this_month() else Level.LOOK, fact)


def check_backup() -> Check:
    title = str(TITLES["backup"])
    if not settings.BACKUPS_ROOT:
        todo = _(
            "Please ask whoever runs the server how the database is backed up, and when it was last restored as a test."
        )
        return Check("backup", title, Level.LOOK, _("This page does not know of any back-up."), todo)
    last = BackupRun.objects.annotate(now=Now()).last_success()
    fact = _("The last one was made %(time)s ago.") % {"time": timesince(last.ended_at, last.now)} if last else ""
    if BackupRun.objects.are_late():
        todo = _(
            "The site works as usual, but what was written since then would be lost with the database. Please forward this "
            "at once to whoever runs the server."
        )
        return Check("backup", title, Level.WRONG, fact or _("None has succeeded yet."), todo)
    return Check("backup", title, Level.WELL, fact)


def check_database() -> Iterator[Check]:
    megabytes = database.size() / 1_000_000
    yield Check(
        "size", _("Size of the database"), Level.WELL, _("%(size)s MB") % {"size": number_format(round(megabytes))}
    )
    title, running = _("Slow queries"), database.long_now(LONG)
    known = database.slowest(SLOW)
    facts = []
    if running:
        facts.append(
            ngettext(
                "%(number)d query has been running for more than half a minute.",
                "%(number)d queries have been running for more than half a minute.",
                len(running),
            )
            % {"number": len(running)}
        )
    if known is None:
        facts.append(_("This database does not remember slow ones: they stand in the log."))
    else:
        words = ngettext(
            "%(number)d kind has once taken a second.", "%(number)d kinds have once taken a second.", len(known)
        )
        facts.append(words % {"number": len(known)})
    todo = _("If pages are slow, please show this to whoever runs the server.") if running else ""
    yield Check("slow", title, Level.LOOK if running else Level.WELL, " ".join(facts), todo)
    if lags := database.lags():
        worst = max(lags.values())
        fact = _("The slowest copy is %(seconds)d seconds behind.") % {"seconds": worst}
        yield Check("replicas", _("Copies of the database"), Level.LOOK if worst > LAG else Level.WELL, fact)
