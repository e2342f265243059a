"""The forms that have been sent: a form's one-time key makes one signature, however often it arrives."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from citysolidarity.forms.once import Once


class SentForm(Once):
    """One form that was accepted. A form from a blocked mailbox is kept too, without a signature."""

    signature = models.OneToOneField(
        "pledges.Signature",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="sent_form",
        verbose_name=_("signature"),
    )

    class Meta:
        verbose_name = _("form sent")
        verbose_name_plural = _("forms sent")
