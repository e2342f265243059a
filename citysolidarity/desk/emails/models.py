"""E-mails to members of staff: which of them somebody wants, and a row for each that was posted."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from citysolidarity.mail.letter import OutgoingEmail, OutgoingEmailQuerySet, one_outcome
from citysolidarity.mail.tokens import TokenSigner


class Digest(models.TextChoices):
    DAILY = "daily", _("Every day")
    WEEKLY = "weekly", _("Every Monday")
    NEVER = "never", _("Never")


class EmailChoice(models.Model):
    """Which e-mails a member of staff wants. Whoever has chosen nothing has no row, and the defaults hold."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        primary_key=True,
        related_name="email_choice",
        verbose_name=_("person"),
        editable=False,
    )
    at_once = models.BooleanField(
        _("E-mail me at once if something cannot wait"),
        default=True,
        help_text=_(
            "Reports that someone may be at risk, reports that start the 72 hours, and a reminder when these are "
            "nearly over. If nobody selects this, everybody gets them."
        ),
    )
    digest = models.CharField(
        _("A summary of everything that is waiting"),
        max_length=6,
        choices=Digest,
        default=Digest.DAILY,
        help_text=_("In the morning, and only if something is waiting for you."),
    )
    language = models.CharField(_("Language"), max_length=7, default=settings.LANGUAGE_CODE)

    class Meta:
        verbose_name = _("choice of e-mails")
        verbose_name_plural = _("choices of e-mails")
        constraints = [models.CheckConstraint(condition=Q(digest__in=Digest.values), name="email_choice_digest_known")]

    def __str__(self):
        return self.user.get_username()

    @classmethod
    def of(cls, user) -> "EmailChoice":
        """What somebody has chosen; an unsaved row with the defaults for whoever has chosen nothing."""
        return getattr(user, "email_choice", None) or cls(user=user)

    @property
    def written_in(self) -> str:
        """A language that was chosen and is no longer offered counts as the site's own."""
        return self.language if self.language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


class StaffEmailQuerySet(OutgoingEmailQuerySet):
    def with_subject(self):
        return self.select_related("user")

    def reachable(self):
        """Whoever has left the desk since then gets nothing more."""
        at_the_desk = Q(user__is_active=True, user__is_staff=True) & ~Q(user__email="")
        return self.filter(Q(user__isnull=True) | at_the_desk)


class StaffEmail(OutgoingEmail):
    """An e-mail to one member of staff about one row of any model, or about one day (the digest)."""

    SIGNER = TokenSigner("e-mails to staff", {})

    # Without one it goes to CONTACT_EMAIL: nobody at the desk could be written to.
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="staff_emails", verbose_name=_("person")
    )
    content_type = models.ForeignKey(ContentType, models.CASCADE, null=True, related_name="+")
    object_id = models.PositiveBigIntegerField(null=True)
    row = GenericForeignKey("content_type", "object_id")
    day = models.DateField(_("day"), null=True)

    objects = StaffEmailQuerySet.as_manager()

    class Meta(OutgoingEmail.Meta):
        verbose_name = _("e-mail to staff")
        verbose_name_plural = _("e-mails to staff")
        constraints = [
            models.UniqueConstraint(
                fields=["name", "user", "content_type", "object_id", "day"],
                nulls_distinct=False,
                name="staff_email_once",
            ),
            models.CheckConstraint(
                condition=Q(content_type__isnull=False, object_id__isnull=False, day__isnull=True)
                | Q(content_type__isnull=True, object_id__isnull=True, day__isnull=False),
                name="staff_email_is_about_something",
            ),
            one_outcome("staff_email_one_outcome"),
        ]

    def __str__(self):
        return f"{self.name} · {self.user_id}"

    @property
    def subject(self):
        return self

    @property
    def address(self) -> str:
        return self.user.email if self.user else settings.CONTACT_EMAIL

    @property
    def address_was_typed(self) -> bool:
        return False

    @classmethod
    def target(cls, subject) -> dict:
        return subject
