"""Fresh starts: somebody gets a link to choose a password and a second factor, because they are new or lost both."""

from datetime import timedelta

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from citysolidarity.database.clock import database_now
from citysolidarity.desk.fields import CuratorKey
from citysolidarity.desk.transitions import TransitionNotAllowed
from citysolidarity.login import factors
from citysolidarity.login.sessions import DeskSession

AGREED_WITHIN = timedelta(days=3)
# One lead curator could otherwise invite a second one in their own mailbox, and agree with themselves.
KNOWN_FOR = timedelta(days=14)


class FreshStartQuerySet(models.QuerySet):
    def open(self):
        """Those that wait for a second lead curator."""
        return self.filter(agreed_at__isnull=True, asked_at__gt=Now() - AGREED_WITHIN)


class FreshStart(models.Model):
    """Whoever controls a mailbox could come in by such a link: for an account in use two lead curators have to agree."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="fresh_starts", verbose_name=_("person")
    )
    # For an account that nobody has come in with: there is nothing to take over.
    invites = models.BooleanField(_("invitation"), default=False)
    asked_by = CuratorKey(_("asked by"))
    asked_at = models.DateTimeField(_("asked"), db_default=Now(), editable=False)
    agreed_by = CuratorKey(_("agreed by"), null=True)
    agreed_at = models.DateTimeField(_("agreed"), null=True, editable=False)

    objects = FreshStartQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at", "pk"]
        verbose_name = _("fresh start")
        verbose_name_plural = _("fresh starts")
        permissions = [("look_after_people", _("Can invite people to the desk, change their roles, and erase people"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(agreed_at__isnull=True, agreed_by__isnull=True)
                | Q(agreed_at__isnull=False, agreed_by__isnull=False),
                name="fresh_start_agreed_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(agreed_by__isnull=True) | Q(invites=True) | ~Q(agreed_by=F("asked_by")),
                name="fresh_start_needs_two",
            ),
            models.CheckConstraint(
                condition=~Q(asked_by=F("user")) & (Q(agreed_by__isnull=True) | ~Q(agreed_by=F("user"))),
                name="fresh_start_for_somebody_else",
            ),
        ]

    def __str__(self):
        return f"{self.user_id}"

    @classmethod
    def invite(cls, user, by) -> "FreshStart":
        return cls.objects.create(user=user, invites=True, asked_by=by, agreed_by=by, agreed_at=Now())

    @classmethod
    def ask(cls, user, by) -> "FreshStart":
        """The first of two lead curators; raises TransitionNotAllowed where one has asked already."""
        with transaction.atomic():
            type(user)._default_manager.select_for_update().get(pk=user.pk)
            if cls.objects.open().filter(user=user).exists():
                raise TransitionNotAllowed(_("a colleague has asked for it already; press the button to agree."))
            if user.pk == by.pk:
                raise TransitionNotAllowed(_("nobody resets their own second factor here."))
            return cls.objects.create(user=user, asked_by=by)

    def agree(self, by) -> None:
        """The second: password, second factor and sessions go, and the link may leave."""
        with transaction.atomic():
            mine = type(self).objects.open().select_for_update().filter(pk=self.pk).first()
            if mine is None:
                raise TransitionNotAllowed(_("it is done already, or was asked too long ago."))
            if by.pk in (mine.asked_by_id, mine.user_id):
                raise TransitionNotAllowed(_("another lead curator has to agree."))
            if by.date_joined > database_now() - KNOWN_FOR:
                raise TransitionNotAllowed(_("a lead curator whose account is older than two weeks has to agree."))
            mine.agreed_by, mine.agreed_at = by, Now()
            mine.save(update_fields=["agreed_by", "agreed_at"])
            lock_out(self.user)


def lock_out(user) -> None:
    """No password, no second factor and no session is left; the account and what it signed stay."""
    with transaction.atomic():
        user.set_unusable_password()
        user.save(update_fields=["password"])
        factors.remove_all(user)
        DeskSession.objects.of(user).delete()
