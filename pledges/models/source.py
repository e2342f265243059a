from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class SignatureSource(models.Model):
    """A public page or document that names the signature. Every historical signature has one or more."""

    signature = models.ForeignKey(
        "pledges.Signature", models.CASCADE, related_name="sources", verbose_name=_("signature")
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    title = models.CharField(_("title"), max_length=300)
    publisher = models.CharField(_("publisher"), max_length=200)
    url = models.URLField(_("address"), max_length=1000)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("source of a signature")
        verbose_name_plural = _("sources of signatures")
        constraints = [
            models.UniqueConstraint(fields=["signature", "url", "title"], name="signature_source_once"),
            models.CheckConstraint(
                condition=Q(url__startswith="http://") | Q(url__startswith="https://"),
                name="signature_source_address_is_web",
            ),
            models.CheckConstraint(
                condition=Q(year__isnull=True) | Q(year__range=(1900, 2100)), name="signature_source_year_plausible"
            ),
        ]

    def __str__(self):
        return self.title
