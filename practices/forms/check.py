"""The last page: the answers once more, and the consent."""

from django import forms
from django.utils.translation import gettext_lazy as _

from citysolidarity.forms.plain import PlainForm, trap


class CheckForm(PlainForm):
    """With a trap for robots, which no person sees."""

    heading = _("Check your answers")

    consent = forms.BooleanField(
        label=_(
            "The institution agrees that these texts are kept, checked and, once a curator has decided, published under "
            "CC BY 4.0."
        ),
        error_messages={"required": _("Tick the box to say that the institution agrees")},
    )
    subject = trap()
