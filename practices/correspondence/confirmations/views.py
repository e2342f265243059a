"""The link of the yearly letter: still right, changed or ended."""

from citysolidarity.http.private_pages import private
from practices.correspondence.confirmations.forms import ConfirmEntryForm
from practices.correspondence.email_links import LINKS
from practices.models.correspondence.letter import Purpose


@private
def confirm_entry(request, token):
    return LINKS.follow(
        request,
        token,
        Purpose.CONFIRM_ENTRY,
        lambda confirmation, facts: confirmation.take(**facts),
        done=lambda facts: facts["answer"],
        form=ConfirmEntryForm,
    )
