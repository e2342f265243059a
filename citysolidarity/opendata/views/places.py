"""Cities that the site shows: with a published practice or a public signature."""

from django.http import Http404
from django.views.decorators.csrf import csrf_exempt

from citysolidarity.opendata.answers import Body, answers
from citysolidarity.opendata.cursors import part_of
from citysolidarity.opendata.lists import list_of, one_of
from citysolidarity.opendata.parameters import CURSOR, FORMAT, LIMIT, of_directory
from citysolidarity.opendata.records import city_of
from practices.models import City

NARROWING = tuple(parameter for parameter in of_directory() if parameter.name in {"region", "country", "size"})


@csrf_exempt
@answers(*NARROWING, FORMAT, LIMIT, CURSOR)
def cities(request) -> Body:
    """From A to Z. Two queries."""
    chosen = {
        f"{name.name}__in": values
        for name in NARROWING
        if (values := list(filter(None, request.GET.getlist(name.name))))
    }
    keys = list(City.objects.listed().filter(**chosen).in_name_order().values_list("pk", flat=True))
    part = part_of(request, len(keys), keys.__getitem__)
    rows = City.objects.listed().with_counts().public().in_bulk(part.keys)
    return list_of(request, part, [city_of(rows[pk]) for pk in part.keys if pk in rows])


@csrf_exempt
@answers(FORMAT)
def city(request, slug) -> Body:
    place = City.objects.listed().with_counts().public().filter(slug=slug).first()
    if place is None:
        raise Http404
    return one_of(request, city_of(place))
