"""How the residents' number grew from month to month."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from citysolidarity.drawing.month_chart import MonthChart, month_chart, months
from pledges.models import SupportMonth


def in_words(told: int) -> str:
    """A sum over cities, which is rounded down."""
    if not told:
        return _("no city has ten residents who ask yet")
    return ngettext("at least %(count)d resident", "at least %(count)d residents", told) % {"count": told}


def growth_by_month(counted: Iterable[SupportMonth]) -> MonthChart | None:
    """A month in which nothing was counted stays as the one before; None where nothing was counted yet."""
    told = {row.month: row.told for row in counted}
    if not told:
        return None
    numbers: list[tuple[date, int]] = []
    for month in months(min(told), max(told)):
        numbers.append((month, told.get(month, numbers[-1][1] if numbers else 0)))
    return month_chart(numbers, in_words)
