"""The letters about what cities send, one function each, named like its templates in templates/email.

Nothing that was typed goes into a letter: whoever fills in a form could otherwise write to strangers through us.
"""

from django.conf import settings
from django.tasks import task
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from citysolidarity.mail.postbox import QUEUE, EmailRegistry
from citysolidarity.mail.texts import CONTACT, LINK, NOTE, Variable
from practices.models import SubmissionLetter
from practices.models.entries.review import Move
from practices.models.sharing.letter import SharingPurpose
from practices.models.sharing.submission import Refusal, SubmissionKind


@task(queue_name=QUEUE)
def send_letter(letter_id: str) -> None:
    """Raises mail.TryAgain."""
    REGISTRY.send(letter_id)


VARIABLES = {
    "share_resume_link": Variable(_("the page that opens the answers again"), LINK, is_needed=True),
    "submission_link": Variable(_("the page that shows where the submission stands"), LINK, is_needed=True),
    "reference": Variable(_("the reference of the submission"), "P-7K3M-2QXD"),
    "page": Variable(
        _("the public page of the entry, nothing while it is not public"),
        "https://cities.example/en/practices/gardens/",
    ),
    "note": NOTE,
    "contact": CONTACT,
}
REGISTRY = EmailRegistry(SubmissionLetter, send_letter, _("Practices that cities share"), VARIABLES)


def page_of(submission) -> str:
    """The public page of the entry that came of it; "" while there is none."""
    entry = submission.practice
    is_public = entry is not None and entry.state in ("public", "ended")
    return settings.SITE_URL + entry.get_absolute_url() if is_public else ""


def in_state(*states: str):
    return lambda submission: submission.state in states


REFUSED = {code.value: format_lazy("{}: {}", _("A submission is refused"), code.label) for code in Refusal}


@REGISTRY.letter(SharingPurpose.RESUME, suits=in_state("begun"), when=_("A link to go on later was asked for"))
def submission_draft(submission):
    return {}


@REGISTRY.letter(
    SharingPurpose.STATUS, suits=in_state("waiting", "asked"), when=_("A practice or a correction was sent")
)
def submission_received(submission):
    return {"reference": submission.reference}


@REGISTRY.letter(
    SharingPurpose.STATUS, suits=in_state("waiting", "asked"), when=_("A curator sends the link to a submission again")
)
def submission_again(submission):
    return {"reference": submission.reference}


@REGISTRY.letter(SharingPurpose.STATUS, suits=in_state("asked"), when=_("A curator asks the sender"))
def submission_question(submission):
    return {"reference": submission.reference}


@REGISTRY.letter(
    SharingPurpose.STATUS,
    suits=in_state("accepted"),
    when={"": _("A practice is accepted"), "update": _("A correction is accepted")},
)
def submission_accepted(submission):
    is_update = submission.kind == SubmissionKind.UPDATE
    return {"variant": "update" if is_update else "", "page": page_of(submission)}


@REGISTRY.letter(SharingPurpose.STATUS, suits=page_of, when=_("An entry made of a practice is public"))
def submission_published(submission):
    return {"page": page_of(submission)}


@REGISTRY.letter(SharingPurpose.STATUS, suits=in_state("refused"), when=REFUSED)
def submission_refused(submission):
    return {
        "variant": submission.refusal,
        "note": submission.refusal_note,
        "contact": settings.SITE_URL + reverse("about_contact"),
    }


@REGISTRY.letter(
    SharingPurpose.STATUS, suits=in_state("waiting", "asked"), when=_("A decision about a submission was taken back")
)
def submission_reopened(submission):
    """A decision that the city was told of is taken back."""
    return {"reference": submission.reference}


@REGISTRY.letter(SharingPurpose.STATUS, suits=in_state("withdrawn"), when=_("The sender has taken a submission back"))
def submission_withdrawn(submission):
    return {"reference": submission.reference}


def tell_the_city(instance, created, **kwargs) -> None:
    """Posts ``submission_published`` once the entry made of a submission is public; a receiver of each move's event.

    What the city wrote itself, as curators have seen by its mailbox, it need not confirm on the same day.
    """
    if not created or instance.by_id is None or instance.move != Move.PUBLISHED:
        return
    submissions = instance.practice.submissions.exclude(kind=SubmissionKind.UPDATE).exclude(email="")
    for submission in submissions.exclude(letters__name=submission_published.name):
        if submission.confirms_at:
            instance.practice.confirm(at=submission.sent_at)
        submission_published.post(submission, language=submission.language)
