"""Cities, and everybody who can move a signature: a small model beside the database says what each move must do."""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.urls import reverse
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from citysolidarity.desk.transitions import TransitionNotAllowed
from pledges.models import Signature, SignatureEvent
from pledges.vocabularies import Kind, Refusal, State, Visibility
from tests.people import a_city
from tests.pledges.models.known import Known
from tests.pledges.models.surfaces import told_at_once
from tests.pledges.signers import a_curator, a_draft, a_lead_curator, a_stated, called_back, letter

TOWNS = [("Amman", "JO", 31.9, 35.9), ("Irbid", "JO", 32.6, 35.8), ("Gdańsk", "PL", 54.4, 18.6)]
DATES = [f"{name}_at" for name in ("drafted", "confirmed", "verified", "published", "withdrawn", "refused", "expired")]
FINGERPRINT = """
SELECT (SELECT md5(string_agg(one::text, '' ORDER BY id)) FROM pledges_signature one),
    (SELECT md5(string_agg(one::text, '' ORDER BY id)) FROM practices_city one),
    (SELECT count(*) FROM pledges_signaturesource)
"""
done = Counter()


class Signing(RuleBasedStateMachine):
    """A few cities, and everybody who can move a signature. ``ask`` asks what the public is told."""

    ask = staticmethod(told_at_once)

    @initialize()
    def begin(self):
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        with connection.cursor() as cursor:
            self.today: date = cursor.execute("SELECT now()::date").fetchone()[0]
        self.cities = [
            a_city(name, country, latitude=north, longitude=east, official_domain="amman.example")
            for name, country, north, east in TOWNS
        ]
        self.curators = [a_curator(), a_curator()]
        self.lead = a_lead_curator()
        self.known: list[Known] = []
        self.rows_told = None
        self.draft(0, Visibility.PUBLIC, free=False, wait=1)
        self.draft(1, Visibility.FROM_DATE, free=False, wait=2)
        self.draft(2, Visibility.COUNTED, free=True, wait=1)

    def teardown(self):
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    # --- how they enter ----------------------------------------------------------------------

    def draft(self, city, seen, free, wait):
        wait = wait if seen == Visibility.FROM_DATE else 0
        signature = a_draft(
            city=self.cities[city],
            email="officer@gmail.com" if free else "officer@amman.example",
            visibility=seen,
            public_from=self.today + timedelta(days=wait) if wait else None,
        )
        self.known.append(Known(signature, city, seen, wait, free, [Kind.DRAFTED]))
        done[Kind.DRAFTED] += 1

    def state_from_a_source(self, city):
        if self.live(city):
            with pytest.raises(IntegrityError, match="signature_one_live_per_city"), transaction.atomic():
                a_stated(self.cities[city])
            return
        self.known.append(Known(a_stated(self.cities[city]), city, kinds=[Kind.STATED]))
        done[Kind.STATED] += 1

    # --- the moves ---------------------------------------------------------------------------

    @rule(
        what=st.sampled_from(["climb"] * 5 + ["end"] * 3 + ["anything"] * 2 + ["draft", "source", "days", "days"]),
        at=st.integers(0, 99),
        by=st.integers(0, 1),
        strong=st.sampled_from([True, True, False]),
    )
    def act(self, what, at, by, strong):
        """One rule: hypothesis leaves out some of many in each run, and the ladder needs all of its steps."""
        if what == "draft":
            self.draft(at % 3, Visibility.values[at % 5 % 3], free=not strong, wait=1 + at % 4)
        elif what == "source":
            self.state_from_a_source(at % 3)
        elif what == "days":
            self.days_pass([1, 2, 3, 8, 8][at % 5])
        elif what == "climb":
            steps = {State.DRAFTED: self.confirm, State.CONFIRMED: self.verify, State.VERIFIED: self.publish}
            self.try_on(self.pick(at, *steps), lambda one: steps[one.state], by, strong)
        elif what == "end":
            ways_out = self.ways_out()
            move, states = ways_out[at % len(ways_out)]
            self.try_on(self.pick(at // len(ways_out), *states), lambda one: move, by, strong)
        else:
            moves = [self.confirm, self.verify, self.publish, *(move for move, _states in self.ways_out())]
            self.try_on(self.known[at % len(self.known)], lambda one: moves[at % len(moves)], by, strong)

    def try_on(self, one, move_of, by, strong):
        if one:
            move_of(one)(one, by, strong)

    def ways_out(self):
        return [
            (self.supersede, [State.VERIFIED]),
            (self.refuse, [State.CONFIRMED, State.VERIFIED]),
            (self.disown, [State.DRAFTED, State.CONFIRMED]),
            (self.withdraw, [State.CONFIRMED, State.VERIFIED, State.PUBLISHED]),
            (self.undo, [State.WITHDRAWN]),
            (self.expire, [State.DRAFTED]),
            (self.reopen, [State.VERIFIED, State.REFUSED]),
        ]

    def confirm(self, one, by, strong):
        why = self.unless(one, State.DRAFTED) or ("expired" if one.age >= 7 else "")
        self.move(one, Kind.CONFIRMED, why, one.signature.confirm)

    def verify(self, one, by, strong):
        known = strong or one.verified_by  # proof that was strong stays recorded when the decision is taken back
        why = self.unless(one, State.CONFIRMED) or ("" if known else "no-strong-proof")
        proof = called_back() if strong else letter()
        if self.move(one, Kind.VERIFIED, why, lambda: one.signature.verify(self.curators[by], [proof])):
            one.verified_by.add(by)
            one.days_verified = 0

    def publish(self, one, by, strong):
        why = self.against_publishing(one, by) or ("already-signed" if self.live(one.city) else "")
        self.move(one, Kind.PUBLISHED, why, lambda: one.signature.publish(self.curators[by]))

    def supersede(self, new, by, strong):
        """In the place of the city's live signature; where it has none, or not ``strong``, of the first one known."""
        old = (strong and self.live(new.city)) or self.known[0]
        why = self.against_publishing(new, by)
        why = why or ("other-city" if old.city != new.city or old is new else self.unless(old, State.PUBLISHED))
        if self.move(new, Kind.PUBLISHED, why, lambda: old.signature.supersede(self.curators[by], new.signature)):
            old.kinds.append(Kind.SUPERSEDED)
            old.successor, old.superseded = new, done[Kind.SUPERSEDED] + 1
            done[Kind.SUPERSEDED] += 1

    def refuse(self, one, by, strong):
        code = Refusal.NO_PROOF if strong else Refusal.NOT_ME
        why = self.unless(one, State.CONFIRMED, State.VERIFIED)
        if self.move(one, Kind.REFUSED, why, lambda: one.signature.refuse(self.curators[by], code)):
            one.refusal, one.days_refused = code, 0

    def reopen(self, one, by, strong):
        why = self.unless(one, State.VERIFIED, State.REFUSED)
        why = why or ("wrong-state" if one.refusal == Refusal.NOT_ME else "")
        days = one.days_refused if one.state == State.REFUSED else one.days_verified
        why = why or ("decided-long-ago" if days else "")
        if self.move(one, Kind.TAKEN_BACK, why, lambda: one.signature.reopen(self.curators[by])):
            one.refusal = ""

    def disown(self, one, by, strong):
        why = self.unless(one, State.DRAFTED, State.CONFIRMED)
        if self.move(one, Kind.REFUSED, why, one.signature.disown):
            one.refusal = Refusal.NOT_ME

    def withdraw(self, one, by, strong):
        """By the city, by the lead curator, or by a curator who may not."""
        by = None if by else self.lead if strong else self.curators[0]
        why = self.unless(one, State.CONFIRMED, State.VERIFIED, State.PUBLISHED)
        why = "not-a-curator" if by == self.curators[0] else why
        if self.move(one, Kind.WITHDRAWN, why, lambda: one.signature.withdraw(by, "They asked.")):
            one.days_withdrawn, one.taken_away = 0, by is not None

    def undo(self, one, by, strong):
        why = self.unless(one, State.WITHDRAWN) or ("too-late" if one.days_withdrawn >= 2 else "")
        why = why or ("taken-away" if one.taken_away else "")
        was_live = Kind.PUBLISHED in one.kinds or Kind.STATED in one.kinds
        why = why or ("already-signed" if was_live and self.live(one.city) else "")
        self.move(one, Kind.WITHDRAWAL_UNDONE, why, one.signature.undo_withdrawal)

    def expire(self, one, by, strong):
        why = self.unless(one, State.DRAFTED) or ("" if one.age >= 7 else "not-expired")
        self.move(one, Kind.EXPIRED, why, one.signature.expire)

    def days_pass(self, days):
        """The clock is the database's: every date goes back, and the daily task looks for what has become due."""
        span = timedelta(days=days)
        Signature.objects.update(**{name: F(name) - span for name in [*DATES, "superseded_at", "public_from"]})
        before = self.named()
        for one in self.known:
            for name in ("age", "days_withdrawn", "days_verified", "days_refused"):
                setattr(one, name, getattr(one, name) + days)
            one.days_to_wait -= days
        revealed = [one for one in self.named() if one not in before]
        # In the place of an earlier signature of the same day it changes nothing of its city.
        assert Signature.objects.reveal_due() <= len(revealed)
        done["revealed"] += len(revealed)

    # --- what the model expects ------------------------------------------------------------------

    def pick(self, at: int, *states: State):
        """One of those that stand at these steps; None where there is none."""
        fitting = [one for one in self.known if one.state in states]
        return fitting[at % len(fitting)] if fitting else None

    def live(self, city: int):
        return next((one for one in self.known if one.city == city and one.state == State.PUBLISHED), None)

    def shown(self, city: int) -> Known | None:
        """What the public is told of a city."""
        live = self.live(city)
        if live and (live.has_begun or live.visibility == Visibility.COUNTED):
            return live if live.has_begun else None
        behind = [one for one in self.known if one.city == city and one.stands_behind]
        return max(behind, key=lambda one: one.superseded, default=None)

    def named(self) -> list[Known]:
        return [one for city in range(len(TOWNS)) if (one := self.shown(city))]

    def unless(self, one: Known, *expected: State) -> str:
        return "" if one.state in expected else "wrong-state"

    def against_publishing(self, one: Known, by: int) -> str:
        if one.state != State.VERIFIED:
            return "wrong-state"
        refused_before = any(
            other.city == one.city and other.state == State.REFUSED and other.refusal != Refusal.NOT_ME
            for other in self.known
        )
        return "second-curator" if (one.is_free or refused_before) and by in one.verified_by else ""

    def move(self, one: Known, kind: Kind, refused: str, act) -> bool:
        """Makes the move; it must be refused with the code ``refused``, or, where that is "", done."""
        code = ""
        try:
            act()
        except TransitionNotAllowed as refusal:
            code = refusal.code
        assert code == refused, (kind, one)
        done[f"refused: {code}" if code else kind] += 1
        if not code:
            one.kinds.append(kind)
        return not code

    # --- after every step ----------------------------------------------------------------------------

    @invariant()
    def every_surface_tells_the_same(self):
        done["steps"] += 1
        # Asked again whenever a row has changed: the day is the same as before.
        if (rows := self.rows()) != self.rows_told:
            self.rows_told, self.told = rows, self.ask()
            done["asked"] += 1
        named = sorted(reverse("signature", args=[self.cities[one.city].slug]) for one in self.named())
        for surface, found in self.told.names.items():
            assert found == named, surface
        unnamed = sum(one.state == State.PUBLISHED and one.visibility == Visibility.COUNTED for one in self.known)
        assert (self.told.named, self.told.total, self.told.unnamed) == (len(named), len(named) + unnamed, unnamed)

    @invariant()
    def every_move_left_one_event(self):
        found = {one.pk: (one.state, []) for one in Signature.objects.all()}
        for signature, kind in SignatureEvent.objects.order_by("pk").values_list("signature", "kind"):
            found[signature][1].append(kind)
        assert found == {one.signature.pk: (one.state, one.kinds) for one in self.known}

    def rows(self) -> tuple:
        """A fingerprint of all that the surfaces are made of."""
        with connection.cursor() as cursor:
            return cursor.execute(FINGERPRINT).fetchone()
