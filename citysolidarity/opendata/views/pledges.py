"""Who signed, what residents ask, and the statement: each from the same QuerySets as the public pages."""

from django.db.models import FETCH_RAISE
from django.views.decorators.csrf import csrf_exempt

from citysolidarity.opendata.answers import Body, answers, as_json
from citysolidarity.opendata.cursors import part_of
from citysolidarity.opendata.lists import list_of
from citysolidarity.opendata.parameters import CITY, CURSOR, DESCRIPTIONS, FORMAT, LIMIT, OF_THE_PAGE, choice, words
from citysolidarity.opendata.records import LICENCE, signatory_of, support_of, version_of
from pledges.models import AskedCity, Signature, StatementVersion, SupportMonth
from pledges.signatories.facets import TITLES
from pledges.signatories.found import FoundSignatories
from pledges.signatories.selection import NEWEST, VIEWS
from pledges.vocabularies import Standing
from practices.vocabularies import COUNTRIES, SUBREGIONS

OF_THE_LIST = (
    words("q", DESCRIPTIONS["q"], "Wien"),
    words("near", TITLES["region"], pattern=CITY),
    choice("standing", TITLES["standing"], Standing.values, several=True),
    choice("region", TITLES["region"], SUBREGIONS.codes, several=True),
    choice("country", TITLES["country"], COUNTRIES.codes, several=True),
    words("network", TITLES["network"], pattern=CITY),
    words("year", TITLES["year"], "2018", pattern=r"(?:[0-9]{4}|unknown)"),
    choice("sort", DESCRIPTIONS["sort"], [NEWEST]),
    choice("view", OF_THE_PAGE, VIEWS),
    words("page", OF_THE_PAGE, pattern=r"[0-9]{1,7}"),
)


@csrf_exempt
@answers(*OF_THE_LIST, FORMAT, LIMIT, CURSOR)
def signatories(request) -> Body:
    """In the order of the list of signatories (5 queries, 8 or 9 for a name or a place)."""
    keys = FoundSignatories(request.GET).keys
    part = part_of(request, len(keys), keys.__getitem__)
    public = Signature.objects.public().with_city().select_related("version").prefetch_related("sources")
    rows = public.fetch_mode(FETCH_RAISE).in_bulk(part.keys)
    return list_of(request, part, [signatory_of(rows[pk]) for pk in part.keys if pk in rows])


@csrf_exempt
@answers(LIMIT, CURSOR)
def supports(request) -> Body:
    """By city, most residents first; the sum is that of the public page (3 queries)."""
    keys = list(AskedCity.objects.told().most_first().values_list("pk", flat=True))
    part = part_of(request, len(keys), keys.__getitem__)
    rows = AskedCity.objects.told().in_bulk(part.keys)
    latest = SupportMonth.objects.order_by("month").last()
    more = {"residents_told": latest and latest.told, "counted_on": latest and latest.counted_on}
    return list_of(request, part, [support_of(rows[pk]) for pk in part.keys if pk in rows], **more)


@csrf_exempt
@answers()
def versions(request) -> Body:
    """Every wording that is or was valid, in every language, the newest first (2 queries)."""
    rows = StatementVersion.objects.valid().prefetch_related("clauses").order_by("-number", "language")
    return as_json({"licence": LICENCE, "items": [version_of(row) for row in rows]})
