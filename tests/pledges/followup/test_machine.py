"""Years of questions, answers, decisions, elections and withdrawals in every order: what is public agrees everywhere."""

from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from citysolidarity.desk.transitions import TransitionNotAllowed
from pledges.deeds.matrix import COMMITMENTS, PAGES, Deeds
from pledges.deeds.scope import Scope
from pledges.followup.reminders import remind_about_commitments, remind_to_renew
from pledges.followup.renewals import ask_to_renew
from pledges.followup.yearly import ask_about_commitments
from pledges.models import CommitmentQuestion, Election, Renewal, Signature, SignatureLetter
from pledges.vocabularies import Progress
from tests.people import a_city
from tests.pledges.deeds.making import a_commitment
from tests.pledges.signers import a_curator, a_lead_curator, a_published, a_version

RUNS, STEPS, LEAST_STEPS = 45, 50, 2_000
MOST_YEARS = 7  # no signature is older than the statement of 2018
done = Counter()
any_state = st.sampled_from(Progress.values)
which = st.integers(0, 2)
DATED = {
    CommitmentQuestion: ("asked_at", "reminded_at", "answered_at", "accepted_at", "refused_at"),
    Renewal: ("asked_at", "reminded_at", "renewed_at"),
}


class Years(RuleBasedStateMachine):
    """Three cities that signed. Time passes by moving what is stored into the past; a year at a time."""

    @initialize()
    def begin(self):
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        version = a_version()
        self.by, self.lead = a_curator(), a_lead_curator()
        self.signatures = [
            a_published(city=a_city(name, "JO", official_domain="amman.example"), version=version)
            for name in ("Amman", "Irbid", "Zarqa")
        ]
        self.years = 0
        self.promises = [a_commitment(signature) for signature in self.signatures]

    def teardown(self):
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    @rule()
    def a_year_passes(self):
        if self.years == MOST_YEARS:
            return
        self.years += 1
        span = timedelta(days=366)
        for model, names in DATED.items():
            model.objects.update(**{name: F(name) - span for name in names})
        for step in (5_000, -5_001):  # rows move one by one, and none may pass through the year of another
            CommitmentQuestion.objects.update(year=F("year") + step)
        Renewal.objects.update(since=F("since") - span)
        Election.objects.update(held_on=F("held_on") - span)
        Signature.objects.update(signed_on=F("signed_on") - span)
        done["year"] += 1

    @rule()
    def weeks_pass(self):
        span = timedelta(days=15)
        for model in DATED:
            model.objects.update(asked_at=F("asked_at") - span)
        done["weeks"] += 1

    @rule()
    def the_calendar_runs(self):
        rules = (ask_about_commitments, remind_about_commitments, ask_to_renew, remind_to_renew)
        done["reminded to renew"] += [rule_of_a_day() for rule_of_a_day in rules][-1]
        assert [rule_of_a_day() for rule_of_a_day in rules] == [0] * 4, "asking is done once"
        done["calendar"] += 1

    @rule(which=which, state=any_state, says=st.booleans())
    def the_city_answers(self, which, state, says):
        question = self.promises[which].questions.first()
        if question is None:
            return
        before = CommitmentQuestion.objects.get(pk=question.pk)
        try:
            question.take(state, "It is so." if says else "", "https://www.amman.example/door" if says else "")
        except TransitionNotAllowed:
            assert before.answered_at and CommitmentQuestion.objects.get(pk=question.pk).state == before.state
            done["answered twice"] += 1
        else:
            done["answered"] += 1

    @rule(which=which, accepts=st.booleans())
    def a_curator_decides(self, which, accepts):
        question = self.promises[which].questions.first()
        if question:
            was_done = question.accept(self.by) if accepts else question.refuse(self.by)
            same = question.accepted_at if accepts else question.refused_at
            assert was_done == bool(question.answered_at and question.has_typed and not same)
            done["decided" if was_done else "decided twice"] += 1

    @rule(which=which, accepted=st.booleans())
    def an_election_is_held(self, which, accepted):
        day = timezone.localdate() - timedelta(days=100)
        decided = {"accepted_at": timezone.now(), "decided_by": self.by} if accepted else {"said_at": timezone.now()}
        Election.objects.get_or_create(city=self.signatures[which].city, held_on=day, defaults=decided)
        done["election"] += 1

    @rule(which=which)
    def the_city_renews(self, which):
        renewal = self.signatures[which].renewals.filter(renewed_at__isnull=True).first()
        if renewal:
            renewal.take()
            with pytest.raises(TransitionNotAllowed):
                renewal.take()
            assert self.fresh(which).renewal_standing.since is None
            done["renewed"] += 1

    @rule(which=which)
    def it_is_withdrawn_or_comes_back(self, which):
        signature = self.fresh(which)
        signature.undo_withdrawal(self.lead) if signature.withdrawn_at else signature.withdraw(self.lead, "A reason")
        done["withdrawn"] += 1

    def fresh(self, which):
        return Signature.objects.with_renewals().get(pk=self.signatures[which].pk)

    @invariant()
    def what_is_public_is_what_the_rows_say(self):
        if not hasattr(self, "promises"):
            return
        done["steps"] += 1
        public = set(Signature.objects.public().values_list("pk", flat=True))
        shown = [promise.pk for promise in self.promises if promise.signature_id in public]
        # All rows of a kind at once: a query for each signature would be most of what the machine does.
        questions = list(CommitmentQuestion.objects.filter(commitment__in=self.promises))
        deeds = Deeds(Scope())
        assert deeds.keys("welcome", COMMITMENTS) == shown
        accepted = [row.pk for row in questions if row.commitment_id in shown and row.accepted_at and row.url]
        assert deeds.keys("welcome", PAGES) == sorted(accepted)
        renewals = Renewal.objects.filter(signature__in=self.signatures).values_list("signature", "reminded_at")
        asked, reminded = Counter(), Counter()
        for signature, reminded_at in renewals:
            asked["renewal_question", signature] += 1
            reminded["renewal_reminder", signature] += reminded_at is not None
        letters = SignatureLetter.objects.filter(name__in=("renewal_question", "renewal_reminder"))
        assert Counter(letters.values_list("name", "signature")) == asked + reminded
        for promise in self.promises:
            those = [question for question in questions if question.commitment_id == promise.pk]
            assert len({question.year for question in those}) == len(those)
            ended = [question for question in those[1:] if question.state in ("done", "dropped")]
            assert not ended, "nobody is asked about what has ended"


@pytest.mark.django_db
def test_in_every_order_what_is_public_agrees():
    done.clear()
    machine = settings(
        max_examples=RUNS, stateful_step_count=STEPS, deadline=None, phases=[Phase.generate], database=None
    )
    run_state_machine_as_test(Years, settings=machine)
    assert done["steps"] >= LEAST_STEPS
    connection.check_constraints()


@pytest.mark.django_db
def test_the_walk_makes_every_move():
    """Step by step and without chance: a machine that could not make some move would prove nothing about it."""
    done.clear()
    years = Years()
    years.begin()
    steps = [
        years.a_year_passes, years.the_calendar_runs, answer(years, "under-way"), answer(years, "done"),
        decide(years, True), decide(years, True), decide(years, False), hold(years), years.the_calendar_runs,
        years.weeks_pass, years.the_calendar_runs, renew(years), withdraw(years), years.the_calendar_runs,
        withdraw(years), years.weeks_pass, years.a_year_passes, years.the_calendar_runs, answer(years, "dropped"),
        years.a_year_passes, years.the_calendar_runs,
    ]  # fmt: skip
    try:
        for step in steps:
            step()
            years.what_is_public_is_what_the_rows_say()
        assert CommitmentQuestion.objects.filter(commitment=years.promises[0]).count() == 2, "dropped: asked no more"
    finally:
        years.teardown()
    moves = {"year", "weeks", "calendar", "answered", "answered twice", "decided", "decided twice", "election"}
    assert moves | {"renewed", "withdrawn"} <= set(done)
    assert done["reminded to renew"]


def answer(years, state):
    return lambda: years.the_city_answers(0, state, True)


def decide(years, accepts):
    return lambda: years.a_curator_decides(0, accepts)


def hold(years):
    return lambda: years.an_election_is_held(0, True)


def renew(years):
    return lambda: years.the_city_renews(0)


def withdraw(years):
    return lambda: years.it_is_withdrawn_or_comes_back(0)


@pytest.mark.django_db
def test_the_page_and_the_list_say_the_same_number(client):
    signature = a_published()
    promise = a_commitment(signature)
    CommitmentQuestion.objects.ask([promise])
    question = promise.questions.get()
    question.take("done", "It is open.", "https://www.amman.example/door")
    question.accept(a_curator())
    page = client.get(reverse("deeds_list", args=["welcome", "pages"]))
    assert page.context["count"] == len(page.context["pages"]) == len(Deeds(Scope()).keys("welcome", PAGES)) == 1
