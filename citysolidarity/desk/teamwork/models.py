"""Whose a row of the desk is, and what members of staff tell each other about it. Never public."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from citysolidarity.desk.fields import CuratorKey

LONGEST = 2_000  # characters


class AboutRowQuerySet(models.QuerySet):
    def about(self, row):
        return self.filter(content_type=ContentType.objects.get_for_model(row), object_id=row.pk)

    def about_any(self, rows):
        """Those about any row of a queryset."""
        return self.filter(content_type=ContentType.objects.get_for_model(rows.model), object_id__in=rows.values("pk"))

    def drop_orphans(self) -> int:
        """Delete those whose row is gone, as what expires and what is erased goes; returns how many."""
        kinds = ContentType.objects.filter(pk__in=self.order_by().values("content_type"))
        models_of = {kind.pk: kind.model_class() for kind in kinds}
        return sum(
            self.filter(content_type=pk).exclude(object_id__in=model._base_manager.values("pk")).delete()[0]
            for pk, model in models_of.items()
            if model
        )


class AboutRow(models.Model):
    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+", editable=False)
    object_id = models.PositiveBigIntegerField(editable=False)
    row = GenericForeignKey("content_type", "object_id")
    by = CuratorKey(editable=False)
    at = models.DateTimeField(_("when"), db_default=Now(), editable=False)

    objects = AboutRowQuerySet.as_manager()

    class Meta:
        abstract = True
        indexes = [models.Index(fields=["content_type", "object_id"], name="%(class)s_about")]


class Note(AboutRow):
    text = models.TextField(_("note"), max_length=LONGEST)

    class Meta(AboutRow.Meta):
        ordering = ["at", "pk"]
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="note_says_something")]

    def __str__(self):
        # The desk writes this into its log, where no words of a note belong.
        return f"{self.content_type_id}/{self.object_id}"


class Assignment(AboutRow):
    """That a row is somebody's to work on. It ends with the next one, or when it is given back."""

    to = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("to"))

    class Meta(AboutRow.Meta):
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        indexes = []
        constraints = [models.UniqueConstraint(fields=["content_type", "object_id"], name="assignment_one_per_row")]

    def __str__(self):
        return f"{self.content_type_id}/{self.object_id}"

    @classmethod
    def give(cls, row, to, by) -> "Assignment | None":
        """The row is ``to``'s from now on; nobody's with None. Giving it to whoever has it changes nothing."""
        with transaction.atomic():
            # Two colleagues who press at once take turns here.
            type(row)._base_manager.select_for_update(of=["self"]).get(pk=row.pk)
            before = cls.objects.about(row).first()
            if before and before.to == to:
                return before
            cls.objects.about(row).delete()
            about = {"content_type": ContentType.objects.get_for_model(row), "object_id": row.pk}
            return cls.objects.create(to=to, by=by, **about) if to else None
