"""What the directory adds for a visitor who named a city: the reasons on each card, and the ways on."""

from django.template import loader
from django.urls import reverse

from practices.cards import LIST
from practices.countries import INCOME_YEAR
from practices.likeness.profile import Likeness
from practices.likeness.weights import WEIGHTS
from practices.models import City
from practices.selection import NOBODY, Selection
from practices.vocabularies import COUNTRIES, SIZES, SUBREGIONS

CARD, CELL = "components/alike_card.html", "components/alike_cell.html"


def kept_of(selection: Selection) -> dict:
    """What directory.html says of the visitor's city and of the practices put aside."""
    like_query = selection.query(page=1)
    found = {"like_query": like_query}
    if selection.compared:
        found["nothing_aside_url"] = selection.changed(compared=()).query() or "?"
    if selection.like:
        without = selection.changed(like=NOBODY, sort="" if selection.sort == "like" else selection.sort)
        found["no_like_url"] = without.query() or "?"
        found |= {
            "like_url": reverse("like") + like_query,
            "weights": list(WEIGHTS.values()),
            "income_year": INCOME_YEAR,
        }
    return found


def alike(selection: Selection, found, keys: list[int], shape: str) -> dict[int, str]:
    """Key → why that practice's city is like the visitor's, as markup for a card or a row; {} without a city."""
    if not selection.like:
        return {}
    template = loader.get_template(CARD if shape == LIST else CELL)
    tags = found.tags(keys)
    return {pk: template.render({"likeness": selection.like.likeness(pk, tags[pk])}) for pk in keys if pk in tags}


def alike_first(places: list[City], selection: Selection) -> list[City]:
    """The cities of a map's list: most like the visitor's first, each with its ``likeness``; A to Z without one.

    The visitor's own stands last.
    """
    if not selection.like:
        return places
    for place in places:
        codes = ((SIZES, place.size), (SUBREGIONS, place.region), (COUNTRIES, place.country))
        place.likeness = selection.like.compared(words.numbers[code] for words, code in codes)
        if place.slug == selection.like.answers.city:
            place.likeness = Likeness([], [], is_own=True)
    if selection.order != "like":
        return places
    return sorted(places, key=lambda place: (place.likeness.is_own, -place.likeness.score))
