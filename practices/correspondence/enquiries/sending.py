"""How a question to a city travels, with the letters that carry it. Each step is one transaction."""

from django.db import transaction
from django.utils import translation

from citysolidarity.desk.transitions import TransitionNotAllowed
from practices.correspondence import emails
from practices.correspondence.limits import QUESTIONS, QUESTIONS_LINE
from practices.models import ContactRoute, Enquiry
from practices.models.correspondence.contact import ContactRole

LETTER_FOR = {ContactRole.ROLE: emails.question_for_role, ContactRole.DEPUTY: emails.question_for_deputy}


def confirm(enquiry: Enquiry) -> None:
    """The asker pressed the button: the question leaves for the city. Raises TransitionNotAllowed."""
    with transaction.atomic():
        send_to(enquiry, enquiry.confirm())


def send_to(enquiry: Enquiry, route: ContactRoute | None) -> None:
    """Posts the letter to a mailbox; without one the curators find the question at their desk.

    The eleventh of a day waits for the next; where a week's worth waits, the curators have it, too.
    """
    if route is None:
        return
    wait = QUESTIONS.reserve(str(enquiry.practice_id), line=QUESTIONS_LINE)
    if wait is None:
        enquiry.give_to_curators()
    else:
        emails.post_to(route, LETTER_FOR[route.seat], enquiry, wait)


def pass_on_questions() -> int:
    """Passes on what nobody answered for a week, or what bounced; returns how many."""
    return sum(map(pass_on, list(Enquiry.objects.to_pass_on().select_related("practice"))))


def pass_on(enquiry: Enquiry) -> bool:
    try:
        with transaction.atomic():
            send_to(enquiry, enquiry.pass_on())
    except TransitionNotAllowed:
        return False
    return True


def answer(enquiry: Enquiry, text: str, *, may_join: bool = False) -> None:
    """Takes the answer and tells the asker, unless they have been erased. Raises TransitionNotAllowed."""
    with transaction.atomic():
        enquiry.take_answer(text, may_join=may_join)
        if Enquiry.objects.filter(pk=enquiry.pk, asker__isnull=False).exists():
            with translation.override(enquiry.language):
                emails.answer_for_asker.post(enquiry)
