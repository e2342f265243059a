"""What happened to an entry on its way to the public, and what curators said about it.

The database itself deletes the log of a deleted entry (``migrations/0004_logs_and_edition.py``): only so can it tell that from someone
who tidies up.
"""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from citysolidarity.desk.fields import CuratorKey

WHY_LENGTH = 300


class Move(models.TextChoices):
    SUBMITTED = "submitted", _("Sent to review")
    SENT_BACK = "sent-back", _("Returned to the drafts")
    PUBLISHED = "published", _("Published")
    CONFIRMED = "confirmed", _("Confirmed by the city")
    ENDED = "ended", _("Marked as ended")
    ARCHIVED = "archived", _("Removed from the public pages")
    DISCARDED = "discarded", _("Discarded")
    BROUGHT_BACK = "brought-back", _("Restored to the drafts")

    @property
    def verb(self) -> str:
        """What its button says."""
        return VERBS[self]


VERBS = {
    Move.SUBMITTED: _("Send to review"),
    Move.SENT_BACK: _("Return to the drafts"),
    Move.PUBLISHED: _("Publish"),
    Move.CONFIRMED: _("Record that the city confirms it"),
    Move.ENDED: _("Mark as ended"),
    Move.ARCHIVED: _("Remove from the public pages"),
    Move.DISCARDED: _("Discard"),
    Move.BROUGHT_BACK: _("Restore to the drafts"),
}


class Gone(models.TextChoices):
    """What the address of an entry says once it is taken off; sentences for the public."""

    UNSAID = "", _("The curators have removed this entry from the directory.")
    CITY_ASKED = "city-asked", _("The city asked us to remove this entry from the directory.")
    NO_SOURCE = "no-source", _("We could not find a public source for what this entry said.")
    NOT_OURS = "not-ours", _("This entry was not about what a city does for people forced to flee.")
    DOUBLE = "double", _("This entry has become part of another one.")


class ReviewEvent(models.Model):
    """That an entry moved, when, by whom and why. The database refuses UPDATE and DELETE; a log goes only with its entry."""

    practice = models.ForeignKey(
        "practices.Practice", models.DO_NOTHING, related_name="review_events", verbose_name=_("practice")
    )
    move = models.CharField(_("what happened"), max_length=12, choices=Move)
    at = models.DateTimeField(_("when"), db_default=Now(), editable=False)
    by = CuratorKey(null=True, blank=True)
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
    by = CuratorKey()
    text = models.TextField(_("comment"), max_length=2_000)

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("comment of a curator")
        verbose_name_plural = _("comments of curators")
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="review_comment_says_something")]

    def __str__(self):
        return self.text
