"""Letters and other PDFs about a signature or an entry: for curators alone, and every look at one is written down.

The files lie in a storage of their own (``STORAGES["private"]``) that has no address on the web.
"""

import hashlib
import uuid

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, storages
from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.db.models.signals import post_delete
from django.utils.translation import gettext_lazy as _


class PrivateFolder(FileSystemStorage):
    """Files under PRIVATE_ROOT, readable by the site's own account alone."""

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
        """Documents whose file is still there, the newest first."""
        return self.filter(deleted_at__isnull=True).order_by("-added_at", "-pk")

    def forget(self, by=None) -> int:
        """Deletes the files; that they were there, and who looked at them, stays. Returns how many."""
        with transaction.atomic():
            found = list(self.filter(deleted_at__isnull=True).select_for_update(of=("self",)))
            keys = [one.key for one in found]
            kept = self.model.objects.filter(key__in=keys)
            kept.update(deleted_at=Now(), deleted_by=by, title="")
            transaction.on_commit(lambda: [storages["private"].delete(place_of(key)) for key in keys])
        return len(found)


class Document(models.Model):
    """One PDF; what it is about is either a signature or an entry."""

    signature = models.ForeignKey("pledges.Signature", models.CASCADE, null=True, related_name="documents")
    practice = models.ForeignKey("practices.Practice", models.CASCADE, null=True, related_name="documents")
    title = models.CharField(
        _("what it is"), max_length=120, blank=True, help_text=_("Such as: Letter of the mayor, 3 May 2026.")
    )
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    size = models.PositiveIntegerField(_("bytes"), editable=False)
    digest = models.CharField(_("SHA-256"), max_length=64, editable=False)
    added_at = models.DateTimeField(_("added"), db_default=Now(), editable=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+", verbose_name=_("by")
    )
    deleted_at = models.DateTimeField(_("deleted"), null=True, editable=False)
    deleted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("deleted by"),
    )

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
        """Keeps a proved PDF (``citysolidarity.pdf``); ``about`` is ``signature=`` or ``practice=``."""
        found = cls(title=title, added_by=by, size=len(content), digest=hashlib.sha256(content).hexdigest(), **about)
        with transaction.atomic():
            found.save()
            storages["private"].save(place_of(found.key), ContentFile(content))
        return found

    def opened(self, by) -> bytes:
        """The file, for somebody whose look is written down first. FileNotFoundError where it is gone."""
        with transaction.atomic():
            DocumentView.objects.create(document=self, by=by)
            with storages["private"].open(place_of(self.key)) as file:
                return file.read()


class DocumentView(models.Model):
    """Who looked at a document, and when."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="views", verbose_name=_("document"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("when"), db_default=Now(), editable=False)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("look at a document")
        verbose_name_plural = _("looks at documents")

    def __str__(self):
        return f"{self.document_id}, {self.by_id}"


def place_of(key: uuid.UUID) -> str:
    """Where a file lies in the private storage."""
    return f"documents/{key}.pdf"


def go_with_the_contact(sender, instance, **kwargs) -> None:
    """Whoever signed is erased (``pledges.retention``, ``pledges.erasure``): the letters they signed go as well."""
    Document.objects.filter(signature=instance.signature_id).forget()


def connect() -> None:
    """Called once, when the apps are there."""
    from pledges.models import SignatureContact

    post_delete.connect(go_with_the_contact, sender=SignatureContact, dispatch_uid="documents")
