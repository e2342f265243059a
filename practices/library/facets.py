"""Rows with codes by facet, narrowed by a selection: the library's documents, and the networks."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Protocol

from django.utils.functional import Promise

from practices.directory.summary import Chip, words_chip
from practices.library.selection import ListSelection
from practices.vocabularies.facets import Group, Option


class FacetedRow(Protocol):
    codes: Mapping[str, frozenset[str]]


def matches(row: FacetedRow, selection: ListSelection, leaving_out: str = "") -> bool:
    """Whether the row has one of the chosen codes of every facet but ``leaving_out``."""
    return all(
        not codes or name == leaving_out or not row.codes[name].isdisjoint(codes)
        for name, codes in selection.chosen.items()
    )


def groups(
    rows: list[FacetedRow],
    selection: ListSelection,
    titles: Mapping[str, str | Promise],
    known: Mapping[str, Iterable[str]],
    label: Callable[[str, str], str],
    opened: Iterable[str],
) -> list[Group]:
    """Every facet with its options, in the order of ``known``, each counted without its own choice; none without a row."""
    shown = []
    for name, title in titles.items():
        counts = Counter(code for row in rows if matches(row, selection, name) for code in row.codes[name])
        chosen = selection.codes(name)
        options = [
            Option(code, label(name, code), counts[code], code in chosen)
            for code in known[name]
            if counts[code] or code in chosen
        ]
        shown.append(Group(name, title, options, name in opened or bool(chosen)))
    return shown


def chips(selection: ListSelection, label: Callable[[str, str], str]) -> list[Chip]:
    """Everything chosen, each with the URL of the list without it."""
    return words_chip(selection) + [
        Chip(label(name, code), selection.toggled(name, code).query() or "?")
        for name, codes in selection.chosen.items()
        for code in codes
    ]
