from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from citysolidarity.mail.domains import at_domain, domain_of, is_free


class SignatureContact(models.Model):
    """How to reach the person who signed. A table of its own, so that no public query can touch it."""

    signature = models.OneToOneField(
        "pledges.Signature", models.CASCADE, primary_key=True, related_name="contact", verbose_name=_("signature")
    )
    email = models.EmailField(_("e-mail address"), max_length=254)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    decision_url = models.URLField(
        _("page said to show the decision"),
        max_length=500,
        blank=True,
        help_text=_("As the form says. It is public only once a curator has seen it and recorded it as evidence."),
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        verbose_name = _("contact of a signature")
        verbose_name_plural = _("contacts of signatures")
        constraints = [models.CheckConstraint(condition=~Q(email=""), name="signature_contact_has_address")]

    def __str__(self):
        return self.email

    @property
    def is_free_mail(self) -> bool:
        """Whether anyone can open a mailbox at this domain."""
        return is_free(domain_of(self.email))

    def is_official_for(self, city) -> bool:
        """Whether it is the city's own; a free provider that is recorded as official does not count."""
        return not self.is_free_mail and self.is_at(city.official_domain)

    def is_at(self, official_domain: str) -> bool:
        """Whether the mailbox is at or below the domain; False for ""."""
        return at_domain(domain_of(self.email), official_domain)
