"""What the public writes to us about an entry, by a form that counts once. Private until a curator decides."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from citysolidarity.forms.once import mark_of, reference_of

LONGEST = 1_000  # characters
# Stands where words were erased: that something was written remains, not what.
ERASED = "–"


class Written(models.Model):
    """One form that was accepted, with the text as it was typed."""

    # The same form sent fifty times is one row.
    key = models.CharField(_("one-time key"), max_length=43, unique=True, editable=False)
    reference = models.CharField(_("reference"), max_length=9, db_index=True, editable=False)
    content = models.BinaryField(_("keyed hash of the answers"), editable=False)
    practice = models.ForeignKey("practices.Practice", models.CASCADE, verbose_name=_("practice"), editable=False)
    text = models.TextField(_("text"), max_length=LONGEST, editable=False)
    language = models.CharField(_("language of the page"), max_length=7, editable=False)
    sent_at = models.DateTimeField(_("sent"), db_default=Now(), editable=False)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("by"),
    )

    class Meta:
        abstract = True
        ordering = ["sent_at", "pk"]

    def __str__(self):
        # The desk writes this into its log, where nothing that was typed belongs.
        return self.reference

    @classmethod
    def accepted(cls, key: str, answers: str, **columns):
        """Records a form; ``answers`` is the text by which it is known again."""
        return cls.objects.create(key=key, reference=reference_of(key), content=mark_of(answers), **columns)

    def holds(self, answers: str) -> bool:
        """Whether these are the answers that were sent."""
        return bytes(self.content) == mark_of(answers)

    def show_again(self) -> None:
        """What the public sees of the entry has changed: its page is made anew."""
        self.practice.save(update_fields=["updated_at"])


def both_or_none(model: str) -> models.CheckConstraint:
    """Nothing is closed but by somebody."""
    none, both = {"closed_at__isnull": True}, {"closed_at__isnull": False}
    return models.CheckConstraint(
        condition=models.Q(**none, closed_by__isnull=True) | models.Q(**both, closed_by__isnull=False),
        name=f"{model}_closed_by_somebody",
    )
