"""The practices that a visitor chose, row by row."""

from django.shortcuts import render

from practices.comparing.comparison import MOST, Comparison, named, search_of
from practices.models import Practice
from practices.vocabularies.countries import INCOME_YEAR


def compare(request):
    """Up to four practices, row by row; unknown names are reported and left out. One query."""
    context = {"comparison": comparison_of(request), "most": MOST, "income_year": INCOME_YEAR}
    return render(request, "practices/comparing/compare.html", context)


def comparison_of(request) -> Comparison:
    """The comparison that the address asks for; no query where it names nothing."""
    slugs = named(request.GET.getlist("p"))
    practices = Practice.objects.published().with_city().with_review().in_language().with_parts("facts")
    return Comparison.of(slugs, practices.filter(slug__in=slugs) if slugs else [], search_of(request.GET))
