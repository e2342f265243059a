"""Changes to a public entry that are saved and not published: the public reads the entry as it was."""

from django.db import models
from django.db.models.functions import Now
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from citysolidarity.desk.drafts.models import seal, unseal
from citysolidarity.desk.fields import CuratorKey


class ChangeDraft(models.Model):
    """The form of an entry as it was typed, one for each entry; every curator may open, publish or discard it."""

    practice = models.OneToOneField(
        "practices.Practice", models.CASCADE, related_name="change_draft", verbose_name=_("practice")
    )
    by = CuratorKey()
    saved_at = models.DateTimeField(_("saved"), db_default=Now())
    sealed = models.BinaryField(_("fields and files, sealed"))

    class Meta:
        verbose_name = _("draft of changes")
        verbose_name_plural = _("drafts of changes")

    def __str__(self):
        return str(self.practice)

    @property
    def mark(self) -> str:
        """Tells this state of the draft from the ones before and after."""
        return self.saved_at.isoformat()

    def opened(self) -> tuple[QueryDict, MultiValueDict]:
        return unseal(self.sealed)

    @classmethod
    def of(cls, practice) -> "ChangeDraft | None":
        return cls.objects.select_related("by").filter(practice=practice).first()

    @classmethod
    def keep(cls, practice, by, fields: QueryDict, files: MultiValueDict) -> None:
        """In a transaction that holds the entry's row."""
        values = {"by": by, "saved_at": Now(), "sealed": seal(fields, files)}
        cls.objects.update_or_create(practice=practice, defaults=values)
