"""Dates that are known only in part."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pledges.vocabularies import Precision

# Cities could sign from World Refugee Day, 20 June 2018, on (UNHCR, City of Sanctuary, June 2018).
FIRST_DAY = date(2018, 6, 20)
FIRST_YEAR = FIRST_DAY.year


def date_in_words(precision: str, signed_on: date | None, not_before: date | None) -> str:
    """The day, as exactly as it is known, in the active language."""
    if precision == Precision.DAY:
        return date_format(signed_on, "DATE_FORMAT")
    if precision == Precision.BEFORE:
        return _("by %(day)s") % {"day": date_format(signed_on, "DATE_FORMAT")}
    if precision == Precision.BETWEEN:
        days = {"first": date_format(not_before, "DATE_FORMAT"), "last": date_format(signed_on, "DATE_FORMAT")}
        return _("between %(first)s and %(last)s") % days
    if not_before:
        return _("in %(year)d or later (exact date unknown)") % {"year": not_before.year}
    return _("on an unknown date")


def date_in_brief(precision: str, signed_on: date | None, not_before: date | None) -> str:
    """The same where there is little room: months instead of days, years instead of a span."""
    if precision in (Precision.DAY, Precision.BEFORE):
        month = date_format(signed_on, "YEAR_MONTH_FORMAT")
        return month if precision == Precision.DAY else _("by %(day)s") % {"day": month}
    if precision == Precision.BETWEEN:
        first, last = not_before.year, signed_on.year
        return str(last) if first == last else f"{first}–{last}"
    if not_before:
        return _("%(year)d or later") % {"year": not_before.year}
    return _("Date not known")


def year_of(precision: str, signed_on: date | None, not_before: date | None) -> int | None:
    """The year of a signature where it is certain, else None. No signature is older than FIRST_YEAR."""
    if precision == Precision.UNKNOWN:
        return None
    earliest = {Precision.DAY: signed_on, Precision.BETWEEN: not_before}.get(precision)
    first = earliest.year if earliest else FIRST_YEAR
    return signed_on.year if first == signed_on.year else None
