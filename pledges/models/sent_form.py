from django.db import models
from django.utils.translation import gettext_lazy as _

from citysolidarity.forms.one_time_key import SubmittedForm


class SentForm(SubmittedForm):
    """A form that was accepted. A form from a blocked mailbox is kept without a signature."""

    key = models.CharField(_("one-time key"), max_length=43, primary_key=True)
    reference = models.CharField(_("reference"), max_length=9, db_index=True)
    signature = models.OneToOneField(
        "pledges.Signature",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="sent_form",
        verbose_name=_("signature"),
    )

    @classmethod
    def reference_of(cls, signature) -> str:
        """The reference that the form's last page gave; a dash where the form is no longer kept."""
        return cls.objects.filter(signature_id=signature.pk or 0).values_list("reference", flat=True).first() or "–"

    class Meta:
        verbose_name = _("form sent")
        verbose_name_plural = _("forms sent")
