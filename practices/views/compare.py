"""Practices side by side, chosen in the address."""

from django.shortcuts import render

from practices.comparing import MOST, Comparison, named
from practices.countries import INCOME_YEAR
from practices.models import Practice


def compare(request):
    """Up to four practices, row by row; names that are no practice's are told of and left out. One statement."""
    context = {"comparison": comparison_of(request), "most": MOST, "income_year": INCOME_YEAR}
    return render(request, "practices/compare.html", context)


def comparison_of(request) -> Comparison:
    """The comparison that the address asks for; no statement where it names nothing."""
    slugs = named(request.GET.getlist("p"))
    practices = Practice.objects.published().with_city().with_review().told().filter(slug__in=slugs) if slugs else []
    return Comparison.of(slugs, practices)
