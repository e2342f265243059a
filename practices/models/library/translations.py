"""Summaries and key points of the library, and what networks are, in other languages."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from practices.models.cities.network import Network
from practices.models.library.document import LibraryDocument
from practices.models.sentences import WRITTEN_IN, SentenceTranslation, constraints_of


class DocumentTranslation(SentenceTranslation):
    """Shown sentence by sentence: what was changed in the original since stands in English, and is marked as such."""

    translates = "document"
    document = models.ForeignKey(
        LibraryDocument, models.CASCADE, related_name="translations", verbose_name=_("document")
    )

    class Meta:
        ordering = ["document", "language"]
        verbose_name = _("translation of a document")
        verbose_name_plural = _("translations of documents")
        constraints = [
            *constraints_of("document"),
            models.CheckConstraint(condition=~Q(language=WRITTEN_IN), name="document_translation_is_none_of_english"),
        ]


class NetworkTranslation(SentenceTranslation):
    """Shown sentence by sentence, as translations of documents are."""

    translates = "network"
    network = models.ForeignKey(Network, models.CASCADE, related_name="translations", verbose_name=_("network"))

    class Meta:
        ordering = ["network", "language"]
        verbose_name = _("translation of a network")
        verbose_name_plural = _("translations of networks")
        constraints = [
            *constraints_of("network"),
            models.CheckConstraint(condition=~Q(language=WRITTEN_IN), name="network_translation_is_none_of_english"),
        ]
