"""Pictures of a practice: each says what is on it, whose it is, and by which licence it stands here."""

from django.contrib.postgres.expressions import ArraySubquery
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.db.models import OuterRef, Q
from django.db.models.functions import JSONObject, Now
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from citysolidarity.drawing.images import KINDS, WIDTHS, Drawn

FOLDER = "pictures"
SHOWN = ("key", "width", "height", "alternative", "credit", "licence")


class Licence(models.TextChoices):
    """By which right a picture stands here; there is no "unknown"."""

    CC0 = "cc0", _("Public domain (CC0)")
    CC_BY = "cc-by-4.0", _("CC BY 4.0")
    CC_BY_SA = "cc-by-sa-4.0", _("CC BY-SA 4.0")
    PERMISSION = "permission", _("With the permission of the owner")


class PictureQuerySet(models.QuerySet):
    def public(self):
        """Pictures of entries that the public sees."""
        return self.filter(practice__published_at__isnull=False, practice__archived_at__isnull=True)


class Picture(models.Model):
    """A picture as it was redrawn (``citysolidarity.drawing.images``); its files lie in the default storage under its key."""

    practice = models.ForeignKey(
        "practices.Practice", models.CASCADE, related_name="pictures", verbose_name=_("practice")
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    key = models.CharField(_("key"), max_length=32, db_index=True, editable=False)
    width = models.PositiveSmallIntegerField(_("width in pixels"), editable=False)
    height = models.PositiveSmallIntegerField(_("height in pixels"), editable=False)
    alternative = models.CharField(
        _("alternative text"),
        max_length=250,
        help_text=_(
            "What the picture shows, in one sentence, for people who cannot see it. Do not write “picture of”."
        ),
    )
    credit = models.CharField(
        _("credit"), max_length=160, help_text=_("Who made it, as they want to be credited: City of Amman, R. Haddad.")
    )
    licence = models.CharField(
        _("licence"),
        max_length=12,
        choices=Licence,
        help_text=_("Everyone who can be recognised must also have agreed. No children’s faces, no family homes."),
    )
    added_at = models.DateTimeField(_("added"), db_default=Now(), editable=False)

    objects = PictureQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        constraints = [
            models.UniqueConstraint(fields=["practice", "key"], name="picture_once_per_practice"),
            models.CheckConstraint(
                condition=~Q(alternative="") & ~Q(credit="") & Q(licence__in=Licence.values),
                name="picture_says_what_and_whose",
            ),
            models.CheckConstraint(condition=Q(width__gt=0, height__gt=0), name="picture_has_a_size"),
        ]

    def __str__(self):
        return self.alternative

    def keep(self, drawn: Drawn) -> None:
        """Stores the files of a redrawn picture and takes its key and size; the row is not saved yet.

        A transaction that is rolled back afterwards leaves files that nothing leads to.
        """
        for name, content in drawn.files.items():
            place = place_of(drawn.key, name)
            if not default_storage.exists(place):
                default_storage.save(place, ContentFile(content))
        self.key, self.width, self.height = drawn.key, drawn.width, drawn.height

    @property
    def widths(self) -> list[int]:
        """The widths in pixels that it is stored in."""
        return [*[width for width in WIDTHS if width < self.width], self.width]

    @property
    def names(self) -> list[str]:
        """The names of its files."""
        return [f"{width}.{kind}" for width in self.widths for kind in KINDS]

    @property
    def fallback(self) -> str:
        """The path of the picture for browsers without AVIF."""
        return self.address_of(self.width, "jpg")

    @property
    def smallest(self) -> str:
        return self.address_of(self.widths[0], "jpg")

    @property
    def srcsets(self) -> dict[str, str]:
        """The ``srcset`` of each kind of file."""
        return {kind: ", ".join(f"{self.address_of(width, kind)} {width}w" for width in self.widths) for kind in KINDS}

    def address_of(self, width: int, kind: str) -> str:
        return reverse("picture", args=[self.key, width, kind])


class PicturesQuerySet(models.QuerySet):
    """Mixed into the query set of practices."""

    def with_pictures(self):
        """Adds what ``pictures_of`` reads, in the same query."""
        mine = Picture.objects.filter(practice=OuterRef("pk"))
        return self.annotate(
            pictures_shown=ArraySubquery(mine.values(one=JSONObject(**{name: name for name in SHOWN})))
        )


def pictures_of(practice) -> list[Picture]:
    """The pictures of an entry that was fetched ``with_pictures``, to be shown and not to be saved."""
    return [Picture(**facts) for facts in practice.pictures_shown]


def place_of(key: str, name: str) -> str:
    return f"{FOLDER}/{key}/{name}"


@receiver(post_delete, sender=Picture, dispatch_uid="forget_files")
def forget_files(sender, instance, **kwargs) -> None:
    """Deletes the files of a picture once it is gone, unless another entry shows the same one."""

    def forget():
        if not Picture.objects.filter(key=instance.key).exists():
            for name in instance.names:
                default_storage.delete(place_of(instance.key, name))

    # The row is gone, and with it the only way to its files: a bucket that is away now is no reason for an error page.
    transaction.on_commit(forget, robust=True)
