"""What happened to an entry on its way to the public, and what curators said about it.

The database itself deletes the log of a deleted entry (``triggers.py``): only so can it tell that from someone
who tidies up.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

WHY_LENGTH = 300


class Move(models.TextChoices):
    """The moves of an entry, as its log tells them."""

    SUBMITTED = "submitted", _("Sent to review")
    SENT_BACK = "sent-back", _("Sent back to the drafts")
    PUBLISHED = "published", _("Published")
    CONFIRMED = "confirmed", _("Confirmed by the city")
    ENDED = "ended", _("Marked as ended")
    ARCHIVED = "archived", _("Taken off the public pages")


class ReviewEvent(models.Model):
    """That an entry moved, when, by whom and why. The database refuses UPDATE and DELETE; a log goes only with its entry."""

    practice = models.ForeignKey(
        "practices.Practice", models.DO_NOTHING, related_name="review_events", verbose_name=_("practice")
    )
    move = models.CharField(_("what happened"), max_length=12, choices=Move)
    at = models.DateTimeField(_("when"), db_default=Now(), editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    why = models.CharField(_("why"), max_length=WHY_LENGTH, blank=True)

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("event of the review")
        verbose_name_plural = _("events of the review")
        constraints = [
            models.CheckConstraint(condition=Q(move__in=Move.values), name="review_event_move_known"),
        ]

    def __str__(self):
        return self.get_move_display()


class ReviewComment(models.Model):
    """What a curator tells the others about an entry; never public."""

    practice = models.ForeignKey(
        "practices.Practice", models.CASCADE, related_name="review_comments", verbose_name=_("practice")
    )
    at = models.DateTimeField(_("when"), db_default=Now(), editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    text = models.TextField(_("comment"), max_length=2_000)

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("comment of a curator")
        verbose_name_plural = _("comments of curators")
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="review_comment_says_something")]

    def __str__(self):
        return self.text
