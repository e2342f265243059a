"""Mailboxes whose holder said "this was not me": nothing that the public can cause is sent there any more."""

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from citysolidarity.throttle import keyed_hash


class BlockedMailboxQuerySet(models.QuerySet):
    def block(self, address: str) -> None:
        """Nothing will be sent to this address from now on; saying so twice changes nothing."""
        self.get_or_create(mailbox=mark_of(address))

    def holds(self, address: str) -> bool:
        """Whether the holder of this address asked to be left in peace."""
        return self.filter(mailbox=mark_of(address)).exists()


class BlockedMailbox(models.Model):
    """A keyed hash of an address: it can be recognised when it is typed again, and not be read from here."""

    mailbox = models.BinaryField(_("keyed hash of the address"), primary_key=True)
    blocked_at = models.DateTimeField(_("blocked"), db_default=Now(), editable=False)

    objects = BlockedMailboxQuerySet.as_manager()

    class Meta:
        verbose_name = _("blocked mailbox")
        verbose_name_plural = _("blocked mailboxes")

    def __str__(self):
        return bytes(self.mailbox).hex()[:8]


def mark_of(address: str) -> bytes:
    """The keyed hash by which a mailbox is recognised; capitals make no difference."""
    return keyed_hash("blocked mailbox", address)
