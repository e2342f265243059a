"""People who follow selections and a city: a small model beside the database says what each act must do, and who is told what."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from django.db.models import F
from django.db.models.functions import Now
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from citysolidarity.desk.transitions import TransitionNotAllowed
from practices.following import news
from practices.following.retention import FOLLOWING_RULES
from practices.following.sending import tell_followers
from practices.models import Follower, Following, FollowingLetter, Practice
from tests.machines import InATransaction
from tests.people import a_city, a_practice
from tests.practices.following.followers import a_following, make_older

# What is followed: the city's own entries, or a selection.
THEMES, PEOPLE = ("housing", "welcome"), 3
CITY = len(THEMES)
# Minutes, in which the model counts; a look leaves out what is younger than SETTLED.
DAY, SETTLED = 1440, 10
APART = {"monthly": 30 * DAY, "at-once": DAY}
TWO_WEEKS = 14 * DAY
done = Counter()


@dataclass
class KnownFollowing:
    """What the model knows of one form; each moment is one of the machine's clock, None where it was not."""

    row: Following
    what: int
    who: int
    pace: str
    sent: float
    state: str = "asked"
    confirmed: float | None = None
    looked: float | None = None
    emailed: float | None = None
    stopped: float | None = None
    is_on_its_way: bool = False
    told: list[int] = field(default_factory=list)
    is_deleted: bool = False

    def is_due(self, clock: float) -> bool:
        last = self.confirmed if self.emailed is None else self.emailed
        return self.state == "follows" and not self.is_on_its_way and clock - last >= APART[self.pace]


@dataclass
class KnownPractice:
    row: Practice
    fits: set[int]
    published: float


class Telling(InATransaction):
    def prepare(self):
        self.city, self.elsewhere = a_city("Amman", "JO"), a_city("Irbid", "JO")
        self.practices: list[KnownPractice] = []
        self.time = 0.0

    @property
    def clock(self) -> float:
        """Minutes; the database's clock goes on between two acts, too."""
        self.time += 0.001
        return self.time

    @rule(
        what=st.sampled_from(
            ["ask", "ask", "confirm", "confirm", "confirm", "publish", "publish", "look", "look", "look"]
        )
        | st.sampled_from(["stop", "leave", "leave", "days", "days", "days", "anything"]),
        at=st.integers(0, 99),
    )
    def act(self, what, at):
        match what:
            case "ask":
                self.ask(at % 3, at % PEOPLE, list(APART)[at % 2])
            case "publish":
                self.publish([{0}, {1}, {0, 1}, {CITY}, {0, CITY}, set()][at % 6])
            case "look":
                self.look()
            case "leave":
                self.leave()
            case "days":
                self.days_pass([1, 1, 2, 15, 30][at % 5])
            case "anything":
                self.move(["confirm", "stop"][at % 2], self.pick(at, None))
            case _:
                self.move(what, self.pick(at, {"confirm": ["asked"], "stop": ["asked", "follows"]}[what]))

    def ask(self, what, who, pace):
        about = {"city": self.city} if what == CITY else {"query": f"theme={THEMES[what]}"}
        row = a_following(**about, email=f"who-{who}@home.example", pace=pace, confirmed=False)
        self.known.append(KnownFollowing(row, what, who, pace, self.clock))
        done["ask"] += 1
        return self.known[-1]

    def move(self, what, one):
        if one is None:
            return
        row = Following.objects.get(pk=one.row.pk)
        if what == "confirm" and one.state != "asked":
            with pytest.raises(TransitionNotAllowed) as refused:
                row.confirm()
            assert refused.value.code == "ended"
            done["refused: ended"] += 1
            return
        getattr(row, what)()
        done[what] += 1
        if what == "stop":
            done["stopped twice"] += one.state == "stopped"
            self.end(one)
            return
        now = self.clock
        for other in self.kept():
            if other.state == "follows" and (other.what, other.who) == (one.what, one.who):
                self.end(other)
                done["in place of another"] += 1
        one.state, one.confirmed, one.looked = "follows", now, now

    def end(self, one):
        if one.state != "stopped":
            one.state, one.stopped = "stopped", self.clock

    def publish(self, fits):
        themes = [THEMES[what] for what in fits - {CITY}] or ["health"]
        city = self.city if CITY in fits else self.elsewhere
        row = a_practice("Parks", city, slug=f"parks-{len(self.practices)}", themes=themes)
        Practice.objects.filter(pk=row.pk).update(published_at=Now())
        self.practices.append(KnownPractice(row, fits, self.clock))
        done["publish"] += 1

    def look(self):
        """Who is due gets what is new since the last look, all of it and once; nobody else gets anything."""
        now = self.clock
        until = now - SETTLED
        settled = {at: entry for at, entry in enumerate(self.practices) if entry.published <= until}
        newest = max((entry.published for entry in settled.values()), default=-1.0)
        expected = {}
        for one in self.kept():
            if not one.is_due(now) or one.looked >= until or (one.what != CITY and newest <= one.looked):
                continue
            new = {at for at, entry in settled.items() if one.what in entry.fits and entry.published > one.looked}
            one.looked = until
            if new:
                assert new.isdisjoint(one.told), "nothing twice"
                one.told += new
                one.emailed, one.is_on_its_way = now, True
                expected[one.row.pk] = {self.practices[at].row.pk for at in new}
        before = set(FollowingLetter.objects.values_list("pk", flat=True))
        assert tell_followers() == len(expected)
        posted = FollowingLetter.objects.exclude(pk__in=before).with_subject()
        told = {letter.following_id: {row.pk for row in news.entries(*letter.subject)} for letter in posted}
        assert told == expected
        done["told"] += len(told)
        done["nothing new"] += not told

    def leave(self):
        """What waits to be sent is sent."""
        FollowingLetter.objects.waiting().update(sent_at=Now())
        for one in self.known:
            one.is_on_its_way = False
        done["leave"] += 1

    def days_pass(self, days):
        """Everything goes back by so many days, and the daily task comes."""
        span = timedelta(days=days)
        make_older(span)
        Practice.objects.update(published_at=F("published_at") - span)
        FollowingLetter.objects.news().update(since=F("since") - span, until=F("until") - span)
        self.time += days * DAY
        for one in self.kept():
            since = {"asked": one.sent, "stopped": one.stopped}.get(one.state, self.time)
            one.is_deleted = self.time - since > TWO_WEEKS
            done[f"deleted: {one.state}"] += one.is_deleted
        for rule_of_a_day in FOLLOWING_RULES.values():
            rule_of_a_day()
        assert [rule_of_a_day() for rule_of_a_day in FOLLOWING_RULES.values()] == [0, 0], "once is enough"
        done["days"] += 1

    @invariant()
    def every_row_is_as_known(self):
        done["steps"] += 1
        rows = {row.pk: row.state.value for row in Following.objects.all()}
        assert rows == {one.row.pk: one.state for one in self.kept()}
        followers = set(Follower.objects.values_list("pk", flat=True))
        assert followers == {one.row.pk for one in self.kept() if one.state != "stopped"}
        left = Following.objects.filter(stopped_at__isnull=False)
        assert not left.exclude(mailbox=None, city=None, query="").exists(), "who stops leaves no mark"

    @invariant()
    def those_are_due_who_may_get_an_email_now(self):
        now = self.clock
        due = set(Following.objects.due().values_list("pk", flat=True))
        assert due == {one.row.pk for one in self.kept() if one.is_due(now)}
