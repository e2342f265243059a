"""A date typed into three boxes: day, month and year."""

from datetime import date

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from citysolidarity.forms.bounds import ShortField

PARTS = ("day", "month", "year")
LONGEST = 40  # characters of a box
LABELS = {"day": _("Day"), "month": _("Month"), "year": _("Year")}

SENTENCES = {
    "missing": _("Enter the day, the month and the year"),
    "no-day": _("There is no such date. Enter the day, month and year in figures, for example 31 3 2027"),
    "short-year": _("Enter the year in four figures, for example 2027"),
    "past": _("This date has passed. Enter a date in the future"),
    "far": _("This date is too far in the future. Enter a date before %(last)s"),
}


def day_fields(name: str) -> dict:
    """Three fields, called ``name_day``, ``name_month`` and ``name_year``."""
    return {f"{name}_{part}": box(part) for part in PARTS}


def box(part: str) -> ShortField:
    attrs = {"inputmode": "numeric", "autocomplete": "off", "class": f"in-{part}"}
    return ShortField(
        label=LABELS[part],
        required=False,
        longest=LONGEST,
        too_long=SENTENCES["no-day"],
        widget=forms.TextInput(attrs),
    )


def is_empty(form: forms.Form, name: str) -> bool:
    return not any(form.cleaned_data.get(f"{name}_{part}") for part in PARTS)


def read_day(form: forms.Form, name: str, *, years: int) -> date | None:
    """The date, which must lie in the next ``years`` years; else None, and an error on the first box."""
    if not form.errors.keys().isdisjoint(f"{name}_{part}" for part in PARTS):
        return None
    today = timezone.localdate()
    last = today.replace(year=today.year + years, day=1)
    typed = [form.cleaned_data.get(f"{name}_{part}", "") for part in PARTS]
    try:
        day = date(*map(number, reversed(typed)))
    except (ValueError, OverflowError):
        return complain(form, name, "no-day" if all(typed) else "missing")
    if day.year < 1000:
        return complain(form, name, "short-year")
    if day <= today:
        return complain(form, name, "past")
    return day if day < last else complain(form, name, "far", last=last)


def number(typed: str) -> int:
    """Read up to four digits of any script; raises ValueError for anything else."""
    if len(typed) > 4 or not typed.isdecimal():
        raise ValueError(typed[:20])
    return int(typed)


def complain(form: forms.Form, name: str, code: str, last: date | None = None) -> None:
    sentence = SENTENCES[code]
    if last:
        sentence = sentence % {"last": date_format(last)}
    form.add_error(f"{name}_day", sentence)
