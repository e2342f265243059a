"""Who marks an entry without a curator: whoever can be asked back, or several; and closing many reports at once."""

from datetime import timedelta

import pytest
from django.db.models import F
from django.test import Client
from django.urls import reverse

from practices.models import PracticeLetter, Report
from practices.models.correspondence.report import Problem, ReportOutcome
from tests.people import a_practice
from tests.pledges.desk.desk import at_the_desk, somebody
from tests.pledges.signers import a_curator
from tests.practices.correspondence.letters import letters, link
from tests.practices.correspondence.test_report import CANARY, WORDS, a_report, report, shown
from tests.practices.correspondence.writing import send

pytestmark = pytest.mark.django_db


@pytest.fixture
def practice():
    return a_practice()


def test_one_stranger_marks_no_entry_however_often_they_report(client, practice):
    for _ in range(3):
        a_report(practice, confirmed=False, network=b"one", hours=100)
    assert "Under review" not in shown(client, practice)
    a_report(practice, kind=Problem.LINK, confirmed=False, network=b"other", hours=100)
    assert "Under review" not in shown(client, practice), "a dead link contests nothing"
    a_report(a_practice("Another"), confirmed=False, network=b"other", hours=100)
    assert "Under review" not in shown(client, practice), "another entry"
    a_report(practice, confirmed=False, network=b"other", hours=1)
    assert "Under review" in shown(client, practice)


def test_what_was_closed_counts_for_no_other_and_forgets_where_it_came_from(client, practice):
    first = a_report(practice, confirmed=False, network=b"one", hours=100)
    first.close(a_curator(), ReportOutcome.NOT_MEANT)
    a_report(practice, confirmed=False, network=b"other", hours=100)
    assert "Under review" not in shown(client, practice)
    first.refresh_from_db()
    assert first.network is None


def test_the_network_is_the_widest_that_one_person_may_hold(practice):
    for address in ("2001:db8:1:1::7", "2001:db8:1:ff00::7", "192.0.2.7", "192.0.2.8", "198.51.100.7"):
        report(Client(REMOTE_ADDR=address), practice, text=f"{WORDS} {address}")
    networks = [bytes(row.network) for row in Report.objects.order_by("pk")]
    assert networks[0] == networks[1] and networks[2] == networks[3] and len(set(networks)) == 3
    assert all(b"192" not in network and len(network) == 32 for network in networks)


def test_whoever_reports_with_an_address_confirms_it_and_is_believed(client, practice):
    send(client, "practice_report", practice, kind="wrong", text=WORDS, email="reader@home.example")
    (mail,) = [mail for mail in letters() if mail.to == ["reader@home.example"]]
    assert "Please confirm your report" in mail.subject and CANARY not in mail.body
    Report.objects.update(sent_at=F("sent_at") - timedelta(hours=100))
    practice.save(update_fields=["updated_at"])
    assert "Under review" not in shown(client, practice)
    address = link(PracticeLetter.objects.get(name="confirm_report"), "confirm_report")
    assert client.get(address).status_code == 200 and Report.objects.get().mailbox_confirmed_at is None
    assert client.post(address)["Location"] == reverse("letter_done", args=["report-confirmed"])
    assert "Under review" in shown(client, practice)
    assert client.post(address)["Location"] == reverse("letter_done", args=["report-confirmed"]), "a second press"


def test_without_an_address_or_a_contest_no_letter_leaves(client, practice):
    report(client, practice)
    send(client, "practice_report", practice, kind="link", text=WORDS, email="reader@home.example")
    assert not PracticeLetter.objects.filter(name="confirm_report").exists()


def test_many_reports_are_closed_at_once(practice):
    rows = [a_report(practice, kind=kind, confirmed=False) for kind in (Problem.WRONG, Problem.LINK, Problem.REPLY)]
    closed = a_report(practice)
    closed.close(a_curator(), ReportOutcome.MENDED)
    desk = at_the_desk(somebody("Curator"))
    chosen = [row.pk for row in (*rows[:2], closed)]
    page = desk.post(
        reverse("admin:practices_report_changelist"),
        {"action": "close_not_meant", "_selected_action": chosen},
        follow=True,
    )
    assert "2 reports are closed." in page.text
    assert [row.outcome for row in Report.objects.order_by("pk")] == ["not-meant", "not-meant", "", "mended"]
