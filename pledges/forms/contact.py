"""How the institution can be reached, and where its decision can be read."""

from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from citysolidarity.forms.lines import DIRECTION, has_hidden
from citysolidarity.forms.mailbox import MailboxField
from citysolidarity.forms.plain import PlainForm

LONGEST_ADDRESS = 500
looks_right = URLValidator(schemes=["http", "https"])


class ContactForm(PlainForm):
    """Neither is ever shown: the page of the decision is public only once a curator has seen it."""

    email = MailboxField(
        label=_("Official mail address"),
        help_text=_("Best on the city’s own domain. We send it a link to confirm; it is never shown."),
        required=False,
    )
    decision_url = forms.CharField(
        label=_("Page that shows the decision (optional)"),
        help_text=_("A resolution or news on the city’s own website makes the check much quicker."),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_decision_url(self):
        typed = self.cleaned_data["decision_url"]
        if not typed:
            return ""
        address = typed if "://" in typed else f"https://{typed}"
        if has_hidden(address) or not DIRECTION.isdisjoint(address):
            raise ValidationError(_("The address of the page holds characters that cannot be seen. Please type it."))
        if len(address) > LONGEST_ADDRESS:
            raise ValidationError(_("The address of the page is too long. Is there a shorter one?"))
        try:
            looks_right(address)
            parts = urlsplit(address)
            is_whole = "@" not in parts.netloc and "." in parts.netloc
        except (ValidationError, ValueError):
            is_whole = False
        if not is_whole:
            raise ValidationError(_("Enter the address of a web page, such as https://www.city.example/decision"))
        return address
