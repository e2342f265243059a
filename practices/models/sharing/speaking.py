"""An e-mail address that may speak for a city: its button was pressed, and curators saw whose domain it is."""

from django.db import models, transaction
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from citysolidarity.desk.fields import CuratorKey
from citysolidarity.desk.transitions import TransitionNotAllowed
from citysolidarity.mail.verdict import Mailbox, mailbox_of
from practices.models.cities.city import City

SECOND = gettext_lazy(
    "This e-mail address is not at the city’s recorded official domain: a second curator has to agree."
)
MAY_VOUCH = "practices.change_contactroute"


class Speaking(models.Model):
    """Mixed into a row with an ``email``. It speaks for a city from ``speaks_since`` on, and not before.

    Mail at the city's recorded official domain needs one curator; every other domain needs two.
    """

    mailbox_confirmed_at = models.DateTimeField(gettext_lazy("e-mail address confirmed"), null=True, editable=False)
    vouched_by = CuratorKey(gettext_lazy("vouched for by"), null=True, blank=True, editable=False)
    seconded_by = CuratorKey(gettext_lazy("seconded by"), null=True, blank=True, editable=False)
    # As it was when it began to speak: the city's domain may be recorded anew.
    was_official = models.BooleanField(gettext_lazy("at the official domain"), default=False, editable=False)
    speaks_since = models.DateTimeField(gettext_lazy("speaks for the city since"), null=True, editable=False)

    class Meta:
        abstract = True

    def verdict(self, city: City | None) -> Mailbox:
        """What its domain tells, compared with the city's."""
        return mailbox_of(self.email, city.official_domain if city else "")

    def why_not_vouch(self, by, city: City | None) -> str:
        """Why this curator cannot vouch for it now, as a sentence; "" where nothing speaks against it."""
        if not (by and by.is_active and by.is_staff and by.has_perm(MAY_VOUCH)):
            return _("Only a named curator can vouch for an e-mail address.")
        if self.mailbox_confirmed_at is None:
            return _("Nobody has confirmed this e-mail address through our e-mail yet.")
        if self.verdict(city).code != "official" and self.vouched_by_id == by.pk:
            return str(SECOND)
        return ""

    def awaits_first_curator(self, city: City | None) -> bool:
        """Whether two curators have to agree, and none has."""
        proved = self.mailbox_confirmed_at and not self.speaks_since and self.vouched_by is None
        return bool(proved) and self.verdict(city).code != "official"

    def why_not_speak(self, by, city: City | None) -> str:
        """Why it cannot speak for the city by a word of this curator, as a sentence; "" where it can."""
        if self.speaks_since:
            return ""
        return self.why_not_vouch(by, city) or (str(SECOND) if self.awaits_first_curator(city) else "")

    def vouch(self, by, city: City | None) -> None:
        """A curator who saw the verdict says that it is the city's. Raises TransitionNotAllowed where that can't be."""
        with transaction.atomic():
            self._lock_speaking()
            if self.speaks_since:
                return
            if against := self.why_not_vouch(by, city):
                raise TransitionNotAllowed(against)
            if self.verdict(city).code == "official":
                self._keep_speaking(vouched_by=by, was_official=True, speaks_since=Now())
            elif self.vouched_by is None:
                self._keep_speaking(vouched_by=by)
            else:
                self._keep_speaking(seconded_by=by, speaks_since=Now())

    def speak(self, by, city: City | None) -> None:
        """As ``vouch``, where nothing less than speaking for the city will do."""
        with transaction.atomic():
            self.vouch(by, city)
            if not self.speaks_since:
                raise TransitionNotAllowed(str(SECOND))

    def _lock_speaking(self) -> None:
        fields = ["email", "mailbox_confirmed_at", "vouched_by", "seconded_by", "was_official", "speaks_since"]
        self.refresh_from_db(fields=fields, from_queryset=type(self).objects.select_for_update(of=["self"]))

    def _keep_speaking(self, **columns) -> None:
        type(self).objects.filter(pk=self.pk).update(**columns)
        self.refresh_from_db(fields=columns)


def speaks_when_proved(name: str) -> list[models.CheckConstraint]:
    """For the Meta of a model: no address speaks without its button, and without one curator or two."""
    silent = Q(speaks_since__isnull=True, seconded_by__isnull=True, was_official=False)
    one_curator = Q(was_official=True, seconded_by__isnull=True)
    two_curators = Q(was_official=False, seconded_by__isnull=False) & ~Q(seconded_by=F("vouched_by"))
    proved = Q(speaks_since__isnull=False, mailbox_confirmed_at__isnull=False, vouched_by__isnull=False)
    return [
        models.CheckConstraint(
            condition=silent | (proved & (one_curator | two_curators)), name=f"{name}_speaks_when_proved"
        ),
        models.CheckConstraint(
            condition=Q(vouched_by__isnull=True) | Q(mailbox_confirmed_at__isnull=False), name=f"{name}_vouched_after"
        ),
    ]
