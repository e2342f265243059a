"""The date of a document in words."""

from datetime import date

from django.utils.formats import date_format

# A year, a month, a day: what their ISO 8601 form is filled up with, and how they read.
FORMATS = {4: ("-01-01", "Y"), 7: ("-01", "YEAR_MONTH_FORMAT"), 10: ("", "DATE_FORMAT")}


def in_words(dates: str) -> str:
    """A year, month or day (ISO 8601), or two with a slash between, in the language of the page: "18 December 2018"."""
    return " – ".join(map(_in_words, dates.split("/"))) if dates else ""


def _in_words(moment: str) -> str:
    rest, shape = FORMATS[len(moment)]
    try:
        return date_format(date.fromisoformat(moment + rest), shape)
    except ValueError:  # the 31st of February
        return moment
