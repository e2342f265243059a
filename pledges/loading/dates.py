"""Reads when a city signed out of what a source says, and claims no more than it says."""

import re
from datetime import date

from pledges.vocabularies import Precision

DAY = r"(\d{4}-\d\d-\d\d)"
BETWEEN = re.compile(rf"\bbetween {DAY} and {DAY}")
BEFORE = re.compile(rf"(?<!not )\bbefore {DAY}")
NOT_BEFORE = re.compile(r"\bnot before (\d{4})\b(?!-)")


def read_dates(signed_on: date | None, said: str) -> dict:
    """The columns ``precision``, ``signed_on`` and ``not_before`` (dates or None).

    An exact day stands alone. Else ``said`` is searched for "between A and B", "(on or) before A" and
    "not before YEAR"; days that were only announced or reported say nothing certain. "Before A" is
    kept as "on or before A", which is true of both. Raises ValueError on a day that does not exist
    or days in the wrong order.
    """
    if signed_on:
        return {"precision": Precision.DAY, "signed_on": signed_on, "not_before": None}
    if found := BETWEEN.search(said):
        first, last = (date.fromisoformat(day) for day in found.groups())
        if first > last:
            raise ValueError(f"{first} is after {last}")
        return {"precision": Precision.BETWEEN, "signed_on": last, "not_before": first}
    if found := BEFORE.search(said):
        return {"precision": Precision.BEFORE, "signed_on": date.fromisoformat(found[1]), "not_before": None}
    found = NOT_BEFORE.search(said)
    earliest = date(int(found[1]), 1, 1) if found else None
    return {"precision": Precision.UNKNOWN, "signed_on": None, "not_before": earliest}
