"""The parts of a page with many fields."""

from typing import NamedTuple

from django import forms


class Section(NamedTuple):
    title: str
    fields: list[forms.BoundField]
