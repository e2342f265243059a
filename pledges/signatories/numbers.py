"""How many signed in each country, so that nobody can tell from a number which city asked not to be named."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count
from django.utils.translation import gettext as _

from citysolidarity.languages.alphabet import alphabetical
from pledges.vocabularies import Visibility
from practices.vocabularies import COUNTRIES

# Countries with fewer signatures are merged.
LEAST_SHOWN = 3


@dataclass(frozen=True)
class CountryNumber:
    code: str  # "" for the other countries together
    label: str
    count: int


def by_country(signatures) -> list[CountryNumber]:
    """The numbers by country, A to Z, the other countries last; they add up to the whole (1 query).

    A country is shown with LEAST_SHOWN signatures or more. Its unnamed signatures are in its number only where
    there are that many of them: otherwise, subtracting the named ones on the list would reveal them.
    """
    named, unnamed = Counter(), Counter()
    rows = signatures.order_by().values_list("city__country", "visibility").annotate(count=Count("pk"))
    for country, visibility, count in rows:
        (unnamed if visibility == Visibility.COUNTED else named)[country] += count
    shown = Counter()
    for country in named | unnamed:
        hidden = unnamed[country] if unnamed[country] >= LEAST_SHOWN else 0
        if named[country] + hidden >= LEAST_SHOWN:
            shown[country] = named[country] + hidden
    numbers = [CountryNumber(code, COUNTRIES.label(code), count) for code, count in shown.items()]
    numbers.sort(key=lambda number: alphabetical(number.label))
    if others := named.total() + unnamed.total() - shown.total():
        numbers.append(CountryNumber("", _("Other countries"), others))
    return numbers
