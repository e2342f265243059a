"""Choosing a city at the desk: by the admin's own search while one types; without a script, from a plain list of all."""

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect


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
