"""The link that undoes a withdrawal."""

from pledges.tokens import Purpose
from pledges.views.links import follow
from pledges.views.private import private


@private
def undo(request, token):
    """Shows what was withdrawn; the button puts it back where it stood."""
    return follow(request, token, Purpose.UNDO, lambda signature: signature.undo_withdrawal(), done="restored")
