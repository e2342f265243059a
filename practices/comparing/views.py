"""The practices that a visitor chose, row by row."""

from django.shortcuts import render

from practices.cities.similarity.answers import Answers
from practices.cities.similarity.cities import profile_of
from practices.comparing.brief.cover import common, title_of
from practices.comparing.comparison import MOST, Comparison, named, search_of
from practices.comparing.rows import table_of
from practices.models import Practice


def compare(request):
    """Up to four practices, row by row; unknown names are reported and left out.

    One query, one or two more where the address names the visitor's city, none where it names no practice.
    """
    comparison = comparison_of(request)
    practices = comparison.shown
    context = {"comparison": comparison, "most": MOST}
    if practices:
        city = profile_of(Answers.of_city(request.GET))
        has_figures = any(practice.first_figure for practice in practices)
        context |= {"city": city, "table": table_of(practices, city), "has_figures": has_figures}
    if len(practices) > 1:
        context |= {"heading": title_of(practices), "common": common(practices)}
    return render(request, "practices/comparing/compare.html", context)


def comparison_of(request) -> Comparison:
    """The comparison that the address asks for; no query where it names nothing."""
    slugs = named(request.GET.getlist("p"))
    practices = Practice.objects.published().with_city().with_review().in_language().with_parts("facts", "figures")
    return Comparison.of(slugs, practices.filter(slug__in=slugs) if slugs else [], search_of(request.GET))
