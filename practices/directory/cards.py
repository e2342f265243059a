"""What a list of practices looks like where somebody shares its address: that of one theme has a card of its own."""

from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from practices.directory.selection import Selection


class Card(NamedTuple):
    """A title, and the path of the picture."""

    title: str
    path: str


def card_of(selection: Selection, heading: str) -> Card:
    """The card of a theme where the list holds this theme alone, else that of the whole directory."""
    if len(themes := selection.codes("theme")) == 1 and selection.narrowing == f"theme={themes[0]}":
        return Card(heading, reverse("theme_card", args=themes))
    title = _("What cities do to include people forced to flee: the directory")
    return Card(title, reverse("page_card", args=["directory"]))
