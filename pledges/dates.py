"""Days that are known only in part: how they are said, and which year is certain."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pledges.vocabularies import Precision

# The statement was opened to cities for World Refugee Day on 20 June 2018 (UNHCR, City of Sanctuary, June 2018).
FIRST_YEAR = 2018


def date_in_words(precision: str, signed_on: date | None, not_before: date | None) -> str:
    """When something was signed, no more exactly than is known, in the active language."""
    if precision == Precision.DAY:
        return date_format(signed_on, "DATE_FORMAT")
    if precision == Precision.BEFORE:
        return _("on or before %(day)s") % {"day": date_format(signed_on, "DATE_FORMAT")}
    if precision == Precision.BETWEEN:
        days = {"first": date_format(not_before, "DATE_FORMAT"), "last": date_format(signed_on, "DATE_FORMAT")}
        return _("between %(first)s and %(last)s") % days
    if not_before:
        return _("day not known, %(year)d or later") % {"year": not_before.year}
    return _("day not known")


def year_of(precision: str, signed_on: date | None, not_before: date | None) -> int | None:
    """The year of a signature where it is certain; None elsewhere. No signature is older than the statement."""
    if precision == Precision.UNKNOWN:
        return None
    earliest = {Precision.DAY: signed_on, Precision.BETWEEN: not_before}.get(precision)
    first = earliest.year if earliest else FIRST_YEAR
    return signed_on.year if first == signed_on.year else None


def years_in_words(precision: str, signed_on: date | None, not_before: date | None) -> str:
    """The year for a place with little room, no more exactly than is known: "2024", "by 2022", "2024 to 2025", ""."""
    if year := year_of(precision, signed_on, not_before):
        return str(year)
    if precision == Precision.BEFORE:
        return _("by %(year)d") % {"year": signed_on.year}
    if precision == Precision.BETWEEN:
        return _("%(first)d to %(last)d") % {"first": not_before.year, "last": signed_on.year}
    return ""
