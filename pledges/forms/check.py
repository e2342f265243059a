"""The last page: the answers once more, and the consent."""

from django import forms
from django.utils.translation import gettext_lazy as _

from citysolidarity.forms.plain import PlainForm, trap


class CheckForm(PlainForm):
    """``subject`` is a trap for robots: no person sees it."""

    consent = forms.BooleanField(
        label=_("I may sign for this institution, and it agrees that these answers are kept and checked."),
        error_messages={"required": _("Tick the box to say that you may sign for this institution")},
    )
    subject = trap()
