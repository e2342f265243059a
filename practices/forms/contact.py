"""Where the letters about a submission go."""

from django.utils.translation import gettext_lazy as _

from citysolidarity.forms.lines import LineField
from citysolidarity.forms.mailbox import MailboxField
from citysolidarity.forms.plain import PlainForm, trap


class ContactForm(PlainForm):
    """A role's mailbox, never shown."""

    heading = _("How can we reach you?")
    lead = _("We tell you by mail how it goes on, and ask when something is unclear. The address is never shown.")

    email = MailboxField(
        label=_("Official mail address"),
        help_text=_("Best that of an office, such as integration@city.example: it stays when people change."),
        required=False,
    )
    office = LineField(
        label=_("Your office or role"),
        help_text=_("Such as: Integration Office. For the curators only."),
        longest=120,
        missing=_("Enter your office or role"),
    )


class SaveForm(PlainForm):
    """Where the link goes with which somebody comes back to a form that is not finished."""

    save_email = MailboxField(
        label=_("Mail address"),
        help_text=_("We send the link there, and nowhere else. The address is never shown."),
        required=False,
    )
    subject = trap()
