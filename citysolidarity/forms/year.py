"""A year in four digits of any script."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

FIRST = 1900

SENTENCES = {
    "no-year": _("Enter a year in four figures, for example 2024"),
    "early": _("This is too long ago: enter %(first)s or a later year"),
    "late": _("This year is too far in the future: enter a year before %(last)s"),
}


class YearField(forms.CharField):
    """Cleans to an int, or None where it is empty; at most ``ahead`` years after this one."""

    def __init__(self, *, ahead: int = 0, **kwargs):
        attrs = {"inputmode": "numeric", "autocomplete": "off", "class": "in-year"}
        super().__init__(**{"required": False, "widget": forms.TextInput(attrs)} | kwargs)
        self.ahead = ahead

    def clean(self, value):
        typed = self.to_python(value)
        self.validate(typed)
        if not typed:
            return None
        if len(typed) != 4 or not typed.isdecimal():
            raise ValidationError(SENTENCES["no-year"], code="no-year")
        last = timezone.localdate().year + self.ahead
        if int(typed) < FIRST:
            raise ValidationError(SENTENCES["early"], code="early", params={"first": FIRST})
        if int(typed) > last:
            raise ValidationError(SENTENCES["late"], code="late", params={"last": last + 1})
        return int(typed)

    def has_changed(self, initial, data):
        return super().has_changed("" if initial is None else str(initial), data)
