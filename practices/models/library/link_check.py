"""What the nightly look at a document's address found."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from practices.models.entries.link_check import AddressCheck
from practices.models.library.document import LibraryDocument


class DocumentCheck(AddressCheck):
    subject = "document"
    document = models.ForeignKey(LibraryDocument, models.CASCADE, related_name="checks", verbose_name=_("document"))

    class Meta(AddressCheck.Meta):
        abstract = False
        indexes = [models.Index(fields=["document", "-checked_at"], name="document_check_latest")]
