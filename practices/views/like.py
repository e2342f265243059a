"""A city like mine: which city it is, or five questions; the answer is an address of the directory."""

from dataclasses import replace

from django.shortcuts import render
from django.urls import reverse

from practices import places
from practices.filters import read_selection
from practices.forms.like import LONGEST_NAME, LikeForm
from practices.likeness.answers import Answers
from practices.likeness.profile import Profile
from practices.models import City


def like(request):
    """The city is looked for by ``city``, as typed; everything else of the address stays. At most five statements."""
    selection = read_selection(request.GET)
    typed = request.GET.get("city", "").replace("\0", "").strip()[:LONGEST_NAME]
    found = (places.find(typed) or places.alike(typed)) if typed else []
    answers = selection.like.answers
    context = {
        "selection": selection,
        "typed": typed,
        "choices": [(choice, url_of(selection, replace(answers, city=key))) for choice, key in keys_of(found)],
        "form": LikeForm(selection.like),
        # What the search form keeps, and what the questions keep: all but their own parameters.
        "kept": selection.pairs,
        "kept_by_questions": selection.changed(like=Profile(Answers(city=answers.city))).pairs,
        "directory_url": reverse("directory") + selection.query(),
    }
    return render(request, "practices/like.html", context)


def keys_of(found: list[places.Choice]) -> list[tuple[places.Choice, str]]:
    """The places with the name each has in the address: the slug where the directory knows it, else GeoNames' number."""
    keys = [choice.value.partition(":")[2] for choice in found]
    numbers = [int(key) for key in keys if key.isdecimal()]
    known = City.objects.listed().filter(geonames_id__in=numbers) if numbers else City.objects.none()
    slugs = {str(number): slug for number, slug in known.values_list("geonames_id", "slug")}
    return [(choice, slugs.get(key, key)) for choice, key in zip(found, keys, strict=True)]


def url_of(selection, answers: Answers) -> str:
    """The directory for this city, all else as it was, the most alike first."""
    return reverse("directory") + selection.changed(like=Profile(answers), sort="").query()
