"""The link that withdraws a signature."""

from citysolidarity.private import private
from pledges import emails
from pledges.tokens import Purpose
from pledges.views.links import LINKS


@private
def withdraw(request, token):
    """Shows what would be withdrawn; the button withdraws it, and a letter offers to undo that for 48 hours."""

    def act(signature):
        signature.withdraw()
        emails.withdrawn_receipt.post(signature)

    return LINKS.follow(request, token, Purpose.WITHDRAW, act, done="withdrawn")
