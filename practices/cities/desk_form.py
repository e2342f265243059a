"""The city at the desk: what the gazetteer knows of it is filled in, once somebody has said which place it is."""

from django import forms
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from citysolidarity.desk.forms import DeskForm
from practices.cities import place_search
from practices.models import City, Place

NONE_OF_THESE = "none"
SAY_WHERE = _("Another city in the country has this name. Enter the region, province or state of this one.")


def suggesting() -> dict[str, str]:
    """Attributes of a field of a city's name, which js/suggest.js reads."""
    return {"data-suggest": reverse("places"), "data-label": _("Places"), "autocomplete": "off"}


class CityDeskForm(DeskForm, forms.ModelForm):
    """A city without a GeoNames number is asked for: is it one of the places of its name?"""

    place = forms.ChoiceField(
        label=_("Is it one of these?"),
        help_text=_("We will then fill in its coordinates, population and GeoNames number where they are empty."),
        widget=forms.RadioSelect,
        required=False,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "name" not in self.fields:  # whoever may only look
            return
        if self.instance._state.adding:
            self.fields["name"].widget.attrs |= suggesting()
        places = [] if self.said("geonames_id") else self.places()
        self.fields["place"].choices = [
            *((choice.value, choice.label) for choice in places),
            (NONE_OF_THESE, _("None of these")),
        ]
        if not places:
            self.fields["place"].widget = forms.HiddenInput()
        elif not self.instance._state.adding:
            self.fields["place"].initial = NONE_OF_THESE

    def said(self, field: str) -> str:
        value = self.data.get(self.add_prefix(field), "") if self.is_bound else getattr(self.instance, field, "")
        return str(value or "").strip()

    def places(self) -> list[place_search.PlaceChoice]:
        """The places and public cities of its name; never itself."""
        name, country = self.said("name"), self.said("country")
        own = f"city:{self.instance.slug}"
        found = place_search.namesakes(name, country) if name and country else []
        chosen = place_search.choice_of(self.said("place"))
        if chosen and chosen not in found and (chosen.name, chosen.country) == (name, country):
            found.append(chosen)
        return [choice for choice in found if choice.value != own]

    def clean(self):
        facts = super().clean()
        chosen = facts.get("place") or ""
        if "place" in self.fields and not chosen and not self.fields["place"].widget.is_hidden:
            self.add_error("place", _("We know a place with this name. Is it one of these?"))
        same = City.objects.filter(
            country=facts.get("country"), name=facts.get("name"), area=facts.get("area", ""), near=self.instance.near
        )
        if same.exclude(pk=self.instance.pk).exists() and not chosen.startswith("place:"):
            self.add_error("area" if "area" in self.fields else None, SAY_WHERE)
        kind, _colon, key = chosen.partition(":")
        if kind == "city":
            self.refuse(City.objects.get(slug=key))
        elif kind == "place":
            place = Place.objects.get(pk=int(key))
            if known := City.objects.filter(geonames_id=place.pk).exclude(pk=self.instance.pk).first():
                self.refuse(known)
            else:
                facts |= place.facts_missing(facts)
                self.instance.near = place.near if self.instance.near else ""
        return facts

    def refuse(self, city: City) -> None:
        link = reverse("admin:practices_city_change", args=[city.pk])
        sentence = _("This city is already in the directory: {link}.")
        name = format_html('<a href="{}">{}</a>', link, city)
        self.add_error("place", forms.ValidationError(format_html(sentence, link=name), code="known"))
