"""Promise and deed: for each clause of the statement what cities show, and the lists behind the numbers."""

from django.db.models import FETCH_RAISE
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import get_language

from citysolidarity.caching.page_cache import by_parameters, cached_page
from pledges.deeds.chart import progress
from pledges.deeds.matrix import COMMITMENTS, PEOPLE, WHATS, Deeds, label_of
from pledges.deeds.scope import PARAMETERS, Scope, read_scope
from pledges.models import Commitment, CommitmentQuestion, Deed, Signature, StatementVersion
from practices.models import City, Practice
from practices.vocabularies import countries_by_name


@cached_page(by_parameters(*PARAMETERS))
def deeds(request):
    """Clauses by what cities show, zeros included (9 queries, 1 more for a city)."""
    scope = read_scope(request.GET)
    version = StatementVersion.objects.current(get_language())
    clauses = list(version.clauses.all()) if version else []
    found = Deeds(scope)
    context = {
        "scope": scope,
        "version": version,
        "is_decided": Deed.objects.shown().exists(),
        "tied_by_editors": len(found.tied_by_editors()),
        "shown": found.by_show(clauses),
        "people": found.by_people(clauses),
        "countries": countries_with_cities(),
        "cities": cities_in(scope),
        "progress": progress(questions_of(scope)),
        "signed": Signature.objects.count_now(),
    }
    return render(request, "pledges/deeds/deeds.html", context)


@cached_page(by_parameters(*PARAMETERS, "people"))
def deeds_list(request, clause, what):
    """The list behind one number; 404 for a clause or a column that does not exist (7 queries, 1 more for a city)."""
    version = StatementVersion.objects.current(get_language())
    clauses = {row.code: row for row in version.clauses.all()} if version else {}
    if clause not in clauses or what not in WHATS:
        raise Http404
    scope, column = read_scope(request.GET), WHATS[what]
    people = request.GET.get("people", "")
    people = people if column.is_practices and people in PEOPLE else ""
    found = Deeds(scope)
    keys = found.keys(clause, column, people)
    context = {
        "scope": scope,
        "version": version,
        "clause": clauses[clause],
        "what": column,
        "people": label_of(people) if people else "",
        "count": len(keys),
        "back": scope.query(),
        "practices": practices_of(keys) if column.is_practices else [],
        "tied_by_editors": found.tied_by_editors(clause) if column.is_practices else set(),
        "commitments": commitments_of(keys) if column is COMMITMENTS else [],
        "pages": [] if column.is_practices or column is COMMITMENTS else pages_of(keys),
    }
    return render(request, "pledges/deeds/list.html", context)


def practices_of(keys: list[int]) -> list[Practice]:
    entries = Practice.objects.published().with_city().in_language().filter(pk__in=keys)
    return list(entries.order_by(City.name_order("city__", get_language()), "slug"))


def commitments_of(keys: list[int]) -> list[Commitment]:
    rows = Commitment.objects.public().with_story().filter(pk__in=keys).select_related("clause", "signature__city")
    return list(rows.defer("signature__city__keywords").order_by("due", "pk"))


def pages_of(keys: list[int]) -> list[CommitmentQuestion]:
    rows = CommitmentQuestion.objects.filter(pk__in=keys).select_related("commitment__signature__city")
    city = "commitment__signature__city"
    return list(rows.defer(f"{city}__keywords").fetch_mode(FETCH_RAISE).order_by("-answered_at"))


def questions_of(scope: Scope) -> list[tuple[int, str]]:
    """(year, state) of every question about a commitment that is public."""
    city = "commitment__signature__city"
    rows = CommitmentQuestion.objects.filter(commitment__in=Commitment.objects.public()).order_by()
    values = rows.values_list("year", "state", f"{city}_id", f"{city}__country")
    return [(year, state) for year, state, key, country in values if scope.holds(key, country)]


def countries_with_cities() -> list[tuple[str, str]]:
    """(code, name) of the countries with cities that the site shows, A to Z."""
    codes = set(City.objects.listed().order_by().values_list("country", flat=True))
    return [(code, label) for code, label in countries_by_name() if code in codes]


def cities_in(scope: Scope) -> list[City]:
    """The cities to choose from: those of the country that was chosen."""
    country = scope.city.country if scope.city else scope.country
    return list(City.objects.listed().public().filter(country=country).in_name_order()) if country else []
