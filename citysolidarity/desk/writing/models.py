from django.contrib import admin
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from citysolidarity.desk.teamwork.models import LONGEST, AboutRow, AboutRowQuerySet
from citysolidarity.mail.letter import OutgoingEmail, OutgoingEmailQuerySet, one_outcome
from citysolidarity.mail.tokens import TokenSigner


class WrittenEmailQuerySet(AboutRowQuerySet, OutgoingEmailQuerySet):
    def with_subject(self):
        return self.select_related("by")


class WrittenEmail(AboutRow, OutgoingEmail):
    """What a curator wrote to whoever sent a row. The text is kept as long as notes are; the address stands in the row."""

    SIGNER = TokenSigner("e-mails written at the desk", {})

    text = models.TextField(_("text"), max_length=LONGEST)

    objects = WrittenEmailQuerySet.as_manager()

    class Meta(OutgoingEmail.Meta):
        verbose_name = _("e-mail written by a curator")
        verbose_name_plural = _("e-mails written by curators")
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="written_email_says_something"),
            one_outcome("written_email_one_outcome"),
        ]

    @property
    def subject(self):
        return self

    @property
    def address(self) -> str:
        """As the row holds it when the e-mail leaves; "" where it was erased."""
        return admin.site.get_model_admin(type(self.row)).sender_of(self.row) if self.row else ""

    @classmethod
    def target(cls, subject) -> dict:
        return subject
