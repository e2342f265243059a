"""Report a problem: the form, the mark "under review", and the right of reply."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F
from django.urls import reverse

from citysolidarity.caching.edition import DAY, edition
from practices.correspondence.limits import REPORT_POSTS
from practices.correspondence.reports.right_of_reply import tell_cities
from practices.correspondence.retention import drop_reporters
from practices.models import Report
from practices.models.correspondence.report import MARKED_WITHIN, Problem, ReportOutcome, tomorrow
from tests.dump import every_row
from tests.people import a_practice
from tests.pledges.signers import a_curator
from tests.practices.correspondence.letters import MAILBOX, a_route, confirmed, letters
from tests.practices.correspondence.writing import a_stamp, send

pytestmark = pytest.mark.django_db
CANARY = "kanarienvogel"
WORDS = f"The programme ended last year. {CANARY}"


@pytest.fixture
def practice():
    return a_practice()


def report(client, practice, kind="wrong", text=WORDS, **more):
    return send(client, "practice_report", practice, kind=kind, text=text, email="", **more)


def a_report(practice, kind=Problem.WRONG, *, confirmed=True, network=None, email="", **ago) -> Report:
    """From somebody who confirmed an e-mail address, unless told otherwise."""
    facts = {"practice": practice, "kind": kind, "text": WORDS, "language": "en", "network": network, "email": email}
    made = Report.accepted(f"key-{Report.objects.count()}", "", **facts)
    Report.objects.filter(pk=made.pk).update(sent_at=F("sent_at") - timedelta(**ago))
    if confirmed:
        Report.objects.filter(pk=made.pk).update(mailbox_confirmed_at=F("sent_at"))
        made.show_again()
    made.refresh_from_db()
    return made


def shown(client, practice) -> str:
    return client.get(practice.get_absolute_url()).content.decode()


def test_opening_the_form_changes_nothing(client, practice):
    before = every_row()
    response = client.get(reverse("practice_report", args=[practice.slug]))
    assert response.status_code == 200 and response["Cache-Control"] == "no-store"
    assert every_row() == before


def test_a_report_reaches_the_desk_and_nothing_of_it_is_shown(client, practice):
    response = report(client, practice)
    assert response.status_code == 302 and client.get(response["Location"]).status_code == 200
    row = Report.objects.get()
    assert (row.practice, row.kind, row.text) == (practice, "wrong", WORDS)
    assert CANARY not in shown(client, practice) and "Under review" not in shown(client, practice)


def test_the_same_form_sent_often_is_one_report(client, practice):
    stamp = a_stamp(practice)
    for _ in range(7):
        assert report(client, practice, stamp=stamp).status_code == 302
    assert Report.objects.count() == 1
    second = report(client, practice, stamp=stamp, text="Other words altogether.")
    assert second.status_code == 422 and "Other words altogether." in second.content.decode()
    assert Report.objects.count() == 1


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"kind": ""}, "Select what is wrong"),
        ({"kind": "best"}, "Select what is wrong from the list"),
        ({"text": "  "}, "Tell us in a few words what is wrong"),
        ({"text": "ab" * 501}, "the limit is 1000"),
        ({"text": "Call +49 30 901820 please"}, "telephone number"),
        ({"email": "mayor"}, "Enter an e-mail address like"),
        ({"subject": "buy"}, "That was very quick"),
        ({"stamp": "forged"}, "has changed since we sent it to you"),
        ({"outcome": "mended"}, "fields that do not belong to it"),
        ({"text": "Tea\0 room"}, "a character that is not text"),
    ],
)
def test_bad_input_is_told_kindly_and_kept(client, practice, sent, sentence):
    fields = {"kind": "wrong", "text": WORDS, "email": ""} | sent
    response = send(client, "practice_report", practice, **fields)
    assert response.status_code == 422
    body = response.content.decode()
    assert sentence in body and "There is a problem" in body
    assert fields["text"].strip().replace("\0", "") in body
    assert not Report.objects.exists()


def test_a_form_of_another_entry_is_none_of_this_one(client, practice):
    assert report(client, practice, stamp=a_stamp(a_practice())).status_code == 422


def test_too_many_reports_wait_and_keep_their_words(client, practice):
    for _ in range(REPORT_POSTS.most):
        assert report(client, practice).status_code == 302
    response = report(client, practice)
    assert response.status_code == 429 and int(response["Retry-After"]) > 0
    assert CANARY in response.content.decode()


def test_what_is_contested_is_marked_within_72_hours_without_anybody(client, practice):
    a_report(practice, hours=47)
    assert "Under review" not in shown(client, practice)
    a_report(practice, hours=MARKED_WITHIN.total_seconds() / 3600)
    assert "Under review" in shown(client, practice) and CANARY not in shown(client, practice)
    # At whatever hour one looks: three days later nothing contested is unmarked.
    assert Report.objects.marking().filter(sent_at__lte=F("since")).count() == 1


@pytest.mark.parametrize("kind", [kind for kind in Problem if kind not in ("wrong", "harmful", "reply")])
def test_what_contests_nothing_is_not_marked(client, practice, kind):
    row = a_report(practice, kind, days=30)
    assert not row.take_up() and not row.contests
    assert "Under review" not in shown(client, practice)


def test_a_curator_marks_at_once_and_ends_it(client, practice):
    curator, row = a_curator(), a_report(practice)
    assert row.take_up() and not row.take_up()
    assert "Under review" in shown(client, practice)
    assert row.close(curator, ReportOutcome.NOTHING) and not row.close(curator, ReportOutcome.MENDED)
    assert "Under review" not in shown(client, practice)
    assert not Report.objects.open()


def marked(client, practice) -> set[str]:
    """Where the entry is shown as under review, of all places where it stands beside others."""
    chosen = f"?p={practice.slug}"
    directory = reverse("directory")
    places = {
        "list": directory, "table": f"{directory}?view=table", "search": f"{directory}?q=public", "home": reverse("home"),
        "city": practice.city.get_absolute_url(), "feed": reverse("feed"), "compare": reverse("compare") + chosen,
        "brief": reverse("brief") + chosen, "its page": practice.get_absolute_url(),
    }  # fmt: skip
    return {place for place, address in places.items() if "Under review" in client.get(address).content.decode()}


EVERYWHERE = {"list", "table", "search", "home", "city", "feed", "compare", "brief", "its page"}


def test_the_mark_stands_wherever_the_entry_does_and_goes_with_the_review(client, practice):
    """Cards and pages are kept here; a look is due for each, as 250 ms later."""
    a_practice("Of another city")
    row = a_report(practice)
    assert marked(client, practice) == set()
    row.take_up()
    assert marked(client, practice) == EVERYWHERE
    assert client.get(reverse("directory")).content.decode().count("Under review") == 1
    row.close(a_curator(), ReportOutcome.NOTHING)
    assert marked(client, practice) == set()


def test_a_mark_that_comes_with_the_day_is_on_cards_that_were_kept(client, practice, monkeypatch):
    """Nothing is written on that day: the version stays, the day does not."""
    a_report(practice, hours=47)
    assert "list" not in marked(client, practice)
    Report.objects.update(sent_at=tomorrow() - MARKED_WITHIN - timedelta(seconds=1))  # the day's last second
    assert "list" not in marked(client, practice)
    later = edition.now() + DAY
    monkeypatch.setattr(edition, "now", lambda: later)
    assert {"list", "table", "home"} <= marked(client, practice)


def test_a_reply_is_shown_as_a_curator_decides(client, practice):
    row = a_report(practice, Problem.REPLY)
    row.close(a_curator(), ReportOutcome.REPLIED, "The council <b>has</b> doubled the places.")
    body = shown(client, practice)
    assert "Right of reply" in body and "The council &lt;b&gt;has&lt;/b&gt; doubled the places." in body
    assert CANARY not in body


def test_what_a_curator_does_is_a_new_edition_of_the_page(practice):
    practice.refresh_from_db()
    before, revision = practice.updated_at, practice.revision
    row = a_report(practice)
    row.take_up()
    practice.refresh_from_db()
    assert practice.updated_at > before and practice.revision == revision


def test_a_reporters_mailbox_is_erased_30_days_after_the_end(practice):
    row = a_report(practice)
    Report.objects.update(email="reader@example.org")
    row.close(a_curator(), ReportOutcome.NOTHING)
    assert drop_reporters() == 0
    Report.objects.update(closed_at=F("closed_at") - timedelta(days=31))
    assert drop_reporters() == 1 and Report.objects.get().email == ""


def test_entries_that_are_not_public_take_no_report(client):
    assert client.get(reverse("practice_report", args=[a_practice(published_at=None).slug])).status_code == 404


@pytest.mark.parametrize(
    "impossible", [{"kind": "best"}, {"outcome": "replied"}, {"closed_at": "2026-01-01T00:00Z", "outcome": "mended"}]
)
def test_the_database_refuses_impossible_reports(practice, impossible):
    row = a_report(practice)
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.filter(pk=row.pk).update(**impossible)


def test_the_city_hears_once_that_its_entry_is_marked_and_where_to_reply(practice):
    confirmed(practice, days=1)
    a_route(practice)
    row = a_report(practice)
    assert tell_cities() == 0
    row.take_up()
    assert tell_cities() == 1 and tell_cities() == 0
    (mail,) = letters()
    assert mail.to == [MAILBOX] and f"/practices/{practice.slug}/report/" in mail.body and CANARY not in mail.body


def test_nobody_is_told_of_their_own_reply_or_of_what_is_settled(practice):
    confirmed(practice, days=1)
    a_route(practice)
    a_report(practice, Problem.REPLY).take_up()
    row = a_report(practice)
    row.take_up()
    assert tell_cities() == 1
    row.close(a_curator(), ReportOutcome.NOTHING)
    assert letters() == []
