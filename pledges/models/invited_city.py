"""That a city was invited on a day, by one e-mail. The database takes one a month for a city."""

from datetime import date, timedelta

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField, DateRangeField, RangeOperators
from django.db import IntegrityError, models, transaction
from django.db.models import Func, Max, Q
from django.db.models.functions import Now, TruncDate
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from citysolidarity.database.clock import database_now
from citysolidarity.desk.fields import CuratorKey
from citysolidarity.desk.transitions import TransitionNotAllowed

DAYS_APART = 31  # never two in one month


class InvitedCityQuerySet(models.QuerySet):
    def next_day_for(self, city) -> date:
        """From when on the city can be invited; ``date.min`` where it never was."""
        last = self.filter(city=city).aggregate(last=Max("sent_on"))["last"]
        return last + timedelta(days=DAYS_APART) if last else date.min


class InvitedCity(models.Model):
    """``merged_at`` is when its city turned out to be another one: the rule of the month then looks at it no more."""

    city = models.ForeignKey("practices.City", models.PROTECT, related_name="invited", verbose_name=_("city"))
    email = models.EmailField(_("public e-mail address of the city"), max_length=254)
    language = models.CharField(_("language of the e-mail"), max_length=7)
    sent_on = models.DateField(_("day of the invitation"))
    sent_by = CuratorKey(verbose_name=_("sent by"))
    merged_at = models.DateTimeField(_("city merged"), null=True, blank=True)

    # Those whose city cannot be invited again yet.
    RECENT = Q(sent_on__gt=TruncDate(Now() - timedelta(days=DAYS_APART)))

    objects = InvitedCityQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_on", "-pk"]
        verbose_name = _("invited city")
        verbose_name_plural = _("invited cities")
        constraints = [
            models.CheckConstraint(condition=~Q(email=""), name="invited_city_has_address"),
            ExclusionConstraint(
                name="invited_city_once_a_month",
                # A range of one number stands for the city: it needs no extension of the database.
                expressions=[
                    (
                        Func(
                            "city",
                            template="int8range(%(expressions)s, %(expressions)s, '[]')",
                            output_field=BigIntegerRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                    (
                        Func(
                            "sent_on",
                            template=f"daterange(%(expressions)s, %(expressions)s + {DAYS_APART})",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(merged_at__isnull=True),
            ),
        ]

    def __init__(self, *args, planned=None, **kwargs):
        """``planned`` are the invitations that it is to take along, before it is saved."""
        super().__init__(*args, **kwargs)
        self.planned = planned

    def __str__(self):
        return f"{self.city}, {self.sent_on:%Y-%m-%d}"

    def taken_along(self) -> list:
        """The invitations that the e-mail holds, the oldest first."""
        if self.planned is not None:
            return self.planned
        return list(self.invitations.with_cities().select_related("contact").order_by("confirmed_at", "pk"))

    @classmethod
    def invite(cls, city, email: str, language: str, by) -> "InvitedCity":
        """Raises TransitionNotAllowed where the city was invited less than a month ago, perhaps just now."""
        # Two at once wait here for each other: PostgreSQL would end one of two exclusions as a deadlock.
        list(type(city).objects.select_for_update(no_key=True).filter(pk=city.pk).values_list("pk"))
        today = database_now().date()
        try:
            with transaction.atomic():
                return cls.objects.create(city=city, email=email, language=language, sent_on=today, sent_by=by)
        except IntegrityError as error:
            if "invited_city_once_a_month" not in str(error):
                raise
            day = date_format(cls.objects.next_day_for(city), "DATE_FORMAT")
            sentence = gettext("the city gets one invitation a month: the next one can go from %(day)s on.")
            raise TransitionNotAllowed(sentence % {"day": day}) from error
