"""A day in three boxes: day, month and year, as people know it by heart; no picker to learn."""

from datetime import date

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

PARTS = ("day", "month", "year")
LABELS = {"day": _("Day"), "month": _("Month"), "year": _("Year")}

SENTENCES = {
    "missing": _("Enter the day, the month and the year"),
    "no-day": _("There is no such day. Enter day, month and year in figures, such as 31 3 2027"),
    "past": _("This day has passed. Enter one that is still to come"),
    "far": _("This day is too far away. Enter one before %(last)s"),
}


def day_fields(name: str) -> dict:
    """The three fields of a day; their names are ``name_day``, ``name_month``, ``name_year``."""
    return {f"{name}_{part}": box(part) for part in PARTS}


def box(part: str) -> forms.CharField:
    """One of the three."""
    attrs = {"inputmode": "numeric", "autocomplete": "off", "class": f"in-{part}"}
    return forms.CharField(label=LABELS[part], required=False, widget=forms.TextInput(attrs))


def is_empty(form: forms.Form, name: str) -> bool:
    """Whether none of the three boxes holds anything."""
    return not any(form.cleaned_data.get(f"{name}_{part}") for part in PARTS)


def read_day(form: forms.Form, name: str, *, years: int) -> date | None:
    """The day, which must come within so many years; None with an error on the first box where it is none."""
    today = timezone.localdate()
    last = today.replace(year=today.year + years, day=1)
    typed = [form.cleaned_data.get(f"{name}_{part}", "") for part in PARTS]
    try:
        found = date(*map(number, reversed(typed)))
    except (ValueError, OverflowError):
        return complain(form, name, "no-day" if all(typed) else "missing")
    if found <= today:
        return complain(form, name, "past")
    return found if found < last else complain(form, name, "far", last=last)


def number(typed: str) -> int:
    """The number that was typed; figures of every script count. Raises ValueError, also on more than four."""
    if not typed.isdecimal() or len(typed) > 4:
        raise ValueError(typed[:20])
    return int(typed)


def complain(form: forms.Form, name: str, code: str, last: date | None = None) -> None:
    """Puts the sentence on the first of the three boxes."""
    sentence = SENTENCES[code]
    if last:
        sentence = sentence % {"last": date_format(last)}
    form.add_error(f"{name}_day", sentence)
