"""The link by which the city answers a question."""

from citysolidarity.private import private
from practices.forms.ask import AnswerForm
from practices.questions import answer
from practices.tokens import Purpose
from practices.views.links import LINKS


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
