"""Which city it is: chosen from a list that follows from what was typed, or added by hand."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from text_unidecode import unidecode

from citysolidarity.forms.lines import LineField
from citysolidarity.forms.plain import PlainForm
from practices import places
from practices.models import City
from practices.vocabularies import COUNTRIES

# Added by hand; and so although the places of the same name have been looked at.
BY_HAND, ANOTHER = "new", "another"
CHOOSE = _("Choose your city from the list, or add it as a new place")
LONGEST_SEARCH = 100


class CityForm(PlainForm):
    """``q`` is what was typed, ``searched`` what the list was made for, ``city`` what was chosen from it."""

    q = forms.CharField(
        label=_("City or municipality"),
        help_text=_("Start typing in any language: Athens, Αθήνα, أثينا"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "dir": "auto"}),
    )
    searched = forms.CharField(required=False, widget=forms.HiddenInput)
    city = forms.CharField(required=False, widget=forms.HiddenInput)

    # What to offer where nothing has been chosen yet.
    options: tuple = ()
    choice = None
    # Whether this is no mistake: the list has only just been made.
    must_choose = False

    @property
    def is_by_hand(self) -> bool:
        """Whether the city is in no list."""
        return self.data.get("city") in (BY_HAND, ANOTHER)

    def clean(self):
        facts = super().clean()
        typed = facts.get("q", "")
        if self.is_by_hand or "q" in self.errors:
            return facts
        # A choice belongs to the search it was made from: the name may have been typed over since.
        if typed == facts.get("searched") and (found := places.chosen(facts.get("city", ""))):
            self.choice = found
            return facts
        if not typed:
            self.add_error("q", _("Enter the name of your city"))
        elif len(typed) > LONGEST_SEARCH:
            self.add_error("q", _("This is too long for the name of a city. Type its first letters"))
        else:
            found = places.find(typed)
            self.must_choose = bool(found) and typed != facts.get("searched")
            self.options = tuple(found or places.alike(typed))
            if not self.must_choose:
                self.add_error("q", CHOOSE)
        return facts

    def is_valid(self):
        return super().is_valid() and not self.must_choose


class PlaceForm(PlainForm):
    """A place that the gazetteer does not know."""

    place_name = LineField(
        label=_("Name of the place"),
        help_text=_("As the institution itself writes it."),
        missing=_("Enter the name of the place"),
    )
    place_area = LineField(
        label=_("Region, province or state (optional)"),
        help_text=_("It helps to tell it from others of the same name."),
        required=False,
    )
    place_country = forms.ChoiceField(label=_("Country"), choices=lambda: [("", ""), *sorted_countries()])

    # Places of the same name, to choose from.
    options: tuple = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["place_country"].error_messages = {
            "required": _("Choose the country"),
            "invalid_choice": _("Choose a country from the list"),
        }

    def clean(self):
        facts = super().clean()
        name, area, country = (facts.get(f"place_{part}") for part in ("name", "area", "country"))
        if not (name and country):
            return facts
        if not unidecode(name).strip() or City.address_for(name, country).startswith("-"):
            self.add_error("place_name", _("We cannot make an address of this name. Please write it in letters"))
        elif self.data.get("city") != ANOTHER:
            self.options = tuple(places.namesakes(name, country))
        elif not area and City.objects.filter(slug=City.address_for(name, country)).exists():
            sentence = _("There is another place of this name: say in which region, province or state yours lies")
            self.add_error("place_area", sentence)
        if self.options:
            raise ValidationError(_("We know a place of this name. Is it one of these?"), code="namesakes")
        return facts


class CityPages:
    """Mixed into a ``Way`` whose pages "city" and "place" are these."""

    @property
    def pages(self) -> list[str]:
        by_hand = self.form("city").is_by_hand
        return [page for page in super().pages if by_hand or page != "place"]

    def initial(self, page: str) -> dict:
        found = super().initial(page)
        if self.form("city").is_by_hand:
            # Whoever comes back to the list may choose from it after all.
            found.pop("city", None)
        return found

    @property
    def place(self) -> places.Choice:
        """The city as it was chosen, or as it was added by hand."""
        if choice := self.form("city").choice:
            return choice
        facts = self.form("place").cleaned_data
        return places.Choice("", facts["place_name"], facts["place_country"])

    def city(self) -> City:
        """The city of the directory, made where there is none. In a transaction."""
        if choice := self.form("city").choice:
            return places.city_of(choice)
        facts = self.form("place").cleaned_data
        return places.city_by_hand(facts["place_name"], facts["place_area"], facts["place_country"])


def sorted_countries() -> list[tuple[str, str]]:
    """The countries by their names in the active language."""
    return sorted(COUNTRIES.choices, key=lambda choice: unidecode(choice[1]))
