"""How a question to a city travels, with the letters that carry it. Each step is one transaction."""

from django.db import transaction
from django.utils import translation

from practices import emails
from practices.models import ContactRoute, Enquiry
from practices.models.asked import MovedOn
from practices.models.route import Seat

LETTERS = {Seat.ROLE: emails.question_for_role, Seat.DEPUTY: emails.question_for_deputy}


def confirm(enquiry: Enquiry) -> None:
    """The asker pressed the button: the question leaves for the city. Raises MovedOn."""
    with transaction.atomic():
        carry(enquiry, enquiry.confirm())


def carry(enquiry: Enquiry, route: ContactRoute | None) -> None:
    """Posts the letter to a mailbox; without one the curators find the question at their desk."""
    if route:
        with translation.override(route.letters_in):
            LETTERS[route.seat].post(enquiry, route=route)


def pass_on_questions() -> int:
    """Passes on what nobody answered for a week, or what bounced; returns how many."""
    return sum(map(passed_on, list(Enquiry.objects.to_pass_on().select_related("practice"))))


def passed_on(enquiry: Enquiry) -> bool:
    """Passes one question on; False where it was answered in the meantime."""
    try:
        with transaction.atomic():
            carry(enquiry, enquiry.pass_on())
    except MovedOn:
        return False
    return True


def answer(enquiry: Enquiry, text: str, *, may_join: bool = False) -> None:
    """Takes the answer and tells the asker, unless they have been erased. Raises MovedOn."""
    with transaction.atomic():
        enquiry.take_answer(text, may_join=may_join)
        if Enquiry.objects.filter(pk=enquiry.pk, asker__isnull=False).exists():
            with translation.override(enquiry.language):
                emails.answer_for_asker.post(enquiry)
