"""What institutions are asked about their commitments every year, what their answers show, and what silence shows."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone

from pledges.followup.reminders import remind_about_commitments
from pledges.followup.yearly import ask_about_commitments
from pledges.models import CommitmentQuestion, SignatureLetter
from tests.pledges.deeds.making import a_commitment, asked_letter, signed
from tests.pledges.email_links.letters import link
from tests.pledges.signers import a_curator, a_published, a_verified, a_version, put_right

pytestmark = pytest.mark.django_db


def answers(signature, state="done", text="It is open.", url="https://www.amman.example/door"):
    key = signature.commitments.get().questions.get().pk
    return {f"state_{key}": state, f"text_{key}": text, f"url_{key}": url}


def test_a_signature_is_asked_after_eleven_months_and_once_a_year():
    fresh, due = signed(330), signed(340)
    assert ask_about_commitments() == 1
    assert asked_letter().signature == due and not fresh.commitments.get().questions.exists()
    assert ask_about_commitments() == 0
    CommitmentQuestion.objects.update(asked_at=F("asked_at") - timedelta(days=366), year=F("year") - 1)
    assert ask_about_commitments() == 1
    assert due.commitments.get().questions.count() == 2


def test_a_promised_day_that_is_past_is_asked_about_at_once():
    signature = a_published()
    a_commitment(signature, due=timezone.localdate() - timedelta(days=1))
    assert ask_about_commitments() == 1


@pytest.mark.parametrize("state", ["done", "dropped"])
def test_what_has_ended_is_not_asked_about_again(state):
    signature = signed(400)
    ask_about_commitments()
    signature.commitments.get().questions.get().take(state)
    CommitmentQuestion.objects.update(asked_at=F("asked_at") - timedelta(days=366), year=F("year") - 1)
    assert ask_about_commitments() == 0


def test_nobody_is_asked_about_what_does_not_stand():
    signed(400).withdraw()
    verified = a_verified()
    a_commitment(verified, due=timezone.localdate() - timedelta(days=9))
    forgotten = signed(400)
    forgotten.contact.delete()
    assert ask_about_commitments() == 0


def test_two_workers_ask_once():
    signature = signed(400)
    CommitmentQuestion.objects.ask(signature.commitments.all())
    with pytest.raises(IntegrityError), transaction.atomic():
        CommitmentQuestion.objects.ask(signature.commitments.all())
    assert CommitmentQuestion.objects.count() == 1


def test_a_reminder_comes_once_after_two_weeks_and_never_after_an_answer():
    silent, prompt = signed(400), signed(400)
    ask_about_commitments()
    prompt.commitments.get().questions.get().take("under-way")
    assert remind_about_commitments() == 0
    CommitmentQuestion.objects.update(asked_at=Now() - timedelta(days=15))
    SignatureLetter.objects.update(posted_at=Now() - timedelta(days=15))
    assert remind_about_commitments() == 1
    assert asked_letter("commitments_reminder").signature == silent
    assert remind_about_commitments() == 0


def test_it_is_asked_in_the_language_of_the_text_that_was_signed():
    signed(400, version=a_version(language="es"))
    ask_about_commitments()
    assert asked_letter().language == "es"


def test_the_answer_shows_its_state_at_once_and_its_words_after_a_curator(client):
    signature = signed(400)
    ask_about_commitments()
    page = client.get(signature.get_absolute_url())
    assert "We asked the city; there is no answer yet." in page.text
    address = link(asked_letter(), "report_progress")
    before = list(CommitmentQuestion.objects.values())
    assert "Open one door." in client.get(address).text
    assert list(CommitmentQuestion.objects.values()) == before, "opening the page changes nothing"
    answer = client.post(address, answers(signature))
    assert answer["Location"] == reverse("done", args=["reported"])
    page = client.get(signature.get_absolute_url()).text
    assert ">Done</b>" in page and "It is open." not in page and "amman.example/door" not in page
    question = CommitmentQuestion.objects.get()
    assert question.waits and question.accept(a_curator())
    for shown in (signature.get_absolute_url(), signature.city.get_absolute_url()):
        page = client.get(shown).text
        assert "It is open." in page and "https://www.amman.example/door" in page
    assert question.refuse(a_curator())
    assert "It is open." not in client.get(signature.get_absolute_url()).text


def test_pressing_twice_answers_once_and_says_the_same(client):
    signature = signed(400)
    ask_about_commitments()
    address = link(asked_letter(), "report_progress")
    first, second = (client.post(address, answers(signature)) for _ in range(2))
    assert first["Location"] == second["Location"] == reverse("done", args=["reported"])
    assert client.post(address, answers(signature, state="dropped")).status_code == 410
    assert CommitmentQuestion.objects.get().state == "done"


def test_an_answer_without_a_choice_is_asked_again_and_nothing_typed_is_lost(client):
    signature = signed(400)
    ask_about_commitments()
    page = client.post(link(asked_letter(), "report_progress"), answers(signature, state=""))
    assert page.status_code == 422 and "It is open." in page.text
    assert CommitmentQuestion.objects.unanswered().count() == 1


def test_who_has_answered_by_one_link_cannot_answer_by_another(client):
    signature = signed(400)
    ask_about_commitments()
    CommitmentQuestion.objects.update(asked_at=Now() - timedelta(days=15))
    SignatureLetter.objects.update(posted_at=Now() - timedelta(days=15))
    remind_about_commitments()
    client.post(link(asked_letter("commitments_reminder"), "report_progress"), answers(signature))
    page = client.post(link(asked_letter(), "report_progress"), answers(signature, state="dropped"))
    assert page.status_code == 409
    assert CommitmentQuestion.objects.get().state == "done"


def test_a_correction_keeps_the_story_of_its_commitments():
    signature = signed(400)
    ask_about_commitments()
    signature.commitments.get().questions.get().take("under-way", "Half open.")
    corrected = put_right(signature)
    assert corrected.commitments.get().questions.get().text == "Half open."
    assert ask_about_commitments() == 0


def test_links_sent_before_a_correction_lead_to_it(client):
    signature = signed(400)
    ask_about_commitments()
    corrected = put_right(signature)
    answer = client.post(link(asked_letter(), "report_progress"), answers(corrected))
    assert answer["Location"] == reverse("done", args=["reported"])
    assert corrected.commitments.get().questions.get().text == "It is open."


def test_each_letter_asks_what_was_open_when_it_left(client):
    signature = signed(100)
    signature.commitments.all().delete()
    first, second = (a_commitment(signature, text=text, due=timezone.localdate()) for text in ("One.", "Two."))
    for commitment, days in ((first, 15), (second, 3)):
        CommitmentQuestion.objects.ask([commitment])
        commitment.questions.update(asked_at=Now() - timedelta(days=days))
    remind_about_commitments()
    page = link(asked_letter("commitments_reminder"), "report_progress")
    text = client.get(page).text
    assert "One." in text and "Two." in text
    second.questions.get().take("done")
    text = client.get(page).text
    assert "One." in text and "Two." not in text
    drawn_before = {f"{name}_{row.questions.get().pk}": value for row in (first, second)
        for name, value in {"state": "under-way", "text": "", "url": ""}.items()}  # fmt: skip
    assert client.post(page, drawn_before)["Location"] == reverse("done", args=["reported"])
    assert [row.questions.get().state for row in (first, second)] == ["under-way", "done"]
