from django import forms
from django.utils.translation import gettext_lazy as _

from citysolidarity.forms.base import PlainForm
from citysolidarity.forms.day import PARTS, day_fields, read_day
from pledges.vocabularies import Visibility

YEARS_AHEAD = 2

WORDS = {
    Visibility.PUBLIC: _("Public as soon as it is verified"),
    Visibility.FROM_DATE: _("Public from a date"),
    Visibility.COUNTED: _("Counted but not named"),
}


class VisibilityForm(PlainForm):
    visibility = forms.ChoiceField(
        label=_("When should the signature be public?"),
        help_text=_("Nothing is shown before a curator has verified it. You can withdraw the signature at any time."),
        choices=list(WORDS.items()),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Select when the signature should be public"),
            "invalid_choice": _("Select from the list when the signature should be public"),
        },
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields |= day_fields("public_from")

    @property
    def day(self) -> list[forms.BoundField]:
        """The three fields of the day, for the template."""
        return [self[f"public_from_{part}"] for part in PARTS]

    def clean(self):
        facts = super().clean()
        facts["public_from"] = None
        if facts.get("visibility") == Visibility.FROM_DATE:
            facts["public_from"] = read_day(self, "public_from", years=YEARS_AHEAD)
        return facts
