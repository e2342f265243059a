"""The letters about practices, one function each, named like its templates in templates/email.

A function takes what the letter is about at the moment of sending and gives the template what it needs besides the
links. Nothing that the public typed goes into a letter: whoever fills in a form could otherwise write to strangers
through us. An entry's title was decided on by a curator.
"""

from django.conf import settings
from django.tasks import task
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from citysolidarity.mail.postbox import QUEUE, EmailRegistry
from citysolidarity.mail.texts import LINK, UNTIL, Variable
from practices.models import Confirmation, ContactRoute, Enquiry, PracticeLetter
from practices.models.correspondence.letter import Purpose


@task(queue_name=QUEUE)
def send_letter(letter_id: str) -> None:
    """Raises mail.TryAgain."""
    REGISTRY.send(letter_id)


VARIABLES = {
    "entry": Variable(_("the title of the entry"), "Gardens that neighbours share"),
    "city": Variable(_("the city, as the directory names it"), "L’Aquila, Italy"),
    "page": Variable(_("the public page of the entry"), "https://cities.example/en/practices/gardens/"),
    "confirm_entry_link": Variable(_("the page on which the office answers"), LINK, is_needed=True),
    "confirm_mailbox_link": Variable(_("the page with the button that confirms the address"), LINK, is_needed=True),
    "confirm_question_link": Variable(_("the page with the button that sends the question"), LINK, is_needed=True),
    "answer_question_link": Variable(_("the page with the question and a box for the answer"), LINK, is_needed=True),
    "read_answer_link": Variable(_("the page with the answer"), LINK, is_needed=True),
    "confirm_report_link": Variable(_("the page with the button that confirms the report"), LINK, is_needed=True),
    "reply": Variable(_("the page on which the city writes its reply"), LINK, is_needed=True),
    **UNTIL,
}
REGISTRY = EmailRegistry(PracticeLetter, send_letter, _("Questions, reports and yearly questions"), VARIABLES)


def post_to(route: ContactRoute, letter, subject, wait: float = 0) -> None:
    """Posts a letter to a mailbox, in its language; it leaves in ``wait`` seconds."""
    with translation.override(route.letters_in):
        letter.post(subject, route=route, wait=wait)


def facts_of(practice) -> dict:
    return {
        "entry": practice.title,
        "city": practice.city.full_name,
        "page": settings.SITE_URL + practice.get_absolute_url(),
    }


def is_unanswered(enquiry: Enquiry) -> bool:
    return enquiry.is_unanswered


def is_open(confirmation: Confirmation) -> bool:
    return confirmation.answered_at is None and confirmation.practice.state in ("public", "ended")


@REGISTRY.letter(Purpose.CONFIRM_ENTRY, suits=is_open, when=_("The yearly question: is the entry still right?"))
def still_right(confirmation):
    return facts_of(confirmation.practice)


@REGISTRY.letter(Purpose.CONFIRM_ENTRY, suits=is_open, when=_("The yearly question had no answer for two weeks"))
def still_right_reminder(confirmation):
    return facts_of(confirmation.practice)


@REGISTRY.letter(Purpose.CONFIRM_ENTRY, suits=is_open, when=_("A new link to the yearly question was asked for"))
def still_right_link(confirmation):
    return facts_of(confirmation.practice)


@REGISTRY.letter(
    Purpose.CONFIRM_MAILBOX,
    suits=lambda route: route.mailbox_confirmed_at is None,
    when=_("An e-mail address is to answer for an entry"),
)
def confirm_mailbox(route):
    return facts_of(route.practice)


@REGISTRY.letter(
    Purpose.CONFIRM_QUESTION,
    suits=lambda enquiry: not (enquiry.confirmed_at or enquiry.closed_at),
    when=_("A question to a city was sent, and has to be confirmed"),
)
def confirm_question(enquiry):
    return facts_of(enquiry.practice)


@REGISTRY.letter(
    Purpose.ANSWER_QUESTION, suits=is_unanswered, when=_("A question goes to the office that answers for the entry")
)
def question_for_role(enquiry):
    return facts_of(enquiry.practice)


@REGISTRY.letter(
    Purpose.ANSWER_QUESTION,
    suits=is_unanswered,
    when=_("The office has not answered, and the question goes to its deputy"),
)
def question_for_deputy(enquiry):
    return facts_of(enquiry.practice)


@REGISTRY.letter(Purpose.ANSWER_QUESTION, suits=is_unanswered, when=_("A new link to a question was asked for"))
def question_link(enquiry):
    return facts_of(enquiry.practice)


@REGISTRY.letter(Purpose.READ_ANSWER, when=_("A question was answered"))
def answer_for_asker(enquiry):
    return facts_of(enquiry.practice)


@REGISTRY.letter(
    Purpose.CONFIRM_REPORT,
    suits=lambda report: report.closed_at is None and report.mailbox_confirmed_at is None,
    when=_("A problem was reported, and has to be confirmed"),
)
def confirm_report(report):
    return facts_of(report.practice)


@REGISTRY.letter(suits=lambda report: report.closed_at is None, when=_("An entry is marked as under review"))
def under_review(report):
    """Says to the role's mailbox that its entry is marked, and where to reply; not what was reported, nor by whom."""
    reply = settings.SITE_URL + reverse("practice_report", args=[report.practice.slug])
    return facts_of(report.practice) | {"reply": reply}
