"""The link of the yearly letter: still right, changed or ended."""

from citysolidarity.private import private
from practices.forms.confirm_entry import ConfirmEntryForm
from practices.tokens import Purpose
from practices.views.links import LINKS


@private
def confirm_entry(request, token):
    """Shows the three answers; the button sends one of them."""
    return LINKS.follow(
        request,
        token,
        Purpose.CONFIRM_ENTRY,
        lambda confirmation, facts: confirmation.take(**facts),
        done=lambda facts: facts["answer"],
        form=ConfirmEntryForm,
    )
