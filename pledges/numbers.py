"""How many signed in each country, so that nobody can tell from a number which city asked not to be named."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count
from django.utils.translation import gettext as _
from text_unidecode import unidecode

from pledges.vocabularies import Visibility
from practices.vocabularies import COUNTRIES

# Smaller numbers are not told by country; product.md, "country numbers under 3 are merged".
LEAST_TOLD = 3


@dataclass(frozen=True)
class CountryNumber:
    """A country's signatories; ``code`` is "" for the other countries together."""

    code: str
    label: str
    count: int


def by_country(signatures) -> list[CountryNumber]:
    """The numbers of a set of signatures by country, A to Z, the others last; they add up to the whole. One statement.

    A country is told with LEAST_TOLD signatories or more. The unnamed of a country are in its number only where
    they are that many by themselves: elsewhere the named ones on the list, taken off, would give one away.
    """
    named, unnamed = Counter(), Counter()
    rows = signatures.order_by().values_list("city__country", "visibility").annotate(count=Count("pk"))
    for country, visibility, count in rows:
        (unnamed if visibility == Visibility.COUNTED else named)[country] += count
    told = Counter()
    for country in named | unnamed:
        hidden = unnamed[country] if unnamed[country] >= LEAST_TOLD else 0
        if named[country] + hidden >= LEAST_TOLD:
            told[country] = named[country] + hidden
    numbers = [CountryNumber(code, COUNTRIES.label(code), count) for code, count in told.items()]
    numbers.sort(key=lambda number: unidecode(number.label))
    if others := named.total() + unnamed.total() - told.total():
        numbers.append(CountryNumber("", _("Other countries"), others))
    return numbers
