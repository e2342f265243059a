"""The letters about practices, one function each, named like its templates in templates/email.

A function takes what the letter is about at the moment of sending and gives the template what it needs besides the
links. Nothing that the public typed goes into a letter: whoever fills in a form could otherwise write to strangers
through us. An entry's title was decided on by a curator.
"""

from django.conf import settings
from django.tasks import task
from django.urls import reverse

from citysolidarity.postbox import QUEUE, Postbox
from practices.models import Confirmation, Enquiry, PracticeLetter
from practices.tokens import Purpose


@task(queue_name=QUEUE)
def send_letter(letter_id: str) -> None:
    """Sends one letter of the outbox; raises mail.TryAgain."""
    POSTBOX.send(letter_id)


POSTBOX = Postbox(PracticeLetter, send_letter)


def facts_of(practice) -> dict:
    """What every letter may say of an entry."""
    return {
        "entry": practice.title,
        "city": practice.city.name,
        "page": settings.SITE_URL + practice.get_absolute_url(),
    }


def is_open(confirmation: Confirmation) -> bool:
    """Whether the yearly question still has a sense."""
    return confirmation.answered_at is None and confirmation.practice.state in ("public", "ended")


@POSTBOX.letter(Purpose.CONFIRM_ENTRY, suits=is_open)
def still_right(confirmation):
    """Asks the office once a year whether its entry is still right."""
    return facts_of(confirmation.practice)


@POSTBOX.letter(Purpose.CONFIRM_ENTRY, suits=is_open)
def still_right_reminder(confirmation):
    """The same again, after 14 days without an answer."""
    return facts_of(confirmation.practice)


@POSTBOX.letter(Purpose.CONFIRM_ENTRY, suits=is_open)
def still_right_link(confirmation):
    """A fresh link, for whoever asked for it on the page of the old one."""
    return facts_of(confirmation.practice)


def is_wanted(enquiry: Enquiry) -> bool:
    """Whether a question still waits for its answer."""
    return enquiry.is_unanswered


@POSTBOX.letter(Purpose.CONFIRM_QUESTION, suits=lambda enquiry: not (enquiry.confirmed_at or enquiry.closed_at))
def confirm_question(enquiry):
    """Asks whoever wrote a question to press a button, before it goes to the city."""
    return facts_of(enquiry.practice)


@POSTBOX.letter(Purpose.ANSWER_QUESTION, suits=is_wanted)
def question_for_role(enquiry):
    """Says to the role's mailbox that a question waits; the question stands on the page behind the link."""
    return facts_of(enquiry.practice)


@POSTBOX.letter(Purpose.ANSWER_QUESTION, suits=is_wanted)
def question_for_deputy(enquiry):
    """The same to the deputy, when the role's mailbox did not answer."""
    return facts_of(enquiry.practice)


@POSTBOX.letter(Purpose.ANSWER_QUESTION, suits=is_wanted)
def question_link(enquiry):
    """A fresh link, for whoever asked for it on the page of the old one."""
    return facts_of(enquiry.practice)


@POSTBOX.letter(Purpose.READ_ANSWER)
def answer_for_asker(enquiry):
    """Says to the asker that there is an answer; it stands on the page behind the link."""
    return facts_of(enquiry.practice)


@POSTBOX.letter(suits=lambda report: report.closed_at is None)
def under_review(report):
    """Says to the role's mailbox that its entry is marked, and where to reply; not what was reported, nor by whom."""
    reply = settings.SITE_URL + reverse("practice_report", args=[report.practice.slug])
    return facts_of(report.practice) | {"reply": reply}
