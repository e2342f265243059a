"""E-mail domains from which no form of the public takes anything for a while. Correcting or withdrawing a signature is not refused."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from citysolidarity.http.host_names import in_ascii


class RefusedDomainQuerySet(models.QuerySet):
    def in_force(self):
        return self.filter(until__gt=Now())

    def forget(self) -> int:
        """Delete those that are taken again."""
        return self.filter(until__lte=Now()).delete()[0]

    def refusing(self, address: str):
        """The domain of the address, or one that it lies in, whichever is refused longest; None where neither is."""
        labels = in_ascii(address.rpartition("@")[2]).split(".")
        names = [".".join(labels[at:]) for at in range(len(labels))]
        return self.in_force().filter(domain__in=names).order_by("until").last()


class RefusedDomain(models.Model):
    """``domain`` is as computers send it, such as ``spam.example``; what lies below it is refused as well."""

    domain = models.CharField(_("e-mail domain"), max_length=253, primary_key=True)
    until = models.DateTimeField(_("refused until"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))

    objects = RefusedDomainQuerySet.as_manager()

    class Meta:
        verbose_name = _("refused e-mail domain")
        verbose_name_plural = _("refused e-mail domains")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=models.Q(domain__regex=r"^[a-z0-9_-]+(\.[a-z0-9_-]+)+$"),
                name="refused_domain_is_one",
                violation_error_message=_("Enter the part after the @ alone, such as spam.example."),
            )
        ]

    def __str__(self):
        return self.domain
