"""Somebody follows a selection of the directory, or a city: an e-mail tells what is new in it. None of it is public."""

from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.db.models.functions import Coalesce, Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from citysolidarity.desk.transitions import TransitionNotAllowed
from citysolidarity.erasures.models import ErasureAct, ErasureNote
from citysolidarity.forms.one_time_key import SubmittedForm
from citysolidarity.http.throttle import keyed_hash
from citysolidarity.mail.domains import mailbox_key
from practices.models.following.letter import FollowingLetter

LIVE = Q(confirmed_at__isnull=False, stopped_at__isnull=True)
ASKED = Q(confirmed_at__isnull=True, stopped_at__isnull=True)
LONGEST_QUERY = 1_000  # characters; PostgreSQL cannot index much longer ones


class Pace(models.TextChoices):
    MONTHLY = "monthly", _("Once a month at most")
    AT_ONCE = "at-once", _("As soon as something is new, at most one e-mail a day")


# Between two e-mails about the same.
APART = {Pace.MONTHLY: timedelta(days=30), Pace.AT_ONCE: timedelta(days=1)}


class FollowingState(models.TextChoices):
    ASKED = "asked", pgettext_lazy("state of a subscription", "Waiting for confirmation")
    FOLLOWS = "follows", pgettext_lazy("state of a subscription", "Confirmed")
    STOPPED = "stopped", pgettext_lazy("state of a subscription", "Stopped")


class FollowingQuerySet(models.QuerySet):
    def live(self):
        return self.filter(LIVE)

    def of_mailbox(self, email: str):
        return self.filter(mailbox=mailbox_mark(email))

    def of_the_same(self, city, query: str):
        """Those that follow this city or, without one, this selection."""
        return self.filter(city=city, query=query) if city else self.filter(city__isnull=True, query=query)

    def with_city(self):
        return self.select_related("city").defer("city__keywords")

    def due(self):
        """Those who may get an e-mail now, and whose last one has left; what was not looked at for longest comes first."""
        apart = Case(*(When(pace=pace, then=Value(span)) for pace, span in APART.items()))
        on_its_way = FollowingLetter.objects.news().waiting_to_leave().filter(following=OuterRef("pk"))
        last = Coalesce("emailed_at", "confirmed_at")
        due = self.live().filter(~Exists(on_its_way), follower__isnull=False)
        return due.annotate(last=last, apart=apart).filter(last__lte=Now() - F("apart")).order_by("looked_until", "pk")


class Following(SubmittedForm):
    """One form that was accepted; it counts from ``confirmed_at`` until ``stopped_at``.

    Either ``city`` is followed, or the selection that the directory's address says with ``query``: "" for all of it.
    What was published before ``looked_until`` was told, or did not fit.
    """

    city = models.ForeignKey(
        "practices.City", models.PROTECT, null=True, related_name="followings", verbose_name=_("city"), editable=False
    )
    query = models.CharField(_("selection, as an address"), max_length=LONGEST_QUERY, blank=True, editable=False)
    pace = models.CharField(_("how often"), max_length=8, choices=Pace, editable=False)
    # A keyed hash: it tells that the same mailbox follows the same, and nobody can read it.
    mailbox = models.BinaryField(_("keyed hash of the address"), null=True)
    language = models.CharField(_("language of the e-mails"), max_length=7, editable=False)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True, editable=False)
    looked_until = models.DateTimeField(_("looked for news until"), null=True, blank=True, editable=False)
    emailed_at = models.DateTimeField(_("last e-mail with news"), null=True, blank=True, editable=False)
    stopped_at = models.DateTimeField(_("stopped"), null=True, blank=True, editable=False)

    objects = FollowingQuerySet.as_manager()

    class Meta:
        ordering = ["sent_at", "pk"]
        verbose_name = _("subscription by e-mail")
        verbose_name_plural = _("subscriptions by e-mail")
        constraints = [
            models.UniqueConstraint(
                fields=["mailbox", "city", "query"],
                condition=LIVE,
                nulls_distinct=False,
                name="following_one_live_per_mailbox",
            ),
            models.CheckConstraint(condition=Q(city__isnull=True) | Q(query=""), name="following_city_or_selection"),
            models.CheckConstraint(condition=Q(pace__in=Pace.values), name="following_pace_known"),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, looked_until__isnull=True, emailed_at__isnull=True)
                # A check constraint accepts a comparison with NULL.
                | Q(confirmed_at__isnull=False, looked_until__isnull=False, confirmed_at__gte=F("sent_at")),
                name="following_confirmed_after_asked",
            ),
            models.CheckConstraint(
                condition=Q(stopped_at__isnull=True) | Q(stopped_at__gte=Coalesce("confirmed_at", "sent_at")),
                name="following_stopped_last",
            ),
            # Who stops leaves nothing that tells who it was, or what was followed.
            models.CheckConstraint(
                condition=Q(stopped_at__isnull=True) | Q(mailbox__isnull=True, city__isnull=True, query=""),
                name="following_stopped_without_a_mark",
            ),
        ]

    @property
    def state(self) -> FollowingState:
        if self.stopped_at:
            return FollowingState.STOPPED
        return FollowingState.FOLLOWS if self.confirmed_at else FollowingState.ASKED

    @property
    def written_in(self) -> str:
        """A language that was chosen and is no longer offered counts as the site's own."""
        return self.language if self.language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE

    @classmethod
    def ask(cls, key: str, answers: str, *, email: str, **columns) -> "Following":
        """Save a form with its address, in the caller's transaction."""
        following = cls.accepted(key, answers, mailbox=mailbox_mark(email), **columns)
        Follower.objects.create(following=following, email=email)
        return following

    def confirm(self) -> None:
        """By the holder of the mailbox; the same one that is followed at another pace ends. Raises TransitionNotAllowed."""
        try:
            with transaction.atomic():
                same = type(self).objects.live().filter(mailbox=self.mailbox).of_the_same(self.city, self.query)
                for other in same.exclude(pk=self.pk):
                    other.stop()
                self._move(ASKED, confirmed_at=Now(), looked_until=Now())
        except IntegrityError as error:
            if "following_one_live_per_mailbox" in str(error):
                raise TransitionNotAllowed(
                    _("You follow this already, and nothing was changed."), "followed"
                ) from error
            raise

    def stop(self) -> None:
        """By the holder of the mailbox, or since it is dead. Who and what goes at once; stopping twice changes nothing."""
        with transaction.atomic():
            Follower.objects.filter(following_id=self.pk).delete()
            gone = {"mailbox": None, "city": None, "query": ""}
            rows = type(self).objects.filter(ASKED | LIVE, pk=self.pk)
            if rows.update(stopped_at=Now(), **gone):
                ErasureNote.objects.note(ErasureAct.FOLLOWING_STOPPED, self.reference)
            self.refresh_from_db(fields=["stopped_at", *gone])

    def look(self, until, *, has_news: bool) -> bool:
        """What was published before ``until`` is dealt with; False where another worker has just done so."""
        seen = type(self).objects.filter(LIVE, pk=self.pk, looked_until=self.looked_until)
        return bool(seen.update(looked_until=until, **({"emailed_at": Now()} if has_news else {})))

    def _move(self, expected: Q, **columns) -> None:
        """An UPDATE waits for another one of the same row, and then looks again whether the row is as expected."""
        if not type(self).objects.filter(expected, pk=self.pk).update(**columns):
            raise TransitionNotAllowed(_("This has been confirmed or stopped in the meantime."), "ended")
        self.refresh_from_db(fields=list(columns))


class Follower(models.Model):
    """Who follows. A table of its own, so that no other query can touch it."""

    following = models.OneToOneField(
        Following, models.CASCADE, primary_key=True, related_name="follower", verbose_name=_("subscription by e-mail")
    )
    email = models.EmailField(_("e-mail address"), max_length=254)

    class Meta:
        verbose_name = _("e-mail address of a subscription")
        verbose_name_plural = _("e-mail addresses of subscriptions")
        constraints = [models.CheckConstraint(condition=~Q(email=""), name="follower_has_address")]

    def __str__(self):
        return self.following.reference


def mailbox_mark(email: str) -> bytes:
    """What is kept of an address for as long as it follows something."""
    return keyed_hash("following by e-mail", mailbox_key(email))
