"""The link by which an asker sends the question to the city."""

from citysolidarity.private import private
from practices.questions import confirm
from practices.tokens import Purpose
from practices.views.links import LINKS


@private
def confirm_question(request, token):
    """Shows the question; the button sends it on."""
    return LINKS.follow(request, token, Purpose.CONFIRM_QUESTION, confirm, done="sent-on")
