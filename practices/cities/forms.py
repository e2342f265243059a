"""Which city it is: chosen from a list that follows from what was typed, or added by hand."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from text_unidecode import unidecode

from citysolidarity.forms.base import LONGEST_OWN, PlainForm
from citysolidarity.forms.bounds import OwnField, ShortField
from citysolidarity.forms.line import LineField
from practices.cities import place_search
from practices.models import City
from practices.vocabularies import countries_by_name

# Added by hand; and so although the places of the same name have been looked at.
BY_HAND, ANOTHER = "new", "another"
CHOOSE = _("Select your city from the list, or add it as a new place")
TOO_LONG = _("This is too long for the name of a city. Type only the first letters")
LONGEST_SEARCH = 100
# A city that was chosen may have a longer name than anybody types.
LONGEST_NAME = 200


class CityForm(PlainForm):
    """``q`` is what was typed, ``searched`` what the list was made for, ``city`` what was chosen from it."""

    q = ShortField(
        label=_("City or municipality"),
        help_text=_("Start typing in any language: Athens, Αθήνα, أثينا"),
        required=False,
        longest=LONGEST_NAME,
        too_long=TOO_LONG,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "dir": "auto"}),
    )
    searched = OwnField(longest=LONGEST_OWN)
    city = OwnField(longest=LONGEST_OWN)

    # What to offer where nothing has been chosen yet.
    options: tuple = ()
    choice = None
    # Whether this is no mistake: the list has only just been made.
    must_choose = False

    @property
    def is_by_hand(self) -> bool:
        return self.data.get("city") in (BY_HAND, ANOTHER)

    def clean(self):
        facts = super().clean()
        typed = facts.get("q", "")
        if self.is_by_hand and self.has_error("q", "long"):
            # Typed before the city was added by hand: it counts no more.
            self.errors.pop("q")
        if self.is_by_hand or "q" in self.errors:
            return facts
        # A choice belongs to the search it was made from: the name may have been typed over since.
        if typed == facts.get("searched") and (choice := place_search.choice_of(facts.get("city", ""))):
            self.choice = choice
            return facts
        if not typed:
            self.add_error("q", _("Enter the name of your city"))
        elif len(typed) > LONGEST_SEARCH:
            self.add_error("q", TOO_LONG)
        else:
            places = place_search.find(typed)
            self.must_choose = bool(places) and typed != facts.get("searched")
            self.options = tuple(places or place_search.find_similar(typed))
            if not self.must_choose:
                self.add_error("q", CHOOSE)
        return facts

    def is_valid(self):
        return super().is_valid() and not self.must_choose


class PlaceForm(PlainForm):
    place_name = LineField(
        label=_("Name of the city or municipality"),
        help_text=_("As the institution itself spells it."),
        missing=_("Enter the name of the city or municipality"),
    )
    place_area = LineField(
        label=_("Region, province or state (optional)"),
        help_text=_("This helps to distinguish it from others with the same name."),
        required=False,
    )
    place_country = forms.ChoiceField(
        label=_("Country"), choices=lambda: [("", _("Select a country")), *countries_by_name()]
    )

    # Places of the same name, to choose from.
    options: tuple = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["place_country"].error_messages = {
            "required": _("Select the country"),
            "invalid_choice": _("Select a country from the list"),
        }

    def clean(self):
        facts = super().clean()
        name, area, country = (facts.get(f"place_{part}") for part in ("name", "area", "country"))
        if not (name and country):
            return facts
        if not unidecode(name).strip() or City.slug_for(name, country).startswith("-"):
            self.add_error("place_name", _("We cannot make a web address from this name. Please write it in letters"))
        elif self.data.get("city") != ANOTHER:
            self.options = tuple(place_search.namesakes(name, country))
        elif not area and City.objects.filter(slug=City.slug_for(name, country)).exists():
            sentence = _("There is another place with this name: enter the region, province or state of yours")
            self.add_error("place_area", sentence)
        if self.options:
            raise ValidationError(_("We know a place with this name. Is it one of these?"), code="namesakes")
        return facts


class CityPages:
    """Mixed into a ``Journey`` whose pages "city" and "place" are these."""

    @property
    def pages(self) -> list[str]:
        by_hand = self.form("city").is_by_hand
        return [page for page in super().pages if by_hand or page != "place"]

    def initial(self, page: str) -> dict:
        initial = super().initial(page)
        if self.form("city").is_by_hand:
            # Whoever comes back to the list may choose from it after all.
            initial.pop("city", None)
        return initial

    @property
    def place(self) -> place_search.PlaceChoice:
        """The city as it was chosen, or as it was added by hand."""
        if choice := self.form("city").choice:
            return choice
        facts = self.form("place").cleaned_data
        return place_search.PlaceChoice("", facts["place_name"], facts["place_country"])

    @property
    def known_city(self) -> City | None:
        """The city of the directory; None where it would have to be made."""
        choice = self.form("city").choice
        return place_search.known_city(choice) if choice else None

    def city(self) -> City:
        """The city of the directory, made where there is none. In a transaction."""
        if choice := self.form("city").choice:
            return place_search.city_of(choice)
        facts = self.form("place").cleaned_data
        return place_search.city_by_hand(facts["place_name"], facts["place_area"], facts["place_country"])
