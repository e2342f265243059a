"""What stands beside the map: the cities by country, each with what it does."""

from itertools import groupby

from citysolidarity.languages.alphabet import alphabetical
from practices.models import City
from practices.models.entries.queryset import PracticeQuerySet
from practices.models.entries.translated import text_of_the_page

MOST_TITLES = 150  # practices: more would make a first visit heavier than 150 kB; the list then has the cities alone


def by_country(cities: list[City], practices: PracticeQuerySet, total: int) -> list[tuple[str, list[City]]]:
    """Country → its cities in the given order, each with ``entries``: slug, title and language of ``practices``.

    One query; none, and no entries, where ``total`` are more than MOST_TITLES.
    """
    titles: dict[int, list[dict]] = {}
    if total <= MOST_TITLES:
        texts = {"shown_title": text_of_the_page("title"), "shown_language": text_of_the_page("language")}
        for row in practices.order_by("slug").values("city_id", "slug", **texts):
            titles.setdefault(row["city_id"], []).append(row)
    for city in cities:
        city.entries = titles.get(city.pk, [])
    ordered = sorted(cities, key=lambda city: alphabetical(city.country_name))
    return [(name, list(group)) for name, group in groupby(ordered, key=lambda city: city.country_name)]
