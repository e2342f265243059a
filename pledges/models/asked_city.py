"""A city that residents ask to sign, or thank: what the public is told of their number, and what the city answers."""

from datetime import date, datetime

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce, Now
from django.utils.translation import gettext_lazy as _

from citysolidarity.database.locks import ShownQuerySet
from citysolidarity.desk.fields import CuratorKey
from citysolidarity.desk.transitions import TransitionNotAllowed, require
from pledges.models.workflow import CURATE
from practices.models import City

# Below it no number is told, so that nobody can tell who is among them.
FEWEST_TOLD = 10
THRESHOLDS = (10, 100)
PER_CENT = 100
LONGEST_ANSWER = 2_000  # characters


class CityReply(models.TextChoices):
    YES = "yes", _("The city wants to sign")
    NO = "no", _("The city will not sign")
    OTHER = "other", _("The city answers otherwise")


class AskedCityQuerySet(ShownQuerySet):
    def told(self):
        """Those that public pages name: someone has agreed to be counted, and nobody typed the city's name by hand.

        Adds ``is_listed``: whether the city has a page of its own.
        """
        cities = self.annotate(is_listed=Exists(City.objects.listed().filter(pk=OuterRef("city"))))
        known = Q(city__geonames_id__isnull=False) | Q(is_listed=True)
        return cities.filter(known, supports__gte=1).with_city()

    def with_city(self):
        return self.select_related("city").defer("city__keywords")

    def most_first(self):
        return self.order_by("-supports", "city__slug")

    def answered(self):
        """Cities whose answer is public, the latest first."""
        return self.filter(published_at__isnull=False).with_city().order_by("-answered_on", "city__slug")


class AskedCity(models.Model):
    """Made and counted by the daily task, so that a form of the public changes nothing here.

    ``settled_at`` is when the city had signed or said no: six months later the addresses of its residents are erased.
    """

    city = models.OneToOneField(
        "practices.City", models.PROTECT, related_name="asked", verbose_name=_("city"), editable=False
    )
    supports = models.PositiveIntegerField(_("residents counted"), default=0, editable=False)
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True, editable=False)
    email = models.EmailField(
        _("public e-mail address of the city"),
        max_length=254,
        blank=True,
        help_text=_("As the city’s own website gives it. It is shown to nobody else."),
    )
    language = models.CharField(_("language of the e-mail"), max_length=7, default="en")
    due_since = models.DateTimeField(_("threshold reached"), null=True, blank=True, editable=False)
    written_at = models.DateTimeField(_("e-mail sent"), null=True, blank=True, editable=False)
    written_by = CuratorKey(verbose_name=_("sent by"), null=True, blank=True, editable=False)
    # How many residents there were when the city was last written to.
    written_for = models.PositiveIntegerField(_("residents at that time"), default=0, editable=False)
    reply = models.CharField(_("what the city answers"), max_length=5, choices=CityReply, blank=True)
    answered_on = models.DateField(_("day of the answer"), null=True, blank=True)
    answer = models.TextField(
        _("answer in the city’s own words"),
        max_length=LONGEST_ANSWER,
        blank=True,
        help_text=_("Without names and addresses of persons who hold no public office."),
    )
    answer_url = models.URLField(_("page that shows the answer"), max_length=500, blank=True)
    published_at = models.DateTimeField(_("answer published"), null=True, blank=True, editable=False)
    published_by = CuratorKey(verbose_name=_("published by"), null=True, blank=True, editable=False)

    objects = AskedCityQuerySet.as_manager()

    class Meta:
        ordering = ["city"]
        verbose_name = _("city that residents ask")
        verbose_name_plural = _("cities that residents ask")
        constraints = [
            models.CheckConstraint(
                condition=Q(written_at__isnull=True, written_by__isnull=True)
                | Q(written_at__isnull=False, written_by__isnull=False) & ~Q(email=""),
                name="asked_city_written_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(reply="", answered_on__isnull=True, answer="", answer_url="")
                | Q(reply__in=["yes", "no", "other"], answered_on__isnull=False) & ~Q(answer=""),
                name="asked_city_answer_whole",
                violation_error_message=_("Enter what the city answers, the day and the words."),
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True, published_by__isnull=True)
                | Q(published_at__isnull=False, published_by__isnull=False) & ~Q(answer=""),
                name="asked_city_publishes_an_answer",
            ),
        ]

    def __str__(self):
        return str(self.city)

    @property
    def told(self) -> int | None:
        """The number that may be told; None for fewer than FEWEST_TOLD."""
        return self.supports if self.supports >= FEWEST_TOLD else None

    @property
    def thanks(self) -> bool:
        """Whether its residents thank it for a public signature."""
        return self.city.is_signed

    @property
    def thresholds(self) -> list[int]:
        """What the number of residents is compared with; one in a hundred inhabitants where the population is known."""
        population = self.city.population or 0
        return sorted({*THRESHOLDS, max(FEWEST_TOLD, -(-population // PER_CENT))} if population else THRESHOLDS)

    @property
    def reached(self) -> list[int]:
        return [number for number in self.thresholds if number <= self.supports]

    @property
    def is_due(self) -> bool:
        """Whether a threshold was reached since the city was last written to, and it has neither signed nor answered."""
        is_open = not (self.thanks or self.reply)
        return is_open and any(number > self.written_for for number in self.reached)

    def count(self, supports: int, signed_at: datetime | None, now: datetime) -> bool:
        """Take over how many residents there are, and when the city's public signature began; ``now`` is the database's.

        For the daily task; False where nothing is different. Does not save.
        """
        before = (self.supports, self.due_since, self.settled_at)
        self.supports = supports
        if not self.is_due:
            self.due_since = None
        elif self.due_since is None:
            self.due_since = now
        if self.reply != CityReply.NO or signed_at:
            self.settled_at = signed_at
        return before != (self.supports, self.due_since, self.settled_at)

    # --- at the desk -----------------------------------------------------------------

    def keep_address(self, by, email: str, language: str) -> None:
        require(by, CURATE)
        self._save(email=email, language=language)

    def note_written(self, by) -> None:
        """Its e-mail is posted in the same transaction."""
        require(by, CURATE)
        if why := self.why_not_write():
            raise TransitionNotAllowed(why)
        self._save(written_at=Now(), written_by=by, written_for=self.supports, due_since=None)

    def why_not_write(self) -> str:
        """Why the city can't be written to now, as a sentence; "" where nothing speaks against it."""
        if self.reply:
            return _("the city has answered.")
        if not self.is_due:
            return _("no threshold was reached since the city was last written to.")
        return "" if self.email else _("first save the city’s e-mail address, and read the e-mail.")

    def record_answer(self, by, reply: str, answered_on: date, answer: str, answer_url: str = "") -> None:
        """What stands already on public pages is corrected with it."""
        require(by, CURATE)
        said_no = Coalesce("settled_at", Now()) if reply == CityReply.NO else F("settled_at")
        self._save(
            reply=reply,
            answered_on=answered_on,
            answer=answer,
            answer_url=answer_url,
            due_since=None,
            settled_at=said_no,
        )

    def publish_answer(self, by) -> None:
        require(by, CURATE)
        if why := self.why_not_publish():
            raise TransitionNotAllowed(why)
        self._save(published_at=Now(), published_by=by)

    def why_not_publish(self) -> str:
        if self.published_at:
            return _("the answer is public.")
        return "" if self.answer else _("first save the city’s answer.")

    def hide_answer(self, by) -> None:
        require(by, CURATE)
        if why := self.why_not_hide():
            raise TransitionNotAllowed(why)
        self._save(published_at=None, published_by=None)

    def why_not_hide(self) -> str:
        return "" if self.published_at else _("no answer is public.")

    def remove_answer(self, by) -> None:
        require(by, CURATE)
        if why := self.why_not_remove():
            raise TransitionNotAllowed(why)
        self._save(reply="", answered_on=None, answer="", answer_url="")

    def why_not_remove(self) -> str:
        if self.published_at:
            return _("the answer is public.")
        return "" if self.answer else _("no answer is saved.")

    def _save(self, **columns) -> None:
        type(self).objects.filter(pk=self.pk).update(**columns)
        self.refresh_from_db(fields=list(columns))


class SupportMonth(models.Model):
    """How many residents the public was last told of in a month, in the cities with ten or more, rounded down to tens."""

    month = models.DateField(_("first day of the month"), primary_key=True)
    told = models.PositiveIntegerField(_("residents told of"))
    counted_on = models.DateField(_("day of the count"))

    class Meta:
        ordering = ["month"]
        verbose_name = _("residents by month")
        verbose_name_plural = _("residents by month")
        constraints = [
            models.CheckConstraint(condition=Q(counted_on__gte=F("month")), name="support_month_counted_within"),
        ]

    def __str__(self):
        return f"{self.month:%Y-%m}"
