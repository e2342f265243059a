"""Pictures for social media: the site's card with a sentence and the name of the city.

None of them says that a city has signed: that is said only of a verified signature, by its own card.
"""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pledges.kit.facts import KitFacts
from practices.entries import share_card

OCCASIONS = ("decides", "invites")


def draw(occasion: str, facts: KitFacts) -> bytes:
    """A PNG of 1200 × 630 pixels; ``occasion`` is one of OCCASIONS."""
    return share_card.draw(sentence(occasion), facts.city, kind_label="#WithRefugees", language=get_language())


def sentence(occasion: str) -> str:
    return {
        "decides": _("Our council decides on the statement of solidarity"),
        "invites": _("Is your city ready to stand with refugees?"),
    }[occasion]
