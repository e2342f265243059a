"""Days of the year on which a city may speak of people forced to flee, each with the resolution that proclaimed it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WITHIN = timedelta(days=7)  # how long before and after the day it is spoken of


@dataclass(frozen=True)
class CampaignDay:
    """``resolution`` is the document of the United Nations General Assembly, ``address`` the UN's page on the day."""

    code: str
    month: int
    day: int
    name: Promise
    resolution: str
    address: str

    @property
    def on_calendar(self) -> date:
        """The day in a year of no meaning, to be printed without it."""
        return date(2000, self.month, self.day)

    def dates_around(self, today: date) -> Iterator[date]:
        """The day in this year and in those before and after, since a week may reach over New Year."""
        return (date(year, self.month, self.day) for year in (today.year - 1, today.year, today.year + 1))


@dataclass(frozen=True)
class Moment:
    """A campaign day that is near: ``on`` is its date."""

    campaign: CampaignDay
    on: date
    today: date

    @property
    def is_today(self) -> bool:
        return self.on == self.today

    @property
    def is_past(self) -> bool:
        return self.on < self.today


UN = "https://www.un.org/en/observances"
CAMPAIGN_DAYS = (
    CampaignDay(
        "racial-discrimination", 3, 21, _("International Day for the Elimination of Racial Discrimination"),
        "A/RES/2142(XXI)", f"{UN}/end-racism-day",
    ),
    CampaignDay("world-refugee-day", 6, 20, _("World Refugee Day"), "A/RES/55/76", f"{UN}/refugee-day"),
    CampaignDay("world-cities-day", 10, 31, _("World Cities Day"), "A/RES/68/239", f"{UN}/cities-day"),
    CampaignDay("human-rights-day", 12, 10, _("Human Rights Day"), "A/RES/423(V)", f"{UN}/human-rights-day"),
    CampaignDay("migrants-day", 12, 18, _("International Migrants Day"), "A/RES/55/93", f"{UN}/migrants-day"),
)  # fmt: skip


def moment_of(today: date) -> Moment | None:
    """The campaign day that is nearest, if one is WITHIN reach; of two that are equally near, the one to come."""
    moments = [Moment(campaign, on, today) for campaign in CAMPAIGN_DAYS for on in campaign.dates_around(today)]
    near = [moment for moment in moments if abs(moment.on - today) <= WITHIN]
    return min(near, key=lambda moment: (abs(moment.on - today), moment.is_past), default=None)
