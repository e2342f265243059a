"""Choosing a city at the desk: by the admin's own search while one types; without a script, from a plain list of all."""

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import ValidationError
from django.forms import JSONField
from django.utils.translation import gettext_lazy as _


class CitySelect(AutocompleteSelect):
    """The stock field holds what is chosen alone, and is empty without a script; this one holds the whole list."""

    def optgroups(self, name, value, attrs=None):
        return forms.Select.optgroups(self, name, value, attrs)

    def build_attrs(self, base_attrs, extra_attrs=None):
        # The list opens inside the page's main part, where those who jump from landmark to landmark find it.
        return super().build_attrs(base_attrs, extra_attrs) | {"data-dropdown-parent": "main"}

    @property
    def media(self):
        # Gives the stock search the names that screen readers need.
        return super().media + forms.Media(js=[forms.Script("js/named.js", defer=True)])


class NamesByLanguageField(JSONField):
    """Names by language code; anything else would break the search words that are made of them."""

    def clean(self, value):
        names = super().clean(value) or {}
        if not isinstance(names, dict) or not all(isinstance(name, str) and name.strip() for name in names.values()):
            raise ValidationError(_('Write names by language, such as {"ar": "…", "fr": "…"}.'), code="names")
        return names
