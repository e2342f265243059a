import re
from datetime import date

from django.utils import timezone

from pledges.dates import FIRST_DAY, FIRST_YEAR
from pledges.vocabularies import Precision

DAY = r"(\d{4}-\d\d-\d\d)"
BETWEEN = re.compile(rf"\bbetween {DAY} and {DAY}")
BEFORE = re.compile(rf"(?<!not )\bbefore {DAY}")
NOT_BEFORE = re.compile(r"\bnot before (\d{4})\b(?!-)")


def read_dates(signed_on: date | None, text: str) -> dict:
    """The columns ``precision``, ``signed_on`` and ``not_before`` (dates or None).

    Without an exact day, the source's ``text`` is searched for "between A and B", "(on or) before A" and "not before
    YEAR"; days that were only announced or reported are not certain. "Before A" is stored as "on or before A", which
    is true of both. Raises ValueError for a day that does not exist or cannot be, or days in the wrong order.
    """
    if signed_on:
        return {"precision": Precision.DAY, "signed_on": signed_on, "not_before": None}
    if match := BETWEEN.search(text):
        first, last = map(possible, match.groups())
        if first > last:
            raise ValueError(f"{first} is after {last}")
        return {"precision": Precision.BETWEEN, "signed_on": last, "not_before": first}
    if match := BEFORE.search(text):
        return {"precision": Precision.BEFORE, "signed_on": possible(match[1]), "not_before": None}
    match = NOT_BEFORE.search(text)
    earliest = date(int(match[1]), 1, 1) if match else None
    if earliest and not FIRST_YEAR <= earliest.year <= timezone.localdate().year:
        raise ValueError(f"{earliest.year} is not between {FIRST_YEAR} and this year")
    return {"precision": Precision.UNKNOWN, "signed_on": None, "not_before": earliest}


def possible(text: str) -> date:
    """A day on which a city may have signed; raises ValueError for any other."""
    day = date.fromisoformat(text)
    if not FIRST_DAY <= day <= timezone.localdate():
        raise ValueError(f"{day} is not between {FIRST_DAY} and today")
    return day
