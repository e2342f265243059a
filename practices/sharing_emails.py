"""The letters about what cities send, one function each, named like its templates in templates/email.

Nothing that was typed goes into a letter: whoever fills in a form could otherwise write to strangers through us.
"""

from django.conf import settings
from django.tasks import task
from django.urls import reverse

from citysolidarity.postbox import QUEUE, Postbox
from practices.models import SubmissionLetter
from practices.models.review import Move
from practices.models.submission import Kind, Refusal
from practices.sharing_tokens import SharingPurpose


@task(queue_name=QUEUE)
def send_letter(letter_id: str) -> None:
    """Sends one letter of the outbox; raises mail.TryAgain."""
    POSTBOX.send(letter_id)


POSTBOX = Postbox(SubmissionLetter, send_letter)


def page_of(submission) -> str:
    """The public page of the entry that came of it; "" while there is none."""
    entry = submission.practice
    is_public = entry is not None and entry.state in ("public", "ended")
    return settings.SITE_URL + entry.get_absolute_url() if is_public else ""


def in_state(*states: str):
    """Whether a submission still stands where the letter makes sense."""
    return lambda submission: submission.state in states


@POSTBOX.letter(SharingPurpose.RESUME, suits=in_state("begun"))
def submission_draft(submission):
    """The link to go on later. After ``Submission.begin`` by the page that saves."""
    return {}


@POSTBOX.letter(SharingPurpose.STATUS, suits=in_state("waiting", "asked"))
def submission_received(submission):
    """Says that it arrived, and where the city sees how it goes on. After ``send()``."""
    return {"reference": submission.reference, "kind": submission.kind}


@POSTBOX.letter(SharingPurpose.STATUS, suits=in_state("asked"))
def submission_question(submission):
    """Says that a curator has a question. After ``ask()``."""
    return {"reference": submission.reference}


@POSTBOX.letter(SharingPurpose.STATUS, suits=in_state("accepted"))
def submission_accepted(submission):
    """Says that a curator has accepted it. After ``accept()``."""
    return {"reference": submission.reference, "kind": submission.kind, "page": page_of(submission)}


@POSTBOX.letter(SharingPurpose.STATUS, suits=page_of)
def submission_published(submission):
    """Says that the entry made of it is public, and where. After the entry was published."""
    return {"page": page_of(submission)}


@POSTBOX.letter(SharingPurpose.STATUS, suits=in_state("refused"))
def submission_refused(submission):
    """Says why, kindly, by the code. After ``refuse()``."""
    return {"refusal": Refusal(submission.refusal).value, "contact": settings.SITE_URL + reverse("about_contact")}


@POSTBOX.letter(SharingPurpose.STATUS, suits=in_state("withdrawn"))
def submission_withdrawn(submission):
    """Says that it is withdrawn. After ``withdraw()``."""
    return {"reference": submission.reference}


def tell_the_city(instance, created, **kwargs) -> None:
    """Posts ``submission_published`` once the entry made of a submission is public; a receiver of each move's event.

    What the city wrote itself it need not confirm on the same day.
    """
    if not created or instance.by_id is None or instance.move != Move.PUBLISHED:
        return
    made = instance.practice.submissions.exclude(kind=Kind.UPDATE).exclude(email="")
    for submission in made.exclude(letters__name=submission_published.name):
        instance.practice.confirm(at=submission.sent_at)
        submission_published.post(submission)
