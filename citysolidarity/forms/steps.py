"""The pages of a way: which comes after what was pressed, and the steps above each of them."""

from collections.abc import Callable
from typing import NamedTuple

from citysolidarity.forms.way import Way


class Step(NamedTuple):
    """A step of the way as the page shows it."""

    number: int
    label: str
    is_done: bool
    is_current: bool


def steps(labels: list[str], current: int) -> list[Step]:
    """The steps, and which of them are behind."""
    return [Step(number, label, number < current, number == current) for number, label in enumerate(labels, start=1)]


def next_step(way: Way, page: str, show: Callable):
    """What a page that was sent leads to: the same with what is wrong, one that was asked for, or the next one.

    ``show(page, form=…, problems=…, status=…)`` renders a page of the way.
    """
    if "show" in way.data or page not in way.pages:
        return show(page if "show" in way.data else way.next_page())
    form = way.form(page)
    if not form.is_valid():
        if getattr(form, "must_choose", False):
            return show(page, form=form, problems=[])
        return show(page, form=form, status=422)
    if problems := way.misfits():
        return show(page, form=form, problems=problems, status=422)
    return show(way.next_page())
