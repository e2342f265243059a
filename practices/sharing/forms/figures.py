"""Figures, each with its year and one of the sources: up to four."""

import re
from hashlib import blake2s

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from citysolidarity.forms.base import OptionalPage
from citysolidarity.forms.line import FREE, LineField
from citysolidarity.forms.year import YearField
from practices.sharing.forms.sections import Section

ROOM = 4
PARTS = ("value", "what", "year", "source")
LONGEST_VALUE, LONGEST_WHAT = 40, 160
NUMBER = re.compile(r"\D{0,4}\d[\d.,\s]*")
UNIT = re.compile(r"%|(?:thousand|million|billion)\b")
SIGNS = "+−-%‰€£$¥ "


class FiguresForm(OptionalPage):
    """``sources`` are those that a figure can rest on, as in a record; the cleaned ones name theirs by its place, from 1."""

    mark = "seen_figures"
    heading = _("Which figures do your sources give?")
    lead = _(
        "A number convinces when readers can check it. Give up to four, each with its year and its source, or leave "
        "this empty."
    )

    def __init__(self, *args, sources=(), is_update=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.sources = {key_of(source): source["title"] for source in sources}
        if is_update:
            self.lead = _("The figures of the entry stay. Add new ones, or leave this empty.")
        for number in range(1, ROOM + 1):
            self.fields |= figure_fields(number, self.sources)

    @property
    def sections(self) -> list[Section]:
        return [
            Section(
                gettext("Figure %(number)d (optional)") % {"number": number},
                [self[f"figure_{part}_{number}"] for part in PARTS],
            )
            for number in range(1, ROOM + 1)
        ]

    def clean(self):
        answers = super().clean()
        read = (self.read(number, answers) for number in range(1, ROOM + 1))
        answers["figures"] = [figure for figure in read if figure]
        return answers

    def read(self, number: int, answers: dict) -> dict | None:
        """One figure, or what is missing of it; None where all of it is empty."""
        names = {part: f"figure_{part}_{number}" for part in PARTS}
        figure = {part: answers.get(name) for part, name in names.items()}
        if not (figure["value"] or figure["what"] or figure["year"]):
            return None
        if figure["value"] and not figure["what"]:
            figure["value"], figure["what"] = apart(figure["value"])
        if not figure["source"] and len(self.sources) == 1:
            figure["source"] = next(iter(self.sources))
        if figure["value"] and len(figure["value"]) > LONGEST_VALUE:
            self.add_error(names["value"], gettext("Enter the number alone; the next field says what it counts"))
        missing = {
            "value": _("Enter the number, such as 312 or 42 %"),
            "what": _("Enter what the number counts, such as families reached"),
            "year": _("Enter the year of the number"),
            "source": _("Choose the source that gives the number"),
        }
        for part, sentence in missing.items():
            if not figure[part] and names[part] not in self.errors:
                self.add_error(names[part], sentence)
        if not self.errors.keys().isdisjoint(names.values()):
            return None
        return figure | {"source": list(self.sources).index(figure["source"]) + 1}


def key_of(source: dict) -> str:
    """Stays the same when sources are added or removed between two pages."""
    return blake2s(f"{source['url']} {source['title']}".encode(), digest_size=6).hexdigest()


def apart(typed: str) -> tuple[str, str]:
    """The number, and what it counts: "312 families", "€2 million for wages"; "" where nothing follows it."""
    number = NUMBER.match(typed)
    if not number:
        return typed, ""
    unit = UNIT.match(typed, number.end())
    end = unit.end() if unit else number.end()
    return typed[:end].strip(), typed[end:].strip()


class ValueField(LineField):
    """A number needs no letters; what a formula begins with is no number either."""

    def clean(self, value):
        typed = " ".join(self.to_python(value).split())
        if len(typed) <= LONGEST_VALUE and is_number(typed):
            return typed.lstrip("+")
        return super().clean(value)


def is_number(typed: str) -> bool:
    digits = typed.strip(SIGNS)
    return any(map(str.isdecimal, digits)) and all(sign.isdecimal() or sign in ".,'’ " for sign in digits)


def figure_fields(number: int, sources: dict[str, str]) -> dict:
    return {
        f"figure_value_{number}": ValueField(
            label=_("Number"),
            help_text=_("As it should be read: 1,280 or 42 %."),
            longest=LONGEST_VALUE + LONGEST_WHAT,
            allowed=FREE,
            required=False,
        ),
        f"figure_what_{number}": LineField(
            label=_("What it counts"), longest=LONGEST_WHAT, allowed=FREE, required=False
        ),
        f"figure_year_{number}": YearField(label=_("Year")),
        f"figure_source_{number}": forms.ChoiceField(
            label=_("Source"),
            choices=[("", ""), *sources.items()],
            required=False,
            error_messages={"invalid_choice": _("Choose one of the sources from the list")},
        ),
    }
