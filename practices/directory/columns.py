"""The columns of the table: their headings, and the order that a click on each gives."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from practices.directory.selection import Selection
from practices.directory.summary import name_of_column
from practices.vocabularies.orders import turned

TEMPLATE = "practices/directory/columns.html"
# What most people look for first: small, cheap, well shown, new.
FIRST = ("size", "-started", "cost", "-evidence")


@dataclass(frozen=True)
class Column:
    """``url`` is "" where the column cannot be sorted; ``direction`` is an ARIA word, "" where the order is another."""

    label: str
    url: str = ""
    direction: str = ""


def columns(selection: Selection) -> list[Column]:
    """From the second column on."""
    size, started, cost, evidence = (sorted_column(selection, first) for first in FIRST)
    return [Column(_("Theme")), size, started, cost, Column(_("People, in figures")), evidence]


def sorted_column(selection: Selection, first: str) -> Column:
    """Another click turns the order round."""
    label, sort = name_of_column(first), selection.sort
    if sort not in (first, turned(first)):
        return Column(label, selection.changed(sort=first).query())
    direction = "descending" if sort.startswith("-") else "ascending"
    return Column(label, selection.changed(sort=turned(sort)).query(), direction)
