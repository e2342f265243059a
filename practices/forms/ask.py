"""A question to the city behind an entry."""

from django import forms
from django.utils.translation import gettext_lazy as _

from citysolidarity.forms import PlainForm, Way
from citysolidarity.forms.mailbox import MailboxField
from citysolidarity.forms.plain import trap
from citysolidarity.forms.prose import ProseField
from practices.models.enquiry import LONGEST_ANSWER
from practices.models.written import LONGEST


class AskForm(PlainForm):
    """``subject`` is a trap for robots: no person sees it."""

    text = ProseField(
        label=_("Your question"),
        help_text=_("One question, as you would ask a colleague: what it took, what went wrong, how to begin."),
        longest=LONGEST,
        missing=_("Write your question"),
    )
    email = MailboxField(
        label=_("Your mail address"),
        help_text=_(
            "The answer comes there. Neither the city nor anybody else sees the address; we erase it afterwards."
        ),
        missing=_("Enter your mail address: the answer comes there"),
    )
    may_be_shown = forms.BooleanField(
        label=_("The question may be shown with the answer, without my name"), required=False
    )
    subject = trap()


class AskWay(Way):
    """The form's one page."""

    PAGES = {"only": AskForm}


class AnswerForm(PlainForm):
    """What the city answers."""

    text = ProseField(
        label=_("Your answer"),
        help_text=_("It goes to whoever asked. Please name no persons and no private addresses."),
        longest=LONGEST_ANSWER,
        rows=8,
        missing=_("Write the answer"),
    )
    may_join = forms.BooleanField(
        label=_("This answer may be shown with the entry, once a curator has looked at it"), required=False
    )
