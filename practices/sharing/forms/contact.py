"""Where the letters about a submission go."""

from django.utils.translation import gettext_lazy as _

from citysolidarity.forms.base import PlainForm, honeypot
from citysolidarity.forms.email import MailboxField
from citysolidarity.forms.line import LineField


class ContactForm(PlainForm):
    heading = _("How can we contact you?")
    lead = _("We will e-mail you the outcome, and ask if something is unclear. The e-mail address is never shown.")

    email = MailboxField(
        label=_("Official e-mail address"),
        help_text=_(
            "Ideally of a department, for example integration@city.example, so that it stays the same when "
            "staff change."
        ),
        required=False,
    )
    office = LineField(
        label=_("Your office or role"),
        help_text=_("For example: Integration Office. Only the curators see it."),
        longest=120,
        missing=_("Enter your office or role"),
    )


class SaveForm(PlainForm):
    save_email = MailboxField(
        label=_("E-mail address"),
        help_text=_("We will send the link only to this address. It is never shown."),
        required=False,
    )
    subject = honeypot()
