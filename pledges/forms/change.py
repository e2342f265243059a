"""Who asks for a link to withdraw or correct a signature."""

from django import forms
from django.utils.translation import gettext_lazy as _

from citysolidarity.forms.mailbox import MailboxField
from citysolidarity.forms.plain import PlainForm

WITHDRAW, CORRECT = "withdraw", "correct"


class ChangeForm(PlainForm):
    """The mailbox that the signature was confirmed from, and what is to happen."""

    email = MailboxField(
        label=_("Mail address that the signature was confirmed from"),
        help_text=_("We send the link there, and nowhere else."),
        required=False,
    )
    wish = forms.ChoiceField(
        label=_("What would you like to do?"),
        choices=[(WITHDRAW, _("Withdraw the signature")), (CORRECT, _("Correct the signature"))],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose whether to withdraw or to correct the signature"),
            "invalid_choice": _("Choose whether to withdraw or to correct the signature"),
        },
    )
