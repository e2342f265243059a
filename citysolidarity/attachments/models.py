"""PDFs about a signature or an entry, for curators alone; each view is recorded.

The files lie in ``STORAGES["private"]``, which has no address on the web.
"""

import hashlib
import uuid
from datetime import timedelta

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, storages
from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.db.models.signals import post_delete
from django.utils.translation import gettext_lazy as _

from citysolidarity.desk.fields import CuratorKey
from citysolidarity.erasures.models import ErasureAct, ErasureNote

# For so long it is looked after whether the file of a deleted document is gone.
LOOKED_AFTER = timedelta(days=30)


class PrivateFolder(FileSystemStorage):
    """Files under PRIVATE_ROOT, readable by the site's system account alone."""

    def __init__(self):
        super().__init__(base_url="", file_permissions_mode=0o600, directory_permissions_mode=0o700)

    @property
    def base_location(self):
        return settings.PRIVATE_ROOT

    @property
    def location(self):
        return str(settings.PRIVATE_ROOT)

    def url(self, name):
        raise ValueError("What is private has no address.")


class DocumentQuerySet(models.QuerySet):
    def kept(self):
        """Documents whose file still exists, the newest first."""
        return self.filter(deleted_at__isnull=True).order_by("-added_at", "-pk")

    def forget(self, by=None) -> int:
        """Delete the files and return how many; the rows and their views stay."""
        with transaction.atomic():
            locked = self.filter(deleted_at__isnull=True).select_for_update(of=("self",))
            keys = [document.key for document in locked]
            self.model.objects.filter(key__in=keys).update(deleted_at=Now(), deleted_by=by, title="")
            for key in keys:
                ErasureNote.objects.note(ErasureAct.DOCUMENT_DELETED, str(key))
            # Where the files cannot be deleted now, ``delete_again`` does it.
            transaction.on_commit(lambda: [storages["private"].delete(place_of(key)) for key in keys], robust=True)
        return len(keys)


class Document(models.Model):
    """A PDF about either a signature or an entry."""

    signature = models.ForeignKey("pledges.Signature", models.CASCADE, null=True, related_name="documents")
    practice = models.ForeignKey("practices.Practice", models.CASCADE, null=True, related_name="documents")
    title = models.CharField(
        _("what it is"), max_length=120, blank=True, help_text=_("For example: Letter of the mayor, 3 May 2026.")
    )
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    size = models.PositiveIntegerField(_("bytes"), editable=False)
    digest = models.CharField(_("SHA-256"), max_length=64, editable=False)
    added_at = models.DateTimeField(_("added"), db_default=Now(), editable=False)
    added_by = CuratorKey(editable=False)
    deleted_at = models.DateTimeField(_("deleted"), null=True, editable=False)
    deleted_by = CuratorKey(_("deleted by"), null=True, editable=False)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        constraints = [
            models.CheckConstraint(
                condition=Q(signature__isnull=False) ^ Q(practice__isnull=False), name="document_is_about_one_thing"
            ),
            models.CheckConstraint(
                condition=~Q(title="") | Q(deleted_at__isnull=False), name="document_says_what_it_is"
            ),
        ]

    def __str__(self):
        return self.title or str(_("deleted"))

    @classmethod
    def add(cls, content: bytes, *, title: str, by, **about) -> "Document":
        """Store a PDF that pdf_check has accepted; ``about`` is ``signature=`` or ``practice=``."""
        document = cls(title=title, added_by=by, size=len(content), digest=digest_of(content), **about)
        with transaction.atomic():
            document.save()
            storages["private"].save(place_of(document.key), ContentFile(content))
        return document

    def opened(self, by) -> bytes:
        """Record the view, then return the file's content. FileNotFoundError where the file is missing."""
        with transaction.atomic():
            DocumentView.objects.create(document=self, by=by)
            with storages["private"].open(place_of(self.key)) as file:
                return file.read()


class DocumentView(models.Model):
    document = models.ForeignKey(Document, models.CASCADE, related_name="views", verbose_name=_("document"))
    by = CuratorKey()
    at = models.DateTimeField(_("when"), db_default=Now(), editable=False)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("look at a document")
        verbose_name_plural = _("looks at documents")

    def __str__(self):
        return f"{self.document_id}, {self.by_id}"


def digest_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def place_of(key: uuid.UUID | str) -> str:
    return f"documents/{key}.pdf"


def delete_again() -> int:
    """Delete the files that were to be deleted while their storage was away; returns how many there were."""
    notes = ErasureNote.objects.filter(act=ErasureAct.DOCUMENT_DELETED, at__gte=Now() - LOOKED_AFTER)
    left = [place for key in notes.values_list("key", flat=True) if storages["private"].exists(place := place_of(key))]
    for place in left:
        storages["private"].delete(place)
    return len(left)


def forget_with_the_contact(sender, instance, **kwargs) -> None:
    """The letters that a person signed are deleted with the person (pledges/retention, pledges/erasure.py)."""
    Document.objects.filter(signature=instance.signature_id).forget()


def connect() -> None:
    from pledges.models import SignatureContact

    post_delete.connect(forget_with_the_contact, sender=SignatureContact, dispatch_uid="documents")
