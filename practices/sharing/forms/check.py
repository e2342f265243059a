"""The last page: the answers once more, and the consent."""

from django import forms
from django.utils.translation import gettext_lazy as _

from citysolidarity.forms.base import PlainForm, honeypot


class CheckForm(PlainForm):
    heading = _("Check your answers")

    consent = forms.BooleanField(
        label=_(
            "The institution agrees that these texts are stored, checked and, if a curator approves them, "
            "published under CC BY 4.0."
        ),
        error_messages={"required": _("Tick the box to confirm that the institution agrees")},
    )
    subject = honeypot()
