"""Published entries that a new one may duplicate: by the words of its title, by their letters, and by the city."""

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Case, F, Func, Q, TextField, Value, When

from practices.models import Practice

SHOWN = 5
# Below this, titles that pg_trgm finds alike have only common words in common.
MIN_SIMILARITY = 0.3
# In the same city less is needed: it may be the same practice under another name.
MIN_SIMILARITY_IN_CITY = 0.12


def plain(expression) -> Func:
    return Func(expression, function="practices_plain", output_field=TextField())


def near_duplicates(title: str, city: str = "") -> list[Practice]:
    """The most similar entries, each with its city; ``city`` is a slug of the directory, or "" (up to 4 queries)."""
    published = Practice.objects.published().with_city()
    by_words = [entry.pk for entry in published.matching(title).sorted_by("match", title).only("pk", "city")[:SHOWN]]
    similarity = TrigramSimilarity(plain(F("title")), plain(Value(title)))
    in_city = Q(city__slug=city, similarity__gte=MIN_SIMILARITY_IN_CITY) if city else Q(pk=None)
    entries = (
        published.in_language()
        .annotate(similarity=similarity)
        .filter(Q(similarity__gte=MIN_SIMILARITY) | in_city | Q(pk__in=by_words))
    )
    other_cities_last = Case(When(city__slug=city, then=Value(0)), default=Value(1))
    return list(entries.order_by(other_cities_last, "-similarity", "slug")[:SHOWN])
