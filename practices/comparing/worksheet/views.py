"""Could this work here? What a practice needs, beside what the visitor's city has: the answers stand in the address."""

from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from practices.comparing.worksheet.content import Worksheet
from practices.comparing.worksheet.forms import CityAnswersForm, city_of
from practices.models import Practice


def worksheet(request, slug):
    """One query, one or two more where the address names the visitor's city."""
    entry = get_object_or_404(
        Practice.objects.published().with_city().with_parts("facts", "sources").in_language(), slug=slug
    )
    city = city_of(request.GET)
    context = {
        "practice": entry,
        "city": city,
        "form": CityAnswersForm(city),
        "sheet": Worksheet.of(entry, city, request.GET),
        "today": timezone.localdate(),
    }
    return render(request, "practices/comparing/worksheet.html", context)
