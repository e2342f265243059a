from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from citysolidarity.desk.fields import CuratorKey
from citysolidarity.mail.domains import at_domain, host_of
from pledges.vocabularies import Proof


class Evidence(models.Model):
    """What a curator saw that shows that the institution really signed."""

    signature = models.ForeignKey(
        "pledges.Signature", models.PROTECT, related_name="evidence", verbose_name=_("signature")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Proof)
    url = models.URLField(
        _("address of the page"),
        max_length=1000,
        blank=True,
        help_text=_("Shown to the public for a published decision."),
    )
    number_found_at = models.CharField(
        _("where the number called was found"),
        max_length=300,
        blank=True,
        help_text=_("You must have found it yourself, never taken it from the form. Not public."),
    )
    seen_on = models.DateField(_("seen on"))
    note = models.TextField(_("note"), blank=True, help_text=_("For curators only."))
    by = CuratorKey()
    # Set when the signature is verified, so that public pages need no query of the private contact.
    was_strong = models.BooleanField(_("strong"), default=False, editable=False)
    created_at = models.DateTimeField(_("recorded"), db_default=Now(), editable=False)

    class Meta:
        ordering = ["seen_on", "pk"]
        verbose_name = _("piece of evidence")
        verbose_name_plural = _("evidence")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Proof.values), name="evidence_kind_known"),
            models.CheckConstraint(
                condition=~Q(kind=Proof.PUBLISHED_DECISION) | ~Q(url=""), name="evidence_published_decision_has_address"
            ),
            models.CheckConstraint(
                condition=~Q(kind=Proof.CALLED_BACK) | ~Q(number_found_at=""),
                name="evidence_number_found_independently",
            ),
            models.CheckConstraint(
                condition=Q(url="") | Q(url__startswith="http://") | Q(url__startswith="https://"),
                name="evidence_address_is_web",
            ),
        ]

    def __str__(self):
        return self.get_kind_display()

    def is_strong_for(self, city, contact) -> bool:
        """Whether this evidence alone is enough to verify a signature with this SignatureContact (or None).

        E-mail and pages must be at the city's official domain; a free mail provider recorded there does not count.
        """
        if self.kind == Proof.OFFICIAL_MAIL:
            return contact is not None and contact.is_official_for(city)
        if self.kind == Proof.PUBLISHED_DECISION:
            return at_domain(host_of(self.url), city.official_domain)
        return self.kind == Proof.CALLED_BACK
