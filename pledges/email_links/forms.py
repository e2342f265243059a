from django import forms
from django.utils.translation import gettext_lazy as _

from citysolidarity.forms.base import PlainForm
from citysolidarity.forms.email import MailboxField

WITHDRAW, CORRECT = "withdraw", "correct"


class ChangeForm(PlainForm):
    email = MailboxField(
        label=_("E-mail address that confirmed the signature"),
        help_text=_("We will send the link only to this address."),
        required=False,
        of_any_domain=True,
    )
    wish = forms.ChoiceField(
        label=_("What would you like to do?"),
        choices=[(WITHDRAW, _("Withdraw the signature")), (CORRECT, _("Correct the signature"))],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Select whether to withdraw or to correct the signature"),
            "invalid_choice": _("Select whether to withdraw or to correct the signature"),
        },
    )
