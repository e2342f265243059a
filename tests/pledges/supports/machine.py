"""Residents of a few cities, and what the public is told: a small model beside the database says what each act must do."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection
from django.test import RequestFactory
from django.urls import reverse
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from citysolidarity.desk.transitions import TransitionNotAllowed
from pledges.models import AskedCity, Support, SupportContact, SupportMonth
from pledges.models.asked_city import CityReply
from pledges.supports import retention
from pledges.supports.counting import count_supports
from pledges.supports.views import pages
from pledges.supports.words import line_about
from tests.machines import InATransaction
from tests.people import a_city
from tests.pledges.signers import a_curator
from tests.pledges.supports.residents import a_support, make_older

TOWNS = [("Amman", 1), ("Irbid", 2), ("Zarqa", 3)]
PEOPLE = 14
done = Counter()


@dataclass
class KnownSupport:
    """What the model knows of one form; ``days`` since it was sent, and since each later act, None before it."""

    support: Support
    city: int
    who: int
    counted: bool
    state: str = "asked"
    days: int = 0
    since_confirmed: int = 0
    since_withdrawn: int = 0
    has_contact: bool = True
    is_deleted: bool = False


class Asking(InATransaction):
    def prepare(self):
        self.cities = [a_city(name, "JO", geonames_id=key, latitude=31.9, longitude=35.9) for name, key in TOWNS]
        self.curator = a_curator()
        self.said_no: dict[int, int] = {}
        self.told, self.rows_told = Counter(), None
        self.many(0)
        self.days_pass(0)

    # --- acts ------------------------------------------------------------------------------------

    @rule(
        what=st.sampled_from(
            ["ask", "confirm", "confirm", "confirm", "withdraw", "many", "days", "days", "no", "anything"]
        ),
        at=st.integers(0, 99),
        counted=st.sampled_from([True, True, False]),
    )
    def act(self, what, at, counted):
        match what:
            case "ask":
                self.ask(at % 3, at % PEOPLE, counted)
            case "many":
                self.many(at % 3)
            case "days":
                self.days_pass([0, 0, 1, 15, 190][at % 5])
            case "no":
                self.say_no(at % 3)
            case "confirm" | "withdraw":
                state = {"confirm": ["asked"], "withdraw": ["asked", "confirmed"]}[what]
                self.move(what, self.pick(at, state))
            case _:
                self.move(["confirm", "withdraw"][at % 2], self.pick(at, ["asked", "confirmed", "withdrawn"]))

    def ask(self, city, who, counted):
        support = a_support(self.cities[city], f"resident-{who}@home.example", counted=counted, letter=False)
        self.known.append(KnownSupport(support, city, who, counted))
        done["ask"] += 1
        return self.known[-1]

    def many(self, city):
        """Ten residents at once, so that the public is told a number."""
        for who in range(10):
            self.move("confirm", self.ask(city, who, counted=True))

    def move(self, what, one):
        if one is None:
            return
        why = ""
        if what == "confirm":
            if one.state != "asked":
                why = "ended"
            elif any(other.state == "confirmed" and self.same(other, one) for other in self.kept()):
                why = "already-supported"
        elif one.state == "withdrawn":
            why = "ended"
        code = ""
        try:
            getattr(one.support, what)()
        except TransitionNotAllowed as refusal:
            code = refusal.code
        assert code == why, (what, one)
        done[f"refused: {code}" if code else what] += 1
        if code:
            return
        one.state = {"confirm": "confirmed", "withdraw": "withdrawn"}[what]
        if what == "withdraw":
            one.has_contact = False

    def say_no(self, city):
        asked = AskedCity.objects.filter(city=self.cities[city]).first()
        if asked:
            asked.record_answer(self.curator, CityReply.NO, self.today(), "Not now.")
            self.said_no.setdefault(city, 0)
            done["no"] += 1

    def days_pass(self, days):
        """Everything goes back by so many days, and the daily task comes."""
        make_older(timedelta(days=days))
        for one in self.kept():
            one.days += days
            one.since_confirmed += days if one.state != "asked" else 0
            one.since_withdrawn += days if one.state == "withdrawn" else 0
        for city in self.said_no:
            self.said_no[city] += days
        for one in self.kept():
            one.is_deleted = (one.state == "asked" and one.days > 14) or (
                one.state == "withdrawn" and one.since_withdrawn > 183
            )
        for rule_of_a_day in retention.SUPPORT_RULES.values():
            rule_of_a_day()
        for one in self.kept():
            settled = self.said_no.get(one.city)
            if settled is not None and settled > 183 and one.state == "confirmed" and one.since_confirmed > 183:
                one.has_contact = False
                done["erased"] += 1
        self.told = self.counted()
        assert count_supports() == 0, "counted again on the same day nothing is different"
        done["days"] += 1

    # --- what the model expects --------------------------------------------------------------------

    def today(self):
        with connection.cursor() as cursor:
            return cursor.execute("SELECT now()::date").fetchone()[0]

    def same(self, one, other):
        return (one.city, one.who) == (other.city, other.who)

    def counted(self) -> Counter:
        return Counter(one.city for one in self.kept() if one.state == "confirmed" and one.counted)

    @invariant()
    def every_row_is_as_known(self):
        done["steps"] += 1
        rows = {support.pk: support.state for support in Support.objects.all()}
        assert rows == {one.support.pk: one.state for one in self.kept()}
        contacts = set(SupportContact.objects.values_list("pk", flat=True))
        assert contacts == {one.support.pk for one in self.kept() if one.has_contact}

    @invariant()
    def every_surface_tells_the_numbers_of_the_last_count(self):
        # Asked again whenever a row has changed: the day is the same as before.
        rows = (list(AskedCity.objects.values_list("pk", "supports")), list(SupportMonth.objects.values_list()))
        if rows != self.rows_told:
            self.rows_told, self.context = rows, told_by_the_page()
            done["asked"] += 1
        context = self.context
        expected = {self.cities[city].name: line(number) for city, number in self.told.items() if number}
        assert {asked.city.name: said for asked, said, _url in context["cities"]} == expected
        dots = (
            {dot.label.partition(",")[0]: dot.label.partition(": ")[2] for dot in context["map"].dots}
            if context["map"]
            else {}
        )
        assert dots == expected
        total = sum(number for number in self.told.values() if number >= 10)
        newest = SupportMonth.objects.last()
        assert newest.told == total // 10 * 10
        assert context["growth"].rows[0][1] == context["total"]


def line(number: int) -> str:
    return f"{number} residents ask for a signature" if number >= 10 else "Fewer than ten residents ask for a signature"


def told_by_the_page() -> dict:
    """What the page hands to its template."""
    answers = {}

    def keep(request, template, context):
        answers.update(context)

    real, pages.render = pages.render, keep
    try:
        pages.supports.__wrapped__(RequestFactory().get(reverse("supports")))
    finally:
        pages.render = real
    assert all(said == line_about(asked) for asked, said, _url in answers["cities"])
    return answers
