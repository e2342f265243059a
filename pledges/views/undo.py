"""The link that undoes a withdrawal."""

from citysolidarity.private import private
from pledges.tokens import Purpose
from pledges.views.links import LINKS


@private
def undo(request, token):
    """Shows what was withdrawn; the button puts it back where it stood."""
    return LINKS.follow(request, token, Purpose.UNDO, lambda signature: signature.undo_withdrawal(), done="restored")
