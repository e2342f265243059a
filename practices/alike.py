"""Published entries much like one that is only named yet: by the words of the title, by its letters, and by the city."""

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Case, F, Func, Q, TextField, Value, When

from practices.models import Practice

SHOWN = 5
# Below this, titles that pg_trgm finds alike have only common words in common.
ALIKE_ENOUGH = 0.3
# In the same city less is needed: it may be the same practice under another name.
ALIKE_IN_THE_CITY = 0.12


def plain(expression) -> Func:
    """The text as the database compares names: small letters without accents."""
    return Func(expression, function="practices_plain", output_field=TextField())


def alike(title: str, city: str = "") -> list[Practice]:
    """The few entries most like it, each with its city; ``city`` is the address of one of the directory, or "".

    Two statements, and one or two more to read the words.
    """
    published = Practice.objects.published().with_city()
    by_words = [entry.pk for entry in published.matching(title).sorted_by("match", title).only("pk", "city")[:SHOWN]]
    likeness = TrigramSimilarity(plain(F("title")), plain(Value(title)))
    near = Q(city__slug=city, likeness__gte=ALIKE_IN_THE_CITY) if city else Q(pk=None)
    found = (
        published.told().annotate(likeness=likeness).filter(Q(likeness__gte=ALIKE_ENOUGH) | near | Q(pk__in=by_words))
    )
    in_the_city = Case(When(city__slug=city, then=Value(0)), default=Value(1))
    return list(found.order_by(in_the_city, "-likeness", "slug")[:SHOWN])
