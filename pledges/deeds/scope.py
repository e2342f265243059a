"""Of which cities a page of deeds speaks: all, those of one country, or one city."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from practices.models import City
from practices.vocabularies import COUNTRIES
from practices.vocabularies.countries import COUNTRY_CODES

PARAMETERS = ("country", "city")


@dataclass(frozen=True)
class Scope:
    country: str = ""
    city: City | None = None

    def holds(self, city_id: int, country: str) -> bool:
        if self.city:
            return city_id == self.city.pk
        return not self.country or country == self.country

    def query(self, **more: str) -> str:
        """The query string that leads to this scope, with its question mark; "" for all cities."""
        facts = {"city": self.city.slug} if self.city else {"country": self.country}
        sent = {name: value for name, value in (facts | more).items() if value}
        return f"?{urlencode(sent)}" if sent else ""

    @property
    def name(self) -> str:
        """Such as "Berlin" or "Germany"."""
        if self.city:
            return self.city.full_name
        return COUNTRIES.label(self.country) if self.country else _("All cities")


def read_scope(query: QueryDict) -> Scope:
    """What is not known is left out: an address typed by hand is never an error (1 query for a city)."""
    if slug := query.get("city", "")[:200]:
        city = City.objects.public().filter(slug=slug).first() if "\0" not in slug else None
        if city:
            return Scope(country="", city=city)
    country = query.get("country", "")
    return Scope(country=country if country in COUNTRY_CODES else "")
