"""A problem with an entry, told by whoever saw it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from citysolidarity.forms import PlainForm, Way
from citysolidarity.forms.mailbox import MailboxField
from citysolidarity.forms.plain import trap
from citysolidarity.forms.prose import ProseField
from practices.models.report import Problem
from practices.models.written import LONGEST


class ReportForm(PlainForm):
    """``subject`` is a trap for robots: no person sees it."""

    kind = forms.ChoiceField(
        label=_("What is the matter?"),
        choices=Problem,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose what is the matter"),
            "invalid_choice": _("Choose from the list what is the matter"),
        },
    )
    text = ProseField(
        label=_("What should we know?"),
        help_text=_("Where on the page, what is right instead, and how you know. At most 1,000 characters."),
        longest=LONGEST,
        missing=_("Say in a few words what is the matter"),
    )
    email = MailboxField(
        label=_("Mail address, if we may ask you back"),
        help_text=_("For the curators only, erased 30 days after the matter is settled. You can leave it empty."),
        optional=True,
    )
    subject = trap()


class ReportWay(Way):
    """The form's one page."""

    PAGES = {"only": ReportForm}
