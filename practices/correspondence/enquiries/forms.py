"""A question to the city behind an entry."""

from django import forms
from django.utils.translation import gettext_lazy as _

from citysolidarity.forms import Journey, PlainForm
from citysolidarity.forms.base import honeypot
from citysolidarity.forms.email import MailboxField
from citysolidarity.forms.prose import ProseField
from practices.models.correspondence.enquiry import LONGEST_ANSWER
from practices.models.correspondence.public_message import LONGEST


class AskForm(PlainForm):
    """``subject`` is the honeypot."""

    text = ProseField(
        label=_("Your question"),
        help_text=_("Ask one question, as you would ask a colleague: what it took, what went wrong, how to start."),
        longest=LONGEST,
        missing=_("Write your question"),
    )
    email = MailboxField(
        label=_("Your e-mail address"),
        help_text=_(
            "We will send the answer there. Nobody else sees your e-mail address, not even the city. We erase it "
            "afterwards."
        ),
        missing=_("Enter your e-mail address so that we can send you the answer"),
    )
    may_be_shown = forms.BooleanField(
        label=_("The question may be shown with the answer, without my name"), required=False
    )
    subject = honeypot()


class AskJourney(Journey):
    PAGES = {"only": AskForm}


class AnswerForm(PlainForm):
    text = ProseField(
        label=_("Your answer"),
        help_text=_(
            "We send it to the person who asked. Please do not include personal names or private contact details."
        ),
        longest=LONGEST_ANSWER,
        rows=8,
        missing=_("Write the answer"),
    )
    may_join = forms.BooleanField(
        label=_("This answer may be shown with the entry once a curator has checked it"), required=False
    )
