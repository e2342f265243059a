from django import forms
from django.utils.translation import gettext_lazy as _

from citysolidarity.forms.base import PlainForm, honeypot


class ConsentForm(PlainForm):
    """``subject`` is a honeypot that no person sees."""

    consent = forms.BooleanField(
        label=_(
            "I am authorised to sign on behalf of this institution, and it agrees that these answers are "
            "stored and checked."
        ),
        error_messages={
            "required": _("Tick the box to confirm that you are authorised to sign on behalf of this institution")
        },
    )
    subject = honeypot()
