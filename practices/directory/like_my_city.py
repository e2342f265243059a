"""What the directory adds for a visitor who named a city: the reasons on each card, and the links that change it."""

import re

from django.template import loader
from django.urls import reverse

from practices.cities.similarity.profile import CitySimilarity
from practices.cities.similarity.weights import WEIGHTS
from practices.directory.rendering import LIST
from practices.directory.selection import NOBODY, Selection
from practices.models import City
from practices.vocabularies import COUNTRIES, SIZES, SUBREGIONS
from practices.vocabularies.countries import INCOME_YEAR

CARD, CELL = "components/similarity_card.html", "components/similarity_cell.html"


def city_context(selection: Selection) -> dict:
    like_query = selection.query(page=1)
    context = {"like_query": like_query}
    if selection.like:
        without = selection.changed(like=NOBODY, sort="" if selection.sort == "like" else selection.sort)
        context["no_like_url"] = without.query() or "?"
        context |= {
            "like_url": reverse("like") + like_query,
            "weights": list(WEIGHTS.values()),
            "income_year": INCOME_YEAR,
        }
    return context


def similarity_notes(selection: Selection, found, keys: list[int], template: str) -> dict[int, str]:
    """Key → why that practice's city is like the visitor's, as markup for a card or a row; {} without a city."""
    if not selection.like:
        return {}
    note = loader.get_template(CARD if template == LIST else CELL)
    tags = found.tags(keys)
    return {pk: note.render({"similarity": selection.like.similarity_of(pk, tags[pk])}) for pk in keys if pk in tags}


# The link of an entry, the heading of its card or row.
ENTRY = re.compile(r'((?:<h2 [^>]*>|<th scope="row">)\s*<a href="[^"?]+)"')
ENTRY_IN_BYTES = re.compile(ENTRY.pattern.encode())


def led_on[Markup: (bytes, str)](cards: Markup, selection: Selection) -> Markup:
    """The cards with links that take the visitor's city along to the entry; as they are where none is named."""
    if not (key := selection.like.answers.city):
        return cards
    if isinstance(cards, bytes):
        return ENTRY_IN_BYTES.sub(rb'\1?like=%b"' % key.encode(), cards)
    return type(cards)(ENTRY.sub(rf'\1?like={key}"', cards))


def most_similar_first(cities: list[City], selection: Selection) -> list[City]:
    """The cities of a map's list, each with its ``similarity``: the most similar first, the visitor's own last.

    A to Z where no city was named, or another order was.
    """
    if not selection.like:
        return cities
    for city in cities:
        codes = ((SIZES, city.size), (SUBREGIONS, city.region), (COUNTRIES, city.country))
        city.similarity = selection.like.compared_with(vocabulary.numbers[code] for vocabulary, code in codes)
        if city.slug == selection.like.answers.city:
            city.similarity = CitySimilarity([], [], is_own=True)
    if selection.order != "like":
        return cities
    return sorted(cities, key=lambda city: (city.similarity.is_own, -city.similarity.score))
