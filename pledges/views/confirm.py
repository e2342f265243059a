"""The link that confirms a signature."""

from citysolidarity.private import private
from pledges import emails
from pledges.tokens import Purpose
from pledges.views.links import LINKS


@private
def confirm(request, token):
    """Shows what would be confirmed; the button confirms it."""

    def act(signature):
        signature.confirm()
        emails.confirmed_receipt.post(signature)

    return LINKS.follow(request, token, Purpose.CONFIRM, act, done="confirmed")
