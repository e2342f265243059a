"""The private side of a signature: a table of its own, so that no public query can touch it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pledges.mailboxes import at_domain, domain_of, is_free


class SignatureContact(models.Model):
    """How to reach the person who signed. Never public, erased when it is no longer needed."""

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

    def is_at(self, official_domain: str) -> bool:
        """Whether the mailbox is at a city's recorded official domain, or below it; False where none is recorded."""
        return at_domain(domain_of(self.email), official_domain)
