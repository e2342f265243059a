"""What decides whether another city can do the same. All of it may be left empty."""

from django import forms
from django.utils.translation import gettext_lazy as _

from citysolidarity.forms.base import OptionalPage
from citysolidarity.forms.line import FREE, LineField
from citysolidarity.forms.prose import ProseField
from citysolidarity.forms.year import YearField
from practices.models import Fact, Transfer
from practices.models.entries.facts import FACT_LENGTH
from practices.models.entries.texts import NAME_LENGTH
from practices.sharing.forms.facts import ShortLinesField
from practices.sharing.forms.sections import Section
from practices.vocabularies import COUNTRIES, countries_by_name

MOST_CONDITIONS = 12
WITH_YEAR = ("cost", "staff")


class FactField(ProseField):
    """A sentence or two; written on one line, as it is kept. A bare number says enough ("12")."""

    def __init__(self, **kwargs):
        super().__init__(required=False, longest=FACT_LENGTH, rows=2, **kwargs)

    def clean(self, value):
        typed = " ".join(self.to_python(value).split())
        return typed if len(typed) <= 12 and typed.isdecimal() else " ".join(super().clean(value).split())


class TakesForm(OptionalPage):
    mark = "seen_takes"
    heading = _("What does it take?")
    lead = _("Other cities ask this first. Answer what you know and leave the rest empty.")

    cost_said = FactField(
        label=_("What did it cost? (optional)"),
        help_text=_("In your own words, for example: “€2 million a year for wages and training”."),
    )
    cost_said_year = YearField(label=_("Year of that cost (optional)"))
    staff_said = FactField(
        label=_("Who works on it? (optional)"),
        help_text=_("For example: “three full-time staff and forty volunteers”."),
    )
    staff_said_year = YearField(label=_("Year of that number (optional)"))
    startup_said = FactField(
        label=_("How long did it take to start? (optional)"),
        help_text=_("For example: “six months from the council decision to the first visit”."),
    )
    conditions = ShortLinesField(
        label=_("What does a city need to do the same? (optional)"),
        help_text=_("One per line, for example: a council decision, an empty building, an experienced partner."),
        most=MOST_CONDITIONS,
        too_many=_("There is room for %(most)s lines"),
    )
    learned_place = LineField(
        label=_("Which city did you learn from? (optional)"),
        longest=NAME_LENGTH,
        allowed=FREE,
        required=False,
    )
    learned_country = forms.ChoiceField(
        label=_("Its country"),
        choices=lambda: [("", _("Select a country")), *countries_by_name()],
        required=False,
        error_messages={"invalid_choice": _("Select the country from the list")},
    )
    learned_what = LineField(
        label=_("What did you take over? (optional)"), longest=NAME_LENGTH, allowed=FREE, required=False
    )

    @property
    def sections(self) -> list[Section]:
        said = ("cost_said", "cost_said_year", "staff_said", "staff_said_year", "startup_said")
        learned = ("learned_place", "learned_country", "learned_what")
        return [
            Section(_("Cost, staff and time"), [self[name] for name in said]),
            Section(_("Conditions"), [self["conditions"]]),
            Section(_("Where the idea comes from"), [self[name] for name in learned]),
        ]

    def clean(self):
        answers = super().clean()
        answers["facts"] = [
            {"kind": kind, "text": text, "year": answers.get(f"{kind}_said_year"), "source": None}
            for kind in Fact.Kind.values
            if (text := answers.get(f"{kind}_said"))
        ]
        answers["transfers"] = self._transfers(answers)
        return answers

    def _transfers(self, answers: dict) -> list[dict]:
        place, country = answers.get("learned_place"), answers.get("learned_country")
        if place and not country:
            # "Utrecht, Netherlands" says both.
            city, _comma, name = place.rpartition(",")
            country = {label.casefold(): code for code, label in COUNTRIES.choices}.get(name.strip().casefold())
            place = city.strip() if country else place
        if place and not country and "learned_country" not in self.errors:
            self.add_error("learned_country", _("Select the country of the city you learned from"))
        if not place and answers.get("learned_what") and "learned_place" not in self.errors:
            self.add_error("learned_place", _("Enter the city you learned from"))
        if not (place and country):
            return []
        learned = {"direction": Transfer.Direction.LEARNED_FROM.value, "place": place, "country": country}
        return [learned | {"what": answers.get("learned_what", ""), "source": None}]
