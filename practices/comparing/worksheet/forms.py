"""What the address says of the visitor's city. Anything else in it is left out, and nothing is an error."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from practices.cities.similarity.answers import Answers
from practices.cities.similarity.cities import described, profile_of
from practices.cities.similarity.profile import Profile
from practices.vocabularies import COUNTRIES, SIZES, countries_by_name

LONGEST_NAME = 100  # characters


def city_of(query: QueryDict) -> Profile:
    """The city that ``like`` names as in the directory; what is typed or chosen on the page goes before that."""
    known = profile_of(Answers.of_city(query))
    name = " ".join(query.get("city", "").replace("\0", "").split())[:LONGEST_NAME] or known.name
    size, country = query.get("size", ""), query.get("country", "")
    size = size if size in SIZES.codes and size != "unknown" else known.size
    country = country if country in COUNTRIES.codes else known.country
    return described(Answers(size=size), {"name": name, "country": country, "own": known.own})


class CityAnswersForm(forms.Form):
    """Shows what is known of the city; it is read by ``city_of``."""

    city = forms.CharField(label=_("Your city"), required=False, max_length=LONGEST_NAME)
    size = forms.ChoiceField(label=_("Its inhabitants"), required=False)
    country = forms.ChoiceField(label=_("Its country"), required=False)

    def __init__(self, city: Profile):
        super().__init__(initial={"city": city.name, "size": city.size, "country": city.country}, label_suffix="")
        sizes = [(code, label) for code, label in SIZES.choices if code != "unknown"]
        self.fields["size"].choices = [("", _("Not chosen")), *sizes]
        self.fields["country"].choices = [("", _("Not chosen")), *countries_by_name()]
