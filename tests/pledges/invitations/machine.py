"""People who invite a few cities, and a curator who reads: a small model beside the database says what each act must do."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise

from django.db.models import Count
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from citysolidarity.desk.transitions import TransitionNotAllowed
from pledges.invitations.retention import INVITATION_RULES
from pledges.models import Invitation, InvitationContact, InvitedCity
from pledges.models.invited_city import DAYS_APART
from tests.machines import InATransaction
from tests.people import a_city
from tests.pledges.desk.desk import somebody
from tests.pledges.invitations.inviters import an_invitation, make_older
from tests.pledges.signers import a_lead_curator, a_published, a_version

TOWNS, PEOPLE, LANGUAGES = ("Amman", "Irbid", "Zarqa"), 4, ("en", "fr")
ACTS = ("confirm", "withdraw", "read", "send", "refuse")
# What an act needs; others are tried as well, and refused.
FROM = {"confirm": ("unconfirmed",), "withdraw": ("unconfirmed", "waits")} | dict.fromkeys(ACTS[2:], ("waits",))
# What a curator is told who can't send, by the reason or by the state.
SENDING = {
    "month": "one invitation a month",
    "signed": "the city has signed",
    "unread": "first save",
    "unconfirmed": "has not pressed the button",
    "sent": "it has been sent",
    "refused": "it was decided not to send it",
    "withdrawn": "has withdrawn it",
}
done = Counter()


@dataclass
class KnownInvitation:
    """What the model knows of one form; ``days`` since it was sent, and since it ended."""

    row: Invitation
    city: int
    who: int
    language: str
    state: str = "unconfirmed"
    is_read: bool = False
    days: int = 0
    since_ended: int = 0
    is_erased: bool = False
    is_deleted: bool = False


class Inviting(InATransaction):
    def prepare(self):
        self.cities = [a_city(name, "JO", geonames_id=key) for key, name in enumerate(TOWNS, start=1)]
        self.version, self.by, self.lead = a_version(), somebody("Curator"), a_lead_curator()
        self.signed = {}
        self.since_invited = dict.fromkeys(range(len(TOWNS)), DAYS_APART)

    @rule(
        what=st.sampled_from(["write", "write", "confirm", "confirm", "read", "read", "send", "send", "refuse"])
        | st.sampled_from(["withdraw", "days", "days", "sign", "anything"]),
        at=st.integers(0, 99),
    )
    def act(self, what, at):
        match what:
            case "write":
                self.write(at % 3, at % PEOPLE, LANGUAGES[at % 2])
            case "days":
                self.days_pass([1, 15, DAYS_APART - 1, 1, 190][at % 5])
            case "sign":
                self.sign_or_withdraw(at % 3)
            case "anything":
                self.move(ACTS[at % len(ACTS)], self.pick(at, None))
            case _:
                self.move(what, self.pick(at, FROM[what]))

    def write(self, city, who, language="en"):
        row = an_invitation(self.cities[city], f"who-{who}@home.example", letter=False, letter_language=language)
        self.known.append(KnownInvitation(row, city, who, language))
        done["write"] += 1
        return self.known[-1]

    def sign_or_withdraw(self, city):
        """A city that has signed is invited no more, until it withdraws."""
        if signature := self.signed.pop(city, None):
            signature.withdraw(self.lead, "A reason")
        else:
            self.signed[city] = a_published(city=self.cities[city], version=self.version)
        done["sign"] += 1

    def move(self, what, one):
        if one is None:
            return
        row = Invitation.objects.with_cities().get(pk=one.row.pk)
        why, said = self.why_not(what, one), None
        arguments = {"read": (self.by, "mail@city.example"), "send": (self.by,), "refuse": (self.by, "words")}
        try:
            getattr(row, what)(*arguments.get(what, ()))
        except TransitionNotAllowed as refusal:
            said = refusal
        assert bool(said) == bool(why), (what, why, one)
        done[f"refused: {why}" if why else what] += 1
        if said and what == "send":
            assert SENDING[one.state if why == "ended" else why] in said.messages[0]
        elif said:
            assert said.code == why
        if said:
            return
        if what == "read":
            one.is_read = True
            return
        ends = self.together(one) if what == "send" else [one]
        for each in ends:
            each.state = {"confirm": "waits", "withdraw": "withdrawn", "send": "sent", "refuse": "refused"}[what]
        done["sent together"] += what == "send" and len(ends) > 1
        if what == "send":
            self.since_invited[one.city] = 0

    def why_not(self, what, one) -> str:
        """The refusal that the act must meet, as the model sees it."""
        is_signed = one.city in self.signed
        if what == "confirm" and is_signed:
            return "signed"
        if one.state not in FROM[what]:
            return "ended"
        if what == "confirm" and any((o.state, o.city, o.who) == ("waits", one.city, one.who) for o in self.kept()):
            return "already-invited"
        if what == "send":
            if is_signed:
                return "signed"
            if self.since_invited[one.city] < DAYS_APART:
                return "month"
            return "" if one.is_read else "unread"
        return ""

    def together(self, one):
        """What goes along: read, for the same city, in the same language."""
        same = (one for one in self.kept() if one.state == "waits" and one.is_read)
        return [other for other in same if (other.city, other.language) == (one.city, one.language)]

    def days_pass(self, days):
        """Everything goes back by so many days, and the daily task comes."""
        make_older(timedelta(days=days))
        self.since_invited = {city: since + days for city, since in self.since_invited.items()}
        for one in self.kept():
            has_ended = one.state in ("withdrawn", "sent", "refused")
            one.days, one.since_ended = one.days + days, one.since_ended + days * has_ended
            one.is_deleted = (
                one.days > 14 if one.state == "unconfirmed" else one.since_ended > 183 and one.state == "withdrawn"
            )
            one.is_erased |= one.since_ended > 183
            done["erased"] += one.is_erased
        for rule_of_a_day in INVITATION_RULES.values():
            rule_of_a_day()
        assert [rule_of_a_day() for rule_of_a_day in INVITATION_RULES.values()] == [0, 0, 0], "once is enough"
        done["days"] += 1

    @invariant()
    def every_row_is_as_known(self):
        done["steps"] += 1
        rows = {row.pk: (row.state.value, bool(row.message)) for row in Invitation.objects.all()}
        bare = {"withdrawn"}
        assert rows == {one.row.pk: (one.state, one.state not in bare and not one.is_erased) for one in self.kept()}
        contacts = set(InvitationContact.objects.values_list("pk", flat=True))
        assert contacts == {o.row.pk for o in self.kept() if o.state not in bare and not o.is_erased}
        waiting = set(Invitation.objects.waiting().values_list("pk", flat=True))
        assert waiting == {one.row.pk for one in self.kept() if one.state == "waits"}

    @invariant()
    def no_city_gets_two_in_a_month(self):
        rows = InvitedCity.objects.annotate(words=Count("invitations")).order_by("city", "sent_on")
        told = list(rows.values_list("city", "sent_on", "words"))
        assert all(words for _city, _day, words in told), "no e-mail without words"
        for (city, day, _words), (next_city, later, _more) in pairwise(told):
            assert city != next_city or (later - day).days >= DAYS_APART
