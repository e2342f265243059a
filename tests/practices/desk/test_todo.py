"""What waits at the desk: every figure is the length of the list behind it, and every list has buttons that decide."""

from datetime import date, timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.messages import get_messages
from django.db.models import F
from django.urls import reverse

from citysolidarity.desk.todo import Rank
from practices.models import City, Confirmation, Enquiry, Practice, PracticeLetter, Report, Source
from practices.models.correspondence.confirmation import ConfirmationAnswer
from practices.models.correspondence.report import Problem
from tests.desk import act, form_of
from tests.people import a_practice
from tests.pledges.desk.desk import at_the_desk, somebody
from tests.practices.correspondence.letters import a_route, an_asked, confirmed, letters
from tests.practices.correspondence.test_report import a_report

pytestmark = pytest.mark.django_db
MANY = 5_000


@pytest.fixture
def curator(db):
    return at_the_desk(somebody("Curator"))


def a_question(practice, **columns) -> Enquiry:
    made = Enquiry.accepted(f"key-{Enquiry.objects.count()}", "", practice=practice, text="How?", language="en")
    Enquiry.objects.filter(pk=made.pk).update(confirmed_at=F("sent_at"), **columns)
    made.refresh_from_db()
    return made


def waiting(client) -> dict:
    return {str(one.label): one for one in client.get(reverse("admin:index")).context["waiting"]}


def listed(client, address) -> list:
    return list(client.get(address).context["cl"].result_list)


def page_of(row) -> str:
    return reverse(f"admin:practices_{row._meta.model_name}_change", args=[row.pk])


def press(client, row, button, **filled_in) -> list[str]:
    """Presses a button of the row's page; returns what was said, or the form's errors."""
    answer = client.post(page_of(row), form_of(client, page_of(row)) | {f"_act_{button}": "x"} | filled_in)
    if answer.status_code == 200:
        errors = answer.context["adminform"].form.errors
        return [sentence for sentences in errors.values() for sentence in sentences]
    return [str(message) for message in get_messages(answer.wsgi_request)]


def buttons(client, row) -> list[str]:
    """Those that can be pressed now."""
    return [name for name, _label, reason in client.get(page_of(row)).context["acts"] if not reason]


def given_up(practice, days=6) -> PracticeLetter:
    """A letter to the practice's mailbox that has waited for so many days."""
    confirmed(practice, days=1)
    asked = Confirmation.objects.create(practice=practice, year=2026)
    letter = PracticeLetter.about(asked, "still_right", "en", route=a_route(practice))
    practice.routes.update(since=F("since") - timedelta(days=90))
    PracticeLetter.objects.filter(pk=letter.pk).update(posted_at=F("posted_at") - timedelta(days=days))
    letter.refresh_from_db()
    return letter


@pytest.fixture
def much():
    """Something of every kind, and beside each something that does not wait."""
    fresh = confirmed(a_practice("Fresh"), days=10)
    a_practice("Over", ended=2020)
    for days in (400, 900):
        old = confirmed(a_practice("Old"), days=days)
        Practice.objects.filter(pk=old.pk).update(published_at=F("published_at") - timedelta(days=1000))
    a_route(old)
    bounced = a_route(confirmed(a_practice("Bounced"), days=1))
    bounced.letters.create(confirmation=Confirmation.objects.create(practice=bounced.practice, year=2026), route=bounced,
                           name="still_right", language="en", nonce=b"n").mark_bounced("550 5.1.1")  # fmt: skip
    for number, answer in enumerate(ConfirmationAnswer):
        Confirmation.objects.create(practice=fresh, year=2020 + number).take(answer)
    a_report(fresh)
    a_report(fresh, Problem.LINK).close(somebody("Curator"), "mended")
    a_question(fresh, curators_at=F("sent_at"))
    a_question(fresh, relayed_at=F("sent_at"))
    answered = {"answer": "So.", "answered_at": F("sent_at")}
    a_question(fresh, may_join=True, may_be_shown=True, **answered)
    a_question(fresh, may_join=True, **answered)
    for about in (given_up(fresh), given_up(a_practice("Silent"), days=9)):
        assert about.is_given_up
    assert not given_up(a_practice("Waits"), days=4).is_given_up
    assert given_up(a_practice("Seen to"), days=31).is_given_up
    Source.objects.filter(practice=fresh).update(broken_since=date(2026, 3, 4))


def test_every_figure_is_the_length_of_the_list_behind_it(curator, much):
    found = waiting(curator)
    assert {label: one.count for label, one in found.items() if one.count} == {
        "Practices due for confirmation": 1,
        "Practices whose e-mail address bounced": 1,
        "Practices whose e-mails could not be delivered": 2,
        "Answers from cities to deal with": 2,
        "Reports that dispute an entry: check within 72 hours": 1,
        "Unanswered questions": 1,
        "Answers that may be shown": 1,
        "Broken links": 1,
    }
    for one in found.values():
        assert len(listed(curator, one.url)) == one.count
        assert (one.oldest is None) == (one.count == 0)


def test_a_letter_that_was_given_up_waits_until_its_mailbox_has_another_address(curator):
    """Nobody refused it: only the tries ended."""
    practice = a_practice()
    letter = given_up(practice)
    page = reverse("admin:practices_practice_change", args=[practice.pk])
    assert "Given up: no server took it" in curator.get(page).text
    found = waiting(curator)["Practices whose e-mails could not be delivered"]
    assert (found.count, found.oldest, listed(curator, found.url)) == (1, letter.posted_at, [practice])
    letter.route.email = "office@amman.example"
    letter.route.save()
    assert waiting(curator)["Practices whose e-mails could not be delivered"].count == 0
    assert listed(curator, found.url) == []


def test_the_longest_waiting_stands_first(curator, much):
    upkeep = [one.oldest for one in waiting(curator).values() if one.count and one.rank == Rank.UPKEEP]
    assert len(upkeep) > 3 and upkeep == sorted(upkeep)
    due = listed(curator, waiting(curator)["Practices due for confirmation"].url)
    assert [one.confirmed_at for one in due] == sorted(one.confirmed_at for one in due)


def test_the_start_page_stays_under_twelve_statements_with_5000_entries(curator, much, django_assert_max_num_queries):
    city = City.objects.first()
    Practice.objects.bulk_create(
        Practice(
            slug=f"many-{number}", city=city, title="Parks", summary="Parks.", themes=["housing"], instrument="space"
        )
        for number in range(MANY)
    )
    curator.get(reverse("admin:index"))
    with django_assert_max_num_queries(11):
        assert curator.get(reverse("admin:index")).status_code == 200


def test_those_who_only_look_are_told_nothing_of_what_the_public_wrote(much):
    found = waiting(at_the_desk(somebody("Viewer")))
    assert "Practices due for confirmation" in found and not [label for label in found if "eport" in label]
    assert "Unanswered questions" not in found and "Answers from cities to deal with" not in found


# --- deciding -------------------------------------------------------------------------------


def test_an_answer_of_a_city_is_settled(curator):
    confirmation = an_asked()
    confirmation.take(ConfirmationAnswer.CHANGED, "New hours.")
    assert "New hours." in curator.get(page_of(confirmation)).content.decode()
    Practice.objects.update(results="New hours.")
    assert press(curator, confirmation, "settle") == ["The answer is closed."]
    confirmation.refresh_from_db()
    assert confirmation.decided_by and buttons(curator, confirmation) == ["reopen"]


def test_a_report_is_marked_and_closed_with_an_outcome(curator):
    report = a_report(a_practice())
    assert buttons(curator, report) == ["take_up", "close"]
    assert press(curator, report, "take_up") == ["The entry is shown as under review."]
    assert press(curator, report, "close") == ["Select the outcome."]
    assert press(curator, report, "close", outcome="mended") == ["The report is closed."]
    report.refresh_from_db()
    assert report.closed_by and report.outcome == "mended"
    assert buttons(curator, report) == ["reopen"]
    assert press(curator, report, "reopen") == ["The report is open again."]
    assert buttons(curator, report) == ["close"]


def test_a_reply_is_shown_as_the_curator_words_it(curator, client):
    report = a_report(a_practice(), Problem.REPLY)
    assert press(curator, report, "close", outcome="replied") == ["Write the reply as it should be shown."]
    press(curator, report, "close", outcome="replied", public_reply="We have doubled the places.")
    assert "We have doubled the places." in client.get(report.practice.get_absolute_url()).content.decode()


def test_a_curator_answers_what_no_city_answered(curator):
    enquiry = a_question(confirmed(a_practice(), days=1), curators_at=F("sent_at"))
    enquiry.asker = type(enquiry).asker.related.related_model.objects.create(enquiry=enquiry, email="a@reader.example")
    assert press(curator, enquiry, "answer") == ["This cannot be empty."]
    assert press(curator, enquiry, "answer", answer="Ask the library.") == ["The answer has been sent."]
    (mail,) = letters()
    assert mail.to == ["a@reader.example"] and "library" not in mail.body
    assert "a@reader.example" not in curator.get(page_of(enquiry)).content.decode()


def test_an_answer_joins_the_entry_in_the_curators_words(curator, client):
    enquiry = a_question(a_practice(), answer="So.", answered_at=F("sent_at"), may_join=True, may_be_shown=True)
    assert buttons(curator, enquiry) == ["join", "close"]
    assert press(curator, enquiry, "join", public_question="How, in short?") == [
        "Question and answer are shown with the entry."
    ]
    page = client.get(enquiry.practice.get_absolute_url()).content.decode()
    assert "How, in short?" in page and "So." in page
    assert buttons(curator, enquiry) == ["correct", "close"]
    assert press(curator, enquiry, "correct") == ["Nothing was done: the words are the same as before."]
    said = press(curator, enquiry, "correct", public_question="How did it begin?", public_answer="With a park.")
    assert said == ["The corrected question and answer are shown with the entry."]
    page = client.get(enquiry.practice.get_absolute_url()).content.decode()
    assert "How did it begin?" in page and "With a park." in page and "in short" not in page
    assert "“How, in short?” “So.”" in LogEntry.objects.first().get_change_message()
    assert press(curator, enquiry, "close") == ["The question is closed; none of it is shown."]
    assert "How, in short?" not in client.get(enquiry.practice.get_absolute_url()).content.decode()


def test_a_late_button_says_so_and_changes_nothing(curator):
    report = a_report(a_practice())
    fields = form_of(curator, page_of(report)) | {"_act_take_up": "x"}
    curator.post(page_of(report), fields)
    before = Report.objects.values().get()
    answer = curator.post(page_of(report), fields)
    assert "Nothing was done: it is already marked." in answer.content.decode()
    assert Report.objects.values().get() == before


def test_without_a_button_nothing_is_decided_and_no_words_reach_the_log(curator):
    report = a_report(a_practice())
    curator.post(page_of(report), {"outcome": "mended"})
    assert Report.objects.get().closed_at is None
    press(curator, report, "close", outcome="nothing")
    assert LogEntry.objects.exists()
    assert not [entry for entry in LogEntry.objects.all() if report.text in entry.object_repr + entry.change_message]


@pytest.mark.parametrize("role", ["Viewer", "Translator"])
def test_others_do_not_get_in(role):
    report = a_report(a_practice())
    client = at_the_desk(somebody(role))
    assert client.get(page_of(report)).status_code == 403
    assert client.post(page_of(report), {"_act_close": "x", "outcome": "mended"}).status_code == 403


def test_an_old_answer_does_not_wait_for_ever(curator):
    confirmation = an_asked()
    confirmation.take(ConfirmationAnswer.STILL_RIGHT)
    Confirmation.objects.update(answered_at=F("answered_at") - timedelta(days=3))
    assert waiting(curator)["Answers from cities to deal with"].count == 0


def test_what_a_city_says_by_telephone_is_recorded_with_who_said_so(curator):
    practice = confirmed(a_practice(), days=800)
    Practice.objects.filter(pk=practice.pk).update(published_at=F("confirmed_at"))
    assert "no e-mail address speaks for the city" in act(curator, "confirm", practice, why="Somebody, by telephone")[0]
    a_route(practice)
    assert waiting(curator)["Practices due for confirmation"].count == 1
    assert act(curator, "confirm", practice) == ["Nothing was done: give a reason in the field “Why”."]
    said = act(curator, "confirm", practice, why="The Integration Office, by telephone")
    assert said[-1] == "1 practice is confirmed now."
    assert waiting(curator)["Practices due for confirmation"].count == 0
    event = practice.review_events.last()
    assert (event.move, event.why) == ("confirmed", "The Integration Office, by telephone") and event.by
