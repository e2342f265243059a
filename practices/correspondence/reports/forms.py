"""A problem with an entry, told by whoever saw it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from citysolidarity.forms import Journey, PlainForm
from citysolidarity.forms.base import honeypot
from citysolidarity.forms.email import MailboxField
from citysolidarity.forms.line import LineField
from citysolidarity.forms.prose import ProseField
from practices.models.correspondence.public_message import LONGEST
from practices.models.correspondence.report import FOLLOWS, Problem
from practices.vocabularies import countries_by_name


class ReportForm(PlainForm):
    """``subject`` is the honeypot."""

    kind = forms.ChoiceField(
        label=_("What is wrong?"),
        choices=[(kind.value, kind.label) for kind in Problem if kind not in FOLLOWS],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Select what is wrong"),
            "invalid_choice": _("Select what is wrong from the list"),
        },
    )
    text = ProseField(
        label=_("What should we know?"),
        help_text=_("Where on the page it is, what it should say instead, and how you know. At most 1,000 characters."),
        longest=LONGEST,
        missing=_("Tell us in a few words what is wrong"),
    )
    email = MailboxField(
        label=_("E-mail (optional), in case we have questions"),
        help_text=_("Only the curators see it. We erase it 30 days after the case is closed."),
        optional=True,
    )
    subject = honeypot()


class ReportJourney(Journey):
    PAGES = {"only": ReportForm}


LONGEST_CITY, LONGEST_TOLD = 120, 800  # characters; with the country, both fit into a report


class FollowForm(PlainForm):
    """``subject`` is the honeypot."""

    city = LineField(label=_("Your city"), longest=LONGEST_CITY, missing=_("Enter the name of your city"))
    country = forms.ChoiceField(
        label=_("Country"),
        choices=lambda: [("", _("Select a country")), *countries_by_name()],
        error_messages={"required": _("Select the country"), "invalid_choice": _("Select the country from the list")},
    )
    text = ProseField(
        label=_("What does your city do, and since when? (optional)"),
        help_text=_("Name a web page where it can be read, if there is one."),
        longest=LONGEST_TOLD,
        required=False,
        rows=4,
    )
    email = MailboxField(
        label=_("Official e-mail address"),
        help_text=_(
            "So that a curator can ask you back. It is never shown, and is erased 30 days after the matter is settled."
        ),
    )
    subject = honeypot()


class FollowJourney(Journey):
    PAGES = {"only": FollowForm}


class AdaptForm(FollowForm):
    text = ProseField(
        label=_("What did you take over, and what did you change? (optional)"),
        help_text=_("Name a web page where it can be read, if there is one."),
        longest=LONGEST_TOLD,
        required=False,
        rows=4,
    )


class AdaptJourney(Journey):
    PAGES = {"only": AdaptForm}
