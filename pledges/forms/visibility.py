"""Whether the signature is shown, and from when."""

from django import forms
from django.utils.translation import gettext_lazy as _

from citysolidarity.forms.day import PARTS, day_fields, read_day
from citysolidarity.forms.plain import PlainForm
from pledges.vocabularies import Visibility

YEARS_AHEAD = 2

WORDS = {
    Visibility.PUBLIC: _("Public as soon as it is checked"),
    Visibility.FROM_DATE: _("Public from a day on"),
    Visibility.COUNTED: _("Counted, not named"),
}


class VisibilityForm(PlainForm):
    """What the public may see once a curator has published the signature."""

    visibility = forms.ChoiceField(
        label=_("When may the signature be shown?"),
        help_text=_("Nothing is shown before a curator has checked it. You can withdraw it at any time."),
        choices=list(WORDS.items()),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose when the signature may be shown"),
            "invalid_choice": _("Choose from the list when the signature may be shown"),
        },
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields |= day_fields("public_from")

    @property
    def day(self) -> list[forms.BoundField]:
        """The three boxes of the day, for the page."""
        return [self[f"public_from_{part}"] for part in PARTS]

    def clean(self):
        facts = super().clean()
        facts["public_from"] = None
        if facts.get("visibility") == Visibility.FROM_DATE:
            facts["public_from"] = read_day(self, "public_from", years=YEARS_AHEAD)
        return facts
