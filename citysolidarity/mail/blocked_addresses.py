"""Mailboxes whose holder said "this was not me": we send no e-mail there that a public form can cause."""

from django.db import models, transaction
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from citysolidarity.erasures.models import ErasureAct, ErasureNote
from citysolidarity.http.throttle import keyed_hash
from citysolidarity.mail.domains import mailbox_key

BLOCKED = "blocked mailbox"


class BlockedMailboxQuerySet(models.QuerySet):
    def block(self, address: str) -> None:
        """Blocking an address twice changes nothing."""
        digest = mailbox_digest(address)
        with transaction.atomic():
            if self.get_or_create(mailbox=digest)[1]:
                ErasureNote.objects.note(ErasureAct.BLOCKED, digest.hex())

    def of(self, address: str):
        # Before sub-addresses were looked at, each was blocked as it was typed.
        return self.filter(mailbox__in={mailbox_digest(address), keyed_hash(BLOCKED, address)})

    def holds(self, address: str) -> bool:
        return self.of(address).exists()


class BlockedMailbox(models.Model):
    """The address is stored as a keyed hash: we recognise it when it is typed again, and nobody can read it here."""

    mailbox = models.BinaryField(_("keyed hash of the address"), primary_key=True)
    blocked_at = models.DateTimeField(_("blocked"), db_default=Now(), editable=False)

    objects = BlockedMailboxQuerySet.as_manager()

    class Meta:
        verbose_name = _("blocked e-mail address")
        verbose_name_plural = _("blocked e-mail addresses")

    def __str__(self):
        return bytes(self.mailbox).hex()[:8]


def mailbox_digest(address: str) -> bytes:
    return keyed_hash(BLOCKED, mailbox_key(address))
