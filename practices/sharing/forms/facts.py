"""When, who, and what it costs."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from citysolidarity.forms.base import OptionalPage, PlainForm
from citysolidarity.forms.bounds import ShortField, refuse_beyond
from citysolidarity.forms.line import FREE, LineField, without_bullet, wrong_with
from citysolidarity.forms.visible import visible
from citysolidarity.forms.year import YearField
from practices.vocabularies import COST_BANDS, STATUSES
from practices.vocabularies import CURRENCY as CODE

LONGEST_BODY = 200  # characters of a line
MOST = 20  # names
ROOM = _("There is room for %(most)s names")
CURRENCY = _("Enter the currency in three letters, such as EUR")
WITHOUT_FIGURE = ("none", "unknown")


class WhenForm(PlainForm):
    heading = _("Since when?")

    status = forms.ChoiceField(
        label=_("Is it still running?"),
        choices=lambda: STATUSES.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Select whether it is still running"),
            "invalid_choice": _("Select from the list whether it is still running"),
        },
    )
    started = YearField(label=_("Year in which it started (optional)"), ahead=1)
    ended = YearField(label=_("Year in which it ended (only if it did)"), ahead=1)

    def clean(self):
        facts = super().clean()
        started, ended = facts.get("started"), facts.get("ended")
        if started and ended and ended < started:
            self.add_error("ended", _("It cannot have ended before it started: check the two years"))
        elif ended and facts.get("status") == "ongoing":
            self.add_error(
                "ended", _("A practice that is running has no year of ending: leave it out, or change the answer")
            )
        return facts


class ShortLinesField(forms.CharField):
    """Short lines, such as names of bodies; gives a list. ``too_many`` is the sentence for more than ``most``."""

    def __init__(self, *, most: int = MOST, too_many=ROOM, **kwargs):
        super().__init__(required=False, widget=forms.Textarea({"rows": 4}), **kwargs)
        self.most, self.too_many = most, too_many

    def clean(self, value):
        typed = self.to_python(value)
        # All lines together with what stands between them, and room for some that come twice.
        refuse_beyond(typed, 2 * self.most * LONGEST_BODY, self.too_many % {"most": self.most})
        names = [" ".join(without_bullet(line).split()) for line in visible(typed).splitlines()]
        names = list(dict.fromkeys(filter(None, names)))
        if len(names) > self.most:
            raise forms.ValidationError(self.too_many, params={"most": self.most}, code="many")
        for name in names:
            if problem := wrong_with(name, LONGEST_BODY, FREE):
                sentence = problem[1] % {"length": len(name), "longest": LONGEST_BODY}
                raise forms.ValidationError(f"{name[:40]}: {sentence}", code=problem[0])
        return names


class WhoForm(OptionalPage):
    mark = "seen_who"
    heading = _("Who runs it?")
    lead = _("Organisations only, no personal names.")

    lead_body = LineField(
        label=_("Office or body responsible for it (optional)"),
        help_text=_("For example: Integration Office"),
        longest=LONGEST_BODY,
        allowed=FREE,
        required=False,
    )
    partners = ShortLinesField(label=_("Partners (optional)"), help_text=_("One per line."))
    funders = ShortLinesField(label=_("Who pays for it (optional)"), help_text=_("One per line."))


class CostForm(PlainForm):
    heading = _("What does it cost?")

    cost_band = forms.ChoiceField(
        label=_("What does the city pay for it in a year?"),
        choices=lambda: COST_BANDS,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose what it costs, or “Not known”"),
            "invalid_choice": _("Choose what it costs from the list"),
        },
    )
    cost_currency = ShortField(
        label=_("Currency"),
        help_text=_("Three letters, such as EUR. Only if you chose an amount."),
        required=False,
        longest=3,
        too_long=CURRENCY,
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "in-year"}),
    )
    cost_year = YearField(label=_("Year of that amount"))

    def clean_cost_currency(self):
        typed = self.cleaned_data["cost_currency"].strip().upper()
        if typed and not re.fullmatch(CODE, typed):
            raise forms.ValidationError(CURRENCY, code="currency")
        return typed

    def clean(self):
        facts = super().clean()
        if facts.get("cost_band") in WITHOUT_FIGURE:
            for name in ("cost_currency", "cost_year"):
                self.errors.pop(name, None)
            facts |= {"cost_currency": "", "cost_year": None}
        elif "cost_band" in facts:
            if not facts.get("cost_currency") and "cost_currency" not in self.errors:
                self.add_error("cost_currency", _("Enter the currency of the amount, such as EUR"))
            if not facts.get("cost_year") and "cost_year" not in self.errors:
                self.add_error("cost_year", _("Enter the year of the amount"))
        return facts
