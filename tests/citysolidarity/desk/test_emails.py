"""E-mails to members of staff: at once, in a digest, as each has chosen, once, and nothing that their role may not see."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import translation

from citysolidarity.desk.emails.models import EmailChoice, StaffEmail
from citysolidarity.desk.emails.posting import post_digests, tell
from practices.correspondence.reports.curators import clock_to_staff, report_to_staff, tell_curators
from practices.models import Report
from practices.models.correspondence.report import Problem
from tests.letters import let_pass, work
from tests.login import at_the_desk, staff
from tests.people import a_practice
from tests.practices.correspondence.test_report import WORDS, a_report

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 11, 30, 6, 5, tzinfo=UTC)  # a Monday


def curator(name="ana", role="Curator", **choice):
    user = staff(name, role, email=f"{name}@desk.example")
    if choice:
        EmailChoice.objects.create(user=user, **choice)
    return user


def sent_to(name="ana") -> list[str]:
    """The subjects of what has reached somebody."""
    work()
    return [letter.subject for letter in mail.outbox if letter.to == [f"{name}@desk.example"]]


def reported(kind=Problem.HARMFUL, **ago) -> Report:
    report = a_report(a_practice(), kind, **ago)
    with transaction.atomic():
        tell_curators(report)
    return report


@pytest.fixture(autouse=True)
def no_digest(monkeypatch):
    """The worker posts digests after six in the morning; here each test says when."""
    monkeypatch.setattr("citysolidarity.desk.emails.posting.DIGEST_FROM", 24)


def at_six(now=MORNING) -> int:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("citysolidarity.desk.emails.posting.DIGEST_FROM", 6)
        return post_digests(now)


# --- at once ----------------------------------------------------------------------------------


def test_a_report_of_harm_reaches_the_curators_at_once_without_its_words():
    curator()
    report = reported()
    assert sent_to() == [f"Urgent: someone may be at risk ({report.reference})"]
    (letter,) = mail.outbox
    assert reverse("admin:practices_report_change", args=[report.pk]) in letter.body
    assert report.practice.title in letter.body and WORDS not in letter.body


@pytest.mark.parametrize("kind", [Problem.WRONG, Problem.REPLY])
def test_what_starts_the_72_hours_is_told_at_once(kind):
    curator()
    report = reported(kind)
    assert sent_to() == [f"A problem was reported: 72 hours to check ({report.reference})"]


@pytest.mark.parametrize("kind", [Problem.LINK, Problem.OUTDATED, Problem.OTHER])
def test_what_contests_nothing_waits_for_the_digest(kind):
    curator()
    reported(kind)
    assert sent_to() == []


def test_a_report_by_the_public_form_tells_the_curators(client):
    from tests.practices.correspondence.test_report import report

    curator()
    report(client, a_practice(), "harmful")
    assert len(sent_to()) == 1


def test_two_days_later_a_report_nobody_looked_at_is_told_again_once():
    curator()
    report = reported()
    sent_to()
    let_pass(timedelta(hours=47))
    assert len(sent_to()) == 1
    let_pass(timedelta(hours=2))
    assert sent_to()[1:] == [f"The 72 hours of a report are nearly over ({report.reference})"]
    tell(clock_to_staff, [StaffEmail.objects.first().user], report)
    assert len(sent_to()) == 2


@pytest.mark.parametrize("decide", [Report.take_up, lambda report: report.close(staff("ben"), "nothing")])
def test_what_a_curator_has_looked_at_is_not_told_again(decide):
    curator()
    report = reported()
    sent_to()
    decide(report)
    let_pass(timedelta(hours=49))
    assert len(sent_to()) == 1


def test_what_was_settled_before_the_e_mail_left_is_not_written_about():
    curator()
    report = reported()
    report.close(staff("ben"), "nothing")
    assert sent_to() == []
    assert StaffEmail.objects.get().reply == "not needed"


@pytest.mark.parametrize("role", ["Viewer", "Translator"])
def test_whoever_may_not_see_reports_hears_of_none(role):
    curator("eve", role)
    curator()
    reported()
    assert sent_to("eve") == [] and len(sent_to()) == 1


def test_whoever_lost_the_right_before_it_left_gets_nothing():
    user = curator()
    reported()
    user.groups.clear()
    assert sent_to() == []


def test_whoever_has_left_the_desk_gets_nothing():
    user = curator()
    reported()
    type(user).objects.update(is_active=False)
    assert sent_to() == []


def test_each_can_choose_and_if_nobody_wants_them_everybody_gets_them():
    curator("ana", at_once=False)
    curator("ben")
    reported()
    assert sent_to("ana") == [] and len(sent_to("ben")) == 1
    EmailChoice.objects.update_or_create(user=StaffEmail.objects.get().user, defaults={"at_once": False})
    reported()
    assert len(sent_to("ana")) == 1 and len(sent_to("ben")) == 2


def test_where_nobody_can_be_written_to_the_operator_is(settings):
    settings.CONTACT_EMAIL = "contact@cities.example"
    staff("ana")
    reported()
    work()
    assert [letter.to for letter in mail.outbox] == [["contact@cities.example"]]


def test_an_e_mail_about_a_report_that_is_gone_is_not_sent():
    curator()
    reported().delete()
    assert sent_to() == []


def test_it_leaves_in_the_language_its_reader_has_chosen(settings):
    settings.LANGUAGES = [("en", "English"), ("fr", "French")]
    curator(language="fr")
    with translation.override("en"):
        report = reported()
    work()
    assert StaffEmail.objects.get().language == "fr"
    assert mail.outbox[0].extra_headers["Content-Language"] == "fr" and report.reference in mail.outbox[0].subject


# --- the digest -------------------------------------------------------------------------------


def test_the_digest_says_what_waits_with_links_once_a_day():
    curator()
    a_report(a_practice(), Problem.LINK)
    assert [at_six(), at_six()] == [1, 0]
    assert sent_to() == ["What is waiting at the curators’ desk"]
    assert "Other problems reported: 1" in mail.outbox[0].body
    assert "/admin/practices/report/?waits=" in mail.outbox[0].body and "/admin/emails/" in mail.outbox[0].body
    assert at_six(MORNING + timedelta(days=1)) == 1


def test_before_six_no_digest_is_posted():
    curator()
    assert at_six(MORNING - timedelta(minutes=10)) == 0


def test_where_nothing_waits_no_digest_is_sent():
    curator()
    assert at_six() == 1
    assert sent_to() == []


@pytest.mark.parametrize(("digest", "days"), [("daily", [1, 1]), ("weekly", [1, 0]), ("never", [0, 0])])
def test_each_chooses_how_often(digest, days):
    curator(digest=digest)
    assert [at_six(MORNING + timedelta(days=day)) for day in (0, 1)] == days


def test_the_digest_of_a_viewer_tells_nothing_of_what_the_public_wrote():
    curator("eve", "Viewer")
    a_report(a_practice(), Problem.HARMFUL)
    at_six()
    work()
    assert not [letter for letter in mail.outbox if "eported" in letter.body]


def test_the_worker_posts_the_digests(monkeypatch):
    monkeypatch.setattr("citysolidarity.desk.emails.posting.DIGEST_FROM", 0)
    curator()
    a_report(a_practice(), Problem.LINK)
    assert sent_to() == ["What is waiting at the curators’ desk"]


# --- the page to choose -------------------------------------------------------------------------


def test_a_member_of_staff_chooses_on_a_page_of_their_own():
    user = curator()
    desk, page = at_the_desk(user), reverse("admin:emails_to_me")
    assert desk.get(page).context["form"]["at_once"].value() is True
    assert not EmailChoice.objects.exists()
    desk.post(page, {"digest": "weekly"})
    choice = EmailChoice.objects.get()
    assert (choice.user, choice.at_once, choice.digest) == (user, False, "weekly")
    assert desk.post(page, {"digest": "hourly"}).status_code == 200
    assert EmailChoice.objects.get().digest == "weekly"


def test_the_page_says_what_became_of_the_last_one():
    user = curator()
    reported()
    StaffEmail.objects.update(bounced_at=F("posted_at"), reply="550 5.1.1")
    assert "550 5.1.1" in at_the_desk(user).get(reverse("admin:emails_to_me")).text


def test_a_letter_is_posted_once_to_each(django_assert_num_queries):
    user, report = curator(), reported()
    assert tell(report_to_staff, [user], report) == 0
