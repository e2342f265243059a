"""When, who, and what it costs."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from citysolidarity.forms.lines import SENTENCES as LINE_SENTENCES
from citysolidarity.forms.lines import LineField, wrong_with
from citysolidarity.forms.plain import AskedForm, PlainForm
from citysolidarity.forms.year import YearField
from practices.vocabularies import COST_BANDS, STATUSES

LONGEST = 200  # characters of a name
MOST = 20  # names
WITHOUT_FIGURE = ("none", "unknown")


class WhenForm(PlainForm):
    """The years, and whether it is still running."""

    heading = _("Since when?")

    status = forms.ChoiceField(
        label=_("Is it still running?"),
        choices=lambda: STATUSES.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose whether it is still running"),
            "invalid_choice": _("Choose from the list whether it is still running"),
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


class NamesField(forms.CharField):
    """Names of bodies, one a line; gives a list."""

    def __init__(self, **kwargs):
        super().__init__(required=False, widget=forms.Textarea({"rows": 4}), **kwargs)

    def clean(self, value):
        names = [" ".join(line.split()) for line in self.to_python(value).splitlines()]
        names = list(dict.fromkeys(filter(None, names)))
        if len(names) > MOST:
            raise forms.ValidationError(_("There is room for %(most)s names"), params={"most": MOST}, code="many")
        for name in names:
            if found := wrong_with(name, LONGEST):
                sentence = LINE_SENTENCES[found[0]] % {"length": len(name), "longest": LONGEST}
                raise forms.ValidationError(f"{name[:40]}: {sentence}", code=found[0])
        return names


class WhoForm(AskedForm):
    """Bodies, never persons."""

    mark = "seen_who"
    heading = _("Who does it?")
    lead = _("Offices and organisations, no names of persons.")

    lead_body = LineField(
        label=_("Office or body that answers for it (optional)"),
        help_text=_("Such as: Integration Office"),
        longest=LONGEST,
        required=False,
    )
    partners = NamesField(label=_("Partners (optional)"), help_text=_("One a line."))
    funders = NamesField(label=_("Who pays for it (optional)"), help_text=_("One a line."))


class CostForm(PlainForm):
    """What the city pays in a year."""

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
    cost_currency = forms.CharField(
        label=_("Currency"),
        help_text=_("Three letters, such as EUR. Only if you chose an amount."),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "in-year"}),
    )
    cost_year = YearField(label=_("Year of that amount"))

    def clean_cost_currency(self):
        typed = self.cleaned_data["cost_currency"].strip().upper()
        if typed and not re.fullmatch(r"[A-Z]{3}", typed):
            raise forms.ValidationError(_("Enter the currency in three letters, such as EUR"), code="currency")
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
