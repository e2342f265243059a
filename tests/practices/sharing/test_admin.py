"""What cities sent, at the desk: what waits, how it would look, and what a curator can do with it."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.db.models import F
from django.urls import reverse

from practices.models import City, Confirmation, Practice, Submission
from practices.models.entries.version import Version
from tests.desk import desk
from tests.letters import work
from tests.people import a_city, a_practice
from tests.practices.sharing.sharers import a_submission

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("athens")]


@pytest.fixture
def submission():
    return a_submission()


def page_of(submission):
    return desk("submission", "change", submission.pk)


def do(client, submission, act, **facts):
    """Presses the button of an act; what was said."""
    answer = client.post(page_of(submission), {"act": act} | facts, follow=True)
    submission.refresh_from_db()
    return [str(message) for message in answer.context["messages"]]


def letters(submission):
    return list(submission.letters.order_by("posted_at").values_list("name", flat=True))


def test_what_waits_stands_on_the_start_page_the_oldest_first(admin_client, submission):
    asked = a_submission(title="Another practice")
    asked.ask(User.objects.get(), "Who pays?")
    Submission.begin("key of a draft", {}, email="a@athens.example", language="en")
    waiting = {str(one.label): one for one in admin_client.get(reverse("admin:index")).context["waiting"]}
    for label, title in (
        ("Submissions to read", submission.title), ("Submissions waiting for an answer from the city", asked.title),
    ):  # fmt: skip
        assert waiting[label].count == 1
        listed = admin_client.get(waiting[label].url).context["cl"].result_list
        assert [one.title for one in listed] == [title]
    assert len(admin_client.get(desk("submission")).context["cl"].result_list) == 2, "what is only begun is private"


def test_a_letter_that_bounced_is_seen_to(admin_client, submission):
    submission.letters.get().mark_bounced("550 5.1.1")
    waiting = {str(one.label): one for one in admin_client.get(reverse("admin:index")).context["waiting"]}
    found = waiting["Submissions whose e-mails did not arrive"]
    assert found.count == 1
    assert list(admin_client.get(found.url).context["cl"].result_list) == [submission]
    assert "550 5.1.1" in admin_client.get(page_of(submission)).text


def test_its_page_says_everything_and_the_preview_leaves_nothing_behind(admin_client, submission):
    page = admin_client.get(page_of(submission)).text
    for said in (submission.title, "Athens, Greece", "integration@athens.example", "Evening visits were given up."):
        assert said in page
    preview = admin_client.get(desk("submission", "preview", submission.pk)).text
    assert f'<h1 lang="en" dir="ltr">{submission.title}</h1>' in preview and "What did not work" in preview
    assert not Practice.objects.exists() and not City.objects.exists() and not Version.objects.exists()


def test_accepting_makes_a_draft_with_its_sources(admin_client, submission):
    answer = admin_client.post(page_of(submission), {"act": "accept"})
    entry = Practice.objects.get()
    assert answer["Location"] == desk("practice", "change", entry.pk)
    submission.refresh_from_db()
    assert (submission.state, submission.practice, entry.state) == ("accepted", entry, "draft")
    assert (entry.title, entry.city.name, entry.lead) == (submission.title, "Athens", "Integration Office")
    assert (entry.themes, entry.partners, entry.cost_currency) == (
        ["welcome", "housing"],
        ["A church", "A school"],
        "EUR",
    )
    source = entry.sources.get()
    assert (source.url, source.publisher) == ("https://www.athens.example/report", "City of Athens")
    assert not entry.routes.exists() and submission.speaks_since is None, "nothing was ticked"
    assert letters(submission) == ["submission_received", "submission_accepted"]
    assert "draft" not in admin_client.get(page_of(submission)).context["state"]


def test_the_city_is_told_when_its_entry_is_public(admin_client, submission):
    do(admin_client, submission, "accept")
    entry = Practice.objects.get()
    for move in ("submitted", "published"):
        admin_client.post(desk("practice", "review", entry.pk), {"move": move})
    work()
    [told] = [message for message in mail.outbox if message.subject == "Your practice is now public"]
    assert entry.get_absolute_url() in told.body
    assert letters(submission)[-1] == "submission_published"
    entry.refresh_from_db()
    assert entry.freshness == "unconfirmed", "nobody has shown that it was the city"


def test_two_practices_of_one_name_get_addresses_of_their_own(admin_client, submission):
    do(admin_client, submission, "accept")
    do(admin_client, a_submission(), "accept")
    assert sorted(Practice.objects.values_list("slug", flat=True)) == [
        "neighbours-help-new-families-settle-in-athens", "neighbours-help-new-families-settle-in-athens-2",
    ]  # fmt: skip
    assert City.objects.count() == 1


def test_a_question_goes_to_the_city_and_only_one_at_a_time(admin_client, submission):
    assert do(admin_client, submission, "ask", text="Who pays?") == ["The question is on its way to the city."]
    assert submission.state == "asked" and letters(submission)[-1] == "submission_question"
    assert "Nothing was done" in do(admin_client, submission, "ask", text="And since when?")[0]
    assert do(admin_client, submission, "ask", text=" ") == []
    submission.answer("The city.")
    assert "The city." in admin_client.get(page_of(submission)).text


def test_it_is_refused_with_a_code_once(admin_client, submission):
    assert do(admin_client, submission, "refuse", code="") == []
    assert do(admin_client, submission, "refuse", code="no-source") == ["It is refused, and the city is told why."]
    assert (submission.state, submission.refusal) == ("refused", "no-source")
    assert letters(submission)[-1] == "submission_refused"
    for act in ("accept", "refuse"):
        assert "Nothing was done" in do(admin_client, submission, act, code="known")[0]
    assert not Practice.objects.exists()


# --- a correction ----------------------------------------------------------------------


@pytest.fixture
def entry():
    athens = a_city("Athens", "GR", geonames_id=264371)
    entry = a_practice("Neighbours help families", athens, slug="known", lessons="Begin early.")
    entry.refresh_from_db()
    return entry


@pytest.fixture
def correction(entry):
    return a_submission(
        alike="update:known", title=entry.title, summary="Parks, and squares.", lessons="Begin early.", area="Kypseli"
    )


def test_a_correction_is_taken_over_field_by_field(admin_client, entry, correction):
    page = admin_client.get(page_of(correction))
    assert {"summary", "area", "sources"} <= {change.name for change in page.context["changes"]}
    assert "lessons" not in {change.name for change in page.context["changes"]}
    said = do(admin_client, correction, "accept", seen_revision=entry.revision, field=["summary", "sources", "slug"])
    assert "2 of" in said[0]
    entry.refresh_from_db()
    assert (entry.summary, entry.area, entry.slug, entry.state) == ("Parks, and squares.", "", "known", "public")
    assert [source.title for source in entry.sources.all()] == ["A report", "Report 2024"]
    assert (correction.state, correction.practice) == ("accepted", entry)
    newest = entry.versions.select_related("by").first()
    assert correction.reference in newest.note and newest.by.is_superuser
    work()
    assert [message for message in mail.outbox if "the entry is up to date" in message.body]


def test_what_a_correction_leaves_empty_is_not_ticked(admin_client, entry, correction):
    Practice.objects.update(funders=["The county"])
    page = admin_client.get(page_of(correction)).text
    ticked = dict(re.findall(r'name="field" value="(\w+)"[^>]*?( checked)?>', page))
    assert ticked["summary"] and ticked["area"]
    assert ticked["funders"] == ""


def test_a_correction_can_be_declined_in_every_field(admin_client, entry, correction):
    do(admin_client, correction, "accept", seen_revision=entry.revision)
    entry.refresh_from_db()
    assert entry.summary == "Parks made with those who use them." and correction.state == "accepted"


def test_whoever_corrected_an_entry_is_not_reminded_to_confirm_it(admin_client, entry, correction):
    City.objects.update(official_domain="athens.example")
    correction.confirm_mailbox()
    Confirmation.objects.create(practice=entry, year=2026)
    Confirmation.objects.update(asked_at=F("asked_at") - timedelta(days=20))
    assert Confirmation.objects.to_remind().exists()
    entry.refresh_from_db()
    do(admin_client, correction, "accept", seen_revision=entry.revision, field=["summary"], confirms="on")
    assert not Confirmation.objects.to_remind().exists()


def test_an_entry_that_changed_meanwhile_is_looked_at_again(admin_client, entry, correction):
    seen = entry.revision
    entry.summary = "Something new."
    entry.save()
    said = do(admin_client, correction, "accept", seen_revision=seen, field=["summary"])
    assert "has changed since you looked" in said[0] and correction.is_undecided
    entry.refresh_from_db()
    assert entry.summary == "Something new."


def test_the_preview_of_a_correction_changes_nothing(admin_client, entry, correction):
    assert "Parks, and squares." in admin_client.get(desk("submission", "preview", correction.pk)).text
    entry.refresh_from_db()
    assert entry.summary == "Parks made with those who use them."


def test_a_correction_of_an_entry_that_is_gone_can_only_be_refused(admin_client, entry, correction):
    entry.delete()
    assert "is gone" in do(admin_client, correction, "accept")[0]
    assert do(admin_client, correction, "refuse", code="known")[0].startswith("It is refused")
