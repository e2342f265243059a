import uuid
from datetime import timedelta
from enum import StrEnum

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from citysolidarity.http.throttle import keyed_hash

# Longer than any back-up is kept (citysolidarity/backups/folder.py), but for the last one of a site that makes none.
KEPT = timedelta(days=400)


class ErasureAct(StrEnum):
    """What is done again; the key is a keyed hash of an address, a reference, or a number and a moment."""

    PERSON = "person"
    PERSON_AND_BLOCK = "person and block"
    BLOCKED = "mailbox blocked"
    SIGNATURE_WITHDRAWN = "signature withdrawn"
    SIGNATURE_RESTORED = "signature restored"
    SIGNATURE_DISOWNED = "signature disowned"
    SUPPORT_WITHDRAWN = "support withdrawn"
    INVITATION_WITHDRAWN = "invitation withdrawn"
    FOLLOWING_STOPPED = "following stopped"
    SUBMISSION_WITHDRAWN = "submission withdrawn"
    DOCUMENT_DELETED = "document deleted"


class ErasureNoteQuerySet(models.QuerySet):
    def note(self, act: ErasureAct, key: str) -> None:
        """In the caller's transaction: it is noted where, and only where, it is done."""
        self.create(act=act, key=key)

    def note_person(self, address: str, *, unblock: bool) -> None:
        self.note(ErasureAct.PERSON_AND_BLOCK if unblock else ErasureAct.PERSON, person_hash(address))

    def forget(self) -> int:
        return self.filter(at__lt=Now() - KEPT, copied_at__isnull=False).delete()[0]


class ErasureNote(models.Model):
    """One act; its rows say up to where a restored database has come."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField(_("done"), db_default=Now(), editable=False)
    act = models.CharField(_("what was done"), max_length=40, editable=False)
    key = models.CharField(_("keyed hash or number"), max_length=100, editable=False)
    copied_at = models.DateTimeField(_("copied"), null=True, editable=False)

    objects = ErasureNoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("note of an erasure")
        verbose_name_plural = _("notes of erasures")
        default_permissions = ()
        indexes = [models.Index(fields=["at"], condition=Q(copied_at__isnull=True), name="erasure_note_to_copy")]

    def __str__(self):
        return self.act


def person_hash(address: str, secret: str | None = None) -> str:
    """``secret`` is HASH_KEY unless an older key is named."""
    return keyed_hash("erased person", address, secret).hex()
