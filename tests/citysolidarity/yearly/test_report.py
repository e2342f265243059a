"""The report for a period: each figure counted by hand, for curators alone, as a page and as CSV."""

import csv
import io
from datetime import date, timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.db.models import F
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone

from citysolidarity.desk.acts import TAKEN_OUT
from citysolidarity.yearly.period import Period
from citysolidarity.yearly.tables import tables_of
from pledges.models import SignatureEvent
from practices.models import Confirmation, Enquiry, Practice, Report, Submission
from practices.models.correspondence.confirmation import ConfirmationAnswer
from practices.models.correspondence.report import Problem
from tests.forms import a_place
from tests.login import at_the_desk, staff
from tests.people import a_city, a_practice
from tests.pledges.signers import a_confirmed, a_curator, a_draft, a_published, a_stated, a_verified, make_older
from tests.practices.correspondence.test_report import a_report
from tests.practices.desk.test_todo import a_question
from tests.practices.sharing.sharers import a_submission

pytestmark = pytest.mark.django_db
PAGE, CSV = "yearly:report", "yearly:report_csv"
today = timezone.localdate  # asked by each test: a run may go on past midnight


def this_week():
    return Period(today() - timedelta(days=7), today())


def table(code, period=None) -> dict:
    """Row → column → value, without what is zero."""
    found = next(one for one in tables_of(period or this_week()) if one.code == code)
    return {
        label: {column: value for column, value in zip(found.columns, values, strict=True) if value}
        for label, values in found.rows
        if any(values)
    }


@pytest.fixture
def desk(db):
    return at_the_desk(staff("ana"))


# --- the tables -------------------------------------------------------------------------------


def test_signatures_stand_by_country_and_by_their_state_of_today():
    a_draft(city=a_city("Zarqa", "JO"))
    a_published(city=a_city("Amman", "JO"))
    a_stated(city=a_city("Berlin", "DE"))
    make_older(a_confirmed(city=a_city("Oslo", "NO")), drafted_at=timedelta(days=9), confirmed_at=timedelta(days=8))
    assert table("signatures") == {
        "Germany": {"Published": 1},
        "Jordan": {"Drafted": 1, "Published": 1},
        "All": {"Drafted": 1, "Published": 2},
    }


def test_growth_counts_what_stood_on_a_day_not_what_stands_now():
    a_published(city=a_city("Amman", "JO"))
    gone = a_stated(city=a_city("Berlin", "DE"))
    make_older(gone, published_at=timedelta(days=30))
    gone.withdraw(a_curator("lead_curate_signature"), "Asked to.")
    old, new = a_practice("Old", city=gone.city), a_practice("New", city=gone.city)
    Practice.objects.filter(pk=old.pk).update(published_at=Now() - timedelta(days=30))
    assert table("growth") == {
        "Signatures counted": {"Before": 1, "At the end": 1},
        "Of these, signed here and verified": {"At the end": 1, "Change": 1},
        "Public practices": {"Before": 1, "At the end": 2, "Change": 1},
        "Cities with a public practice": {"Before": 1, "At the end": 1},
    }
    new.archive(by=None)
    assert table("growth")["Public practices"] == {"Before": 1, "At the end": 1}


def test_practices_stand_by_theme_and_by_country():
    old = a_practice("Old", themes=["housing", "health"], city=a_city("Amman", "JO"))
    Practice.objects.filter(pk=old.pk).update(published_at=Now() - timedelta(days=30))
    a_practice("New", themes=["housing"], city=a_city("Berlin", "DE"))
    a_practice("Draft", themes=["housing"], published_at=None)
    end, new = "Public at the end", "Published in this period"
    assert table("themes") == {"Housing": {end: 2, new: 1}, "Health & psychosocial support": {end: 1}}
    assert table("countries") == {"Germany": {end: 1, new: 1}, "Jordan": {end: 1}, "All": {end: 2, new: 1}}


def test_the_yearly_question_counts_answers_and_silence():
    for number, answer in enumerate([*ConfirmationAnswer, None, None]):
        asked = Confirmation.objects.create(practice=a_practice(), year=2020 + number)
        if answer:
            asked.take(answer)
    before = Confirmation.objects.create(practice=a_practice(), year=2019)
    Confirmation.objects.filter(pk=before.pk).update(asked_at=Now() - timedelta(days=30))
    entries = {"Asked": 5, "Confirmed": 1, "Changed": 1, "Ended": 1, "Silent": 2}
    assert table("yearly") == {label: {"Entries": number} for label, number in entries.items()}


def test_how_long_people_waited_is_a_median_in_days():
    for city, days in (("Amman", 1), ("Zarqa", 3), ("Irbid", 20)):
        make_older(
            a_verified(city=a_city(city, "JO")), drafted_at=timedelta(days=days), confirmed_at=timedelta(days=days)
        )
    question = a_question(a_practice())
    Enquiry.objects.filter(pk=question.pk).update(
        confirmed_at=F("confirmed_at") - timedelta(days=4), answer="So.", answered_at=Now()
    )
    a_report(a_practice(), days=2).close(a_curator(), "nothing")
    assert table("times") == {
        "Signatures: from the confirmation to the check": {"How many": 3, "Median, in days": 3.0},
        "Questions to cities: until the answer": {"How many": 1, "Median, in days": 4.0},
        "Reports: until they were closed": {"How many": 1, "Median, in days": 2.0},
    }
    empty = next(one for one in tables_of(Period(date(2001, 1, 1), date(2001, 1, 2))) if one.code == "times")
    assert {tuple(values) for _label, values in empty.rows} == {(0, None)}


def test_reports_stand_by_what_is_the_matter_and_by_outcome():
    a_report(a_practice(), Problem.HARMFUL).close(a_curator(), "mended")
    a_report(a_practice(), Problem.LINK)
    a_report(a_practice(), Problem.LINK, days=30)
    assert table("reports") == {
        "Something may put a person at risk": {"The entry has been corrected": 1},
        "A link does not work": {"Still open": 1},
    }


def test_refusals_stand_by_reason():
    a_place()
    a_confirmed().refuse(a_curator(), "no-proof")
    a_submission().refuse(a_curator(), "off-subject")
    assert list(table("refusals").values()) == [{"How many": 1}] * 2
    assert "Signature: No proof that the institution decided" in table("refusals")


@pytest.mark.parametrize(("days", "counts"), [(0, True), (1, False)])
def test_both_days_of_the_period_are_included(days, counts):
    a_report(a_practice())
    assert bool(table("reports", Period(today() - timedelta(days=9), today() - timedelta(days=days)))) == counts
    assert bool(table("reports", Period(today() + timedelta(days=days), today() + timedelta(days=9)))) == counts


# --- the page ---------------------------------------------------------------------------------


def test_the_page_shows_this_year_until_another_period_is_asked_for(desk):
    page = desk.get(reverse(PAGE))
    assert page.context["period"] == Period(date(today().year, 1, 1), today())
    asked = desk.get(reverse(PAGE), {"first": "2025-01-01", "last": "2025-12-31"})
    assert "From 1 January 2025 until 31 December 2025" in asked.text


@pytest.mark.parametrize(
    "query",
    [
        {"first": "2026-02-01", "last": "2026-01-01"},
        {"first": "yesterday", "last": "2026-01-01"},
        {"first": "2026-01-01"},
        {"first": "0001-01-01", "last": "9999-12-31"},
        {"x": "y"},
    ],
)
def test_days_that_cannot_be_are_answered_with_the_form(desk, query):
    for answer in (desk.get(reverse(PAGE), query), desk.post(reverse(CSV), query_params=query)):
        assert answer.status_code == 200 and answer.context["form"].errors and answer.context["tables"] == []


def test_the_csv_holds_every_figure_of_the_page(desk):
    a_published()
    week = this_week()
    query = {"first": str(week.first), "last": str(week.last)}
    tables = desk.get(reverse(PAGE), query).context["tables"]
    answer = desk.post(reverse(CSV), query_params=query)
    assert answer.content.startswith(b"\xef\xbb\xbf") and str(week.last) in answer["Content-Disposition"]
    heading, *rows = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert heading == ["from", "until", "table", "row", "column", "value"]
    assert [row[2:] for row in rows] == [
        [one.code, label, column, "" if value is None else str(value)]
        for one in tables
        for label, values in one.rows
        for column, value in zip(one.columns, values, strict=True)
    ]


def test_the_log_says_who_took_it_away(desk):
    assert desk.get(reverse(CSV)).status_code == 405 and not LogEntry.objects.exists()
    answer = desk.post(reverse(CSV), query_params={"first": "2026-01-01", "last": "2026-06-30"})
    (line,) = LogEntry.objects.all()
    figures = len(answer.content.decode().splitlines()) - 1
    assert (line.user.username, line.action_flag, line.content_type) == ("ana", TAKEN_OUT, None)
    assert line.object_repr == "Report for a period: 2026-01-01 – 2026-06-30"
    assert line.get_change_message() == f"{figures} rows exported as CSV."
    listed = at_the_desk(staff("lea", "Lead curator")).get(reverse("admin:admin_logentry_changelist"))
    assert line.object_repr in listed.text


@pytest.mark.parametrize("role", ["Viewer", "Translator"])
def test_it_is_for_curators(role):
    eve = at_the_desk(staff("eve", role))
    assert (eve.get(reverse(PAGE)).status_code, eve.post(reverse(CSV)).status_code) == (403, 403)


def test_strangers_are_asked_who_they_are(client):
    for name in (PAGE, CSV):
        assert client.get(reverse(name))["Location"].startswith(reverse("admin:login"))


def test_it_asks_as_much_for_many_as_for_few(desk, django_assert_max_num_queries):
    for number in range(8):
        a_published(city=a_city(f"Town {number}", "CH"))
        a_report(a_practice())
    assert SignatureEvent.objects.count() and Report.objects.count() == 8 and not Submission.objects.exists()
    desk.get(reverse(PAGE))
    with django_assert_max_num_queries(45):
        desk.get(reverse(PAGE))
