"""How the institution can be reached, and where its decision can be read."""

from django.utils.translation import gettext_lazy as _

from citysolidarity.forms import PlainForm
from citysolidarity.forms.mailbox import MailboxField
from citysolidarity.forms.webpage import WebPageField


class ContactForm(PlainForm):
    """Neither is ever shown: the page of the decision is public only once a curator has seen it."""

    email = MailboxField(
        label=_("Official mail address"),
        help_text=_("Best on the city’s own domain. We send it a link to confirm; it is never shown."),
        required=False,
    )
    decision_url = WebPageField(
        label=_("Page that shows the decision (optional)"),
        help_text=_("A resolution or news on the city’s own website makes the check much quicker."),
        required=False,
    )
