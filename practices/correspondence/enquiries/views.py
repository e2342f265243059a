"""Ask the city behind an entry."""

from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from citysolidarity.http.private_pages import private
from citysolidarity.mail.letter import seconds_to_wait
from citysolidarity.mail.tokens import TokenStatus
from practices.correspondence import emails
from practices.correspondence.email_links import LINKS
from practices.correspondence.enquiries.forms import AnswerForm, AskJourney
from practices.correspondence.enquiries.sending import answer, confirm
from practices.correspondence.limits import ASK_POSTS
from practices.correspondence.public_form import PublicForm, take_message
from practices.models import Asker, Enquiry, PracticeLetter
from practices.models.correspondence.letter import Purpose


@private
def answer_question(request, token):
    """Shows the question, without a word about who asked; the button sends the answer."""
    return LINKS.follow(
        request,
        token,
        Purpose.ANSWER_QUESTION,
        lambda enquiry, facts: answer(enquiry, **facts),
        done="answered",
        form=AnswerForm,
    )


@private
def confirm_question(request, token):
    return LINKS.follow(request, token, Purpose.CONFIRM_QUESTION, confirm, done="sent-on")


@private
@require_safe
def read_answer(request, token):
    opened = PracticeLetter.objects.open(token, Purpose.READ_ANSWER)
    if opened.verdict is not TokenStatus.GOOD:
        return LINKS.dead_end(request, token, opened, Purpose.READ_ANSWER)
    return render(request, "practices/correspondence/read_answer.html", LINKS.facts_about(opened))


@private
def practice_ask(request, slug):
    """Takes a question; it leaves for the city once its asker has pressed the button of a letter."""
    return take_message(request, slug, PublicForm(AskJourney, "ask", Enquiry, count, record, "asked"))


def count(request, facts) -> None:
    ASK_POSTS.count(request)


def record(entry, journey, facts) -> Enquiry:
    email = facts.pop("email")
    enquiry = Enquiry.accepted(journey.stamp.key, journey.answers, practice=entry, language=get_language(), **facts)
    Asker.objects.create(enquiry=enquiry, email=email)
    wait = seconds_to_wait("ask", email)
    if wait is not None:
        emails.confirm_question.post(enquiry, wait=wait)
    return enquiry
