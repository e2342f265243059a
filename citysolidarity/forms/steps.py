"""The pages of a journey: which comes next, and the numbered steps that stand above each of them."""

from collections.abc import Callable
from typing import NamedTuple

from citysolidarity.forms.journey import Journey


class FormStep(NamedTuple):
    number: int
    label: str
    is_done: bool
    is_current: bool


def steps(labels: list[str], current: int) -> list[FormStep]:
    return [
        FormStep(number, label, number < current, number == current) for number, label in enumerate(labels, start=1)
    ]


def next_step(journey: Journey, page: str, show: Callable):
    """The answer to a page that was sent: itself with its errors, or the page to go on with.

    ``show(page, form=…, problems=…, status=…)`` renders a page of the journey.
    """
    if "show" in journey.data or page not in journey.pages:
        return show(page if "show" in journey.data else journey.next_page())
    form = journey.form(page)
    if not form.is_valid():
        if getattr(form, "must_choose", False):
            return show(page, form=form, problems=[])
        return show(page, form=form, status=422)
    if problems := journey.unknown_field_errors():
        return show(page, form=form, problems=problems, status=422)
    return show(journey.next_page())
