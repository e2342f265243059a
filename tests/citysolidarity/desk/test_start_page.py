"""The start page: in the order of harm and of the time that is left, and what comes by itself."""

from datetime import date, timedelta

import pytest
from django.db.models import F
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone

from citysolidarity.desk.teamwork.models import Assignment
from pledges.vocabularies import Visibility
from practices.correspondence.confirmations.yearly import ask_cities
from practices.models import Confirmation, Practice, Report
from practices.models.correspondence.report import Problem
from tests.login import at_the_desk, staff
from tests.people import a_city, a_practice
from tests.pledges.signers import a_confirmed, a_draft, a_published, a_verified, make_older
from tests.practices.correspondence.letters import a_route, confirmed
from tests.practices.correspondence.test_report import a_report
from tests.practices.desk.test_todo import a_question

pytestmark = pytest.mark.django_db
START, CALENDAR = "admin:index", "admin:calendar"


@pytest.fixture
def ana():
    return staff("ana", "Lead curator")


def lines(user):
    return at_the_desk(user).get(reverse(START)).context["busy"]


def line(user, label):
    return next((one for one in lines(user) if str(one.label) == label), None)


def labels(user) -> list[str]:
    return [str(one.label) for one in lines(user)]


def an_old(practice, **ago) -> Practice:
    """Published so long ago, and never confirmed."""
    Practice.objects.filter(pk=practice.pk).update(published_at=Now() - timedelta(**ago))
    return practice


# --- order ------------------------------------------------------------------------------------


def test_harm_stands_before_everything_however_old_the_rest_is(ana):
    make_older(a_confirmed(), drafted_at=timedelta(days=99), confirmed_at=timedelta(days=90))
    practice = a_practice()
    a_report(practice, Problem.LINK, days=60)
    a_report(practice, Problem.WRONG, hours=60)
    a_report(practice, Problem.HARMFUL)
    assert labels(ana) == [
        "Reports that someone may be at risk",
        "Reports that dispute an entry: check within 72 hours",
        "Signatures to verify",
        "Other problems reported",
    ]
    assert [one.is_urgent for one in lines(ana)] == [True, True, False, False]


def test_a_clock_says_how_much_time_is_left_and_its_list_begins_with_what_is_late(ana):
    first, second = (a_report(a_practice(), Problem.WRONG, hours=hours) for hours in (50, 20))
    over = a_report(a_practice(), Problem.WRONG, hours=90)
    found = line(ana, "Reports that dispute an entry: check within 72 hours")
    assert (found.count, found.due) == (3, first.sent_at + timedelta(hours=72))
    rows = at_the_desk(ana).get(found.url).context["cl"].result_list
    assert list(rows) == [over, first, second]
    assert "The first has" in at_the_desk(ana).get(reverse(START)).text


def test_what_was_marked_has_no_clock_any_more(ana):
    a_report(a_practice(), Problem.HARMFUL).take_up()
    assert line(ana, "Reports that someone may be at risk").due is None


def test_lists_in_which_nothing_waits_are_folded_away(ana):
    a_report(a_practice(), Problem.LINK)
    page = at_the_desk(ana).get(reverse(START))
    assert [one.count for one in page.context["busy"]] == [1]
    assert len(page.context["empty"]) > 10 and "<details>" in page.text
    assert f"Nothing waits in {len(page.context['empty'])} other lists" in page.text


# --- due only where somebody can be asked ---------------------------------------------------------


def test_an_entry_is_due_only_if_somebody_can_be_asked_and_a_year_has_passed(ana):
    due = an_old(a_practice("Asked"), days=400)
    a_route(due)
    a_route(a_practice("Published a minute ago"))
    an_old(a_practice("Nobody to ask"), days=400)
    unproved = an_old(a_practice("Not proved"), days=400)
    unproved.routes.create(seat="role", email="office@amman.example")
    found = line(ana, "Practices due for confirmation")
    rows = at_the_desk(ana).get(found.url).context["cl"].result_list
    assert found.count == 1 and list(rows) == [due]


def test_those_nobody_can_be_asked_about_are_a_filter_of_the_list_and_not_on_the_start_page(ana):
    a_route(a_practice("With"))
    without = a_practice("Without")
    desk = at_the_desk(ana)
    page = desk.get(reverse("admin:practices_practice_changelist"), {"waits": "nobody"})
    assert list(page.context["cl"].result_list) == [without]
    start = desk.get(reverse(START)).context
    assert not [one for one in start["waiting"] if "nobody" in one.url]


# --- for me, for a colleague ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("email", "colleagues"), [("officer@gmail.com", 1), ("officer@mail.gmx.de", 1), ("officer@amman.example", 0)]
)
def test_what_its_verifier_may_not_publish_is_for_a_colleague(ana, email, colleagues):
    signature = a_verified(by=ana, city=a_city("Zarqa", "JO", official_domain="amman.example"), email=email)
    found = line(ana, "Verified signatures to publish")
    assert (found.count, found.colleagues, found.open) == (1, colleagues, 1 - colleagues)
    assert signature.needs_second_curator == bool(colleagues)
    assert line(staff("ben"), "Verified signatures to publish").colleagues == 0


def test_after_a_refusal_of_the_city_it_is_for_a_colleague_too(ana):
    refused = a_confirmed()
    refused.refuse(ana, "no-proof")
    a_verified(by=ana, city=refused.city)
    assert line(ana, "Verified signatures to publish").colleagues == 1


def test_what_is_given_to_somebody_is_counted_as_theirs(ana):
    ben = staff("ben")
    mine, theirs, _nobodys = (a_report(a_practice(), Problem.LINK) for _ in range(3))
    Assignment.give(mine, ana, ben)
    Assignment.give(theirs, ben, ben)
    found = line(ana, "Other problems reported")
    assert (found.count, found.mine, found.colleagues) == (3, 1, 1)
    page = at_the_desk(ana).get(reverse(START)).text
    assert "Given to you: 1." in page and "For a colleague: 1." in page


# --- what comes ---------------------------------------------------------------------------------------


def coming(user) -> list[tuple[date, str]]:
    days = at_the_desk(user).get(reverse(CALENDAR)).context["days"]
    return [(day, event.label) for day, events in days for event in events]


def test_the_calendar_tells_what_happens_by_itself(ana):
    today = timezone.now().date()
    a_published(visibility=Visibility.FROM_DATE, public_from=today + timedelta(days=20))
    a_draft(city=a_city("Irbid", "JO"))
    a_report(a_practice("Contested"), hours=48)
    a_question(a_practice("Asked about"), relayed_at=F("sent_at"))
    a_route(confirmed(a_practice("To be asked"), days=330))
    assert coming(ana) == [
        (today + timedelta(days=1), "The 72 hours to check the report are over"),
        (today + timedelta(days=5), "The yearly question is sent"),
        (today + timedelta(days=7), "The signature expires if nobody confirms it"),
        (today + timedelta(days=7), "We pass the question on if the city has not answered"),
        (today + timedelta(days=20), "The signature becomes public"),
    ]


def test_the_reminder_is_in_the_calendar_and_the_next_question_is_a_year_away(ana):
    a_route(an_old(a_practice(), days=400))
    assert ask_cities() == 1
    today = timezone.now().date()
    assert coming(ana) == [
        (today + timedelta(days=14), "We send a reminder of the yearly question if the city has not answered")
    ]
    Confirmation.objects.update(answered_at=Now(), answer="still-right")
    assert coming(ana) == []


def test_what_is_settled_or_over_or_far_away_does_not_come(ana):
    a_published(visibility=Visibility.FROM_DATE, public_from=timezone.now().date() + timedelta(days=90))
    a_report(a_practice()).close(ana, "nothing")
    a_report(a_practice(), hours=80)
    assert coming(ana) == []


def test_the_calendar_names_the_row_and_leads_to_it_and_shows_no_word_of_the_public(ana):
    report = a_report(a_practice("Parks"))
    page = at_the_desk(ana).get(reverse(CALENDAR)).text
    assert reverse("admin:practices_report_change", args=[report.pk]) in page
    assert f"{report.reference} · Parks" in page and Report.objects.get().text not in page


def test_the_calendar_of_a_viewer_tells_nothing_of_reports(ana):
    a_report(a_practice())
    a_draft()
    assert [label for _day, label in coming(staff("eve", "Viewer"))] == [
        ("The signature expires if nobody confirms it")
    ]


def test_the_calendar_asks_little_however_much_comes(ana, django_assert_max_num_queries):
    for number in range(30):
        a_report(a_practice(f"Parks {number}"))
    desk = at_the_desk(ana)
    desk.get(reverse(CALENDAR))
    with django_assert_max_num_queries(16):
        desk.get(reverse(CALENDAR))
