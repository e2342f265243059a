"""Practices and what can be counted of them: the parameters are those of the directory's address."""

from django.http import Http404
from django.views.decorators.csrf import csrf_exempt

from citysolidarity.opendata.answers import Body, answers, as_json
from citysolidarity.opendata.cursors import part_of
from citysolidarity.opendata.lists import list_of, one_of
from citysolidarity.opendata.parameters import CURSOR, FORMAT, LIMIT, of_directory
from citysolidarity.opendata.records import LICENCE, brief_of, vocabularies, whole_of
from practices.directory.filters import read_selection
from practices.directory.found import find
from practices.models import Practice


def fresh_until(request) -> int:
    """The moment from which a freshness reads otherwise, without any change."""
    return find(read_selection(request.GET), checked=True).fresh_until


@csrf_exempt
@answers(*of_directory(), FORMAT, LIMIT, CURSOR, depends_on=fresh_until)
def practices(request) -> Body:
    """A part of the list, in the order of the directory. At most three queries."""
    found = find(read_selection(request.GET), checked=True)
    part = part_of(request, found.counts.total, found.keys)
    rows = Practice.objects.published().with_city().with_review().in_language().in_bulk(part.keys)
    return list_of(request, part, [brief_of(rows[pk]) for pk in part.keys if pk in rows])


@csrf_exempt
@answers(FORMAT)
def practice(request, slug) -> Body:
    """Everything about one practice. One query."""
    public = Practice.objects.published().with_city().with_review().with_parts().with_elsewhere().in_language()
    entry = public.filter(slug=slug).first()
    if entry is None:
        raise Http404
    return one_of(request, whole_of(entry))


@csrf_exempt
@answers(*of_directory(), depends_on=fresh_until)
def facets(request) -> Body:
    """How many practices each value would leave, counted under everything else that is chosen."""
    counts = find(read_selection(request.GET), checked=True).counts
    groups = [
        {
            "name": words["name"],
            "title": words["title"],
            "values": [term | {"count": counts.of(words["name"], term["code"])} for term in words["terms"]],
        }
        for words in vocabularies()
    ]
    return as_json({"total": counts.total, "licence": LICENCE, "facets": groups})
