"""Ask the city behind an entry."""

from django.db import transaction
from django.utils.translation import get_language

from citysolidarity.letters import LETTERS
from citysolidarity.private import private
from citysolidarity.throttle import address_block
from practices import emails
from practices.forms.ask import AskWay
from practices.limits import ASK_POSTS, QUESTIONS
from practices.models import Asker, Enquiry
from practices.views.writing import Writing, write


@private
def practice_ask(request, slug):
    """Takes a question; it leaves for the city once its asker has pressed the button of a letter."""
    return write(request, slug, Writing(AskWay, "practice_ask", Enquiry, wait, record, "asked"))


def wait(request, entry, facts) -> int:
    """For each block of addresses, each mailbox, and each entry."""
    return ASK_POSTS.take(address_block(request)) or LETTERS.take(facts["email"]) or QUESTIONS.take(str(entry.pk))


def record(entry, way, facts) -> Enquiry:
    """The question, where its answer goes, and the letter that asks for a button, together."""
    email = facts.pop("email")
    with transaction.atomic():
        enquiry = Enquiry.accepted(way.stamp.key, way.answers, practice=entry, language=get_language(), **facts)
        Asker.objects.create(enquiry=enquiry, email=email)
        emails.confirm_question.post(enquiry)
    return enquiry
