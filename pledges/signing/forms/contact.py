from django.utils.translation import gettext_lazy as _

from citysolidarity.forms import PlainForm
from citysolidarity.forms.email import MailboxField
from citysolidarity.forms.webpage import WebPageField


class ContactForm(PlainForm):
    """Neither answer is public: the page of the decision becomes so once a curator has recorded it as evidence."""

    email = MailboxField(
        label=_("Official e-mail address"),
        help_text=_("Ideally at the city’s own domain. We will send a confirmation link there. It is never shown."),
        required=False,
    )
    decision_url = WebPageField(
        label=_("Page that shows the decision (optional)"),
        help_text=_("A resolution or news on the city’s own website makes verification much quicker."),
        required=False,
    )
