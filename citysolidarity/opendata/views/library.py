"""Documents of the library and networks of cities, as their pages show them."""

from django.db.models import F
from django.http import Http404, QueryDict
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt

from citysolidarity.opendata.answers import Body, answers, as_json
from citysolidarity.opendata.cursors import part_of
from citysolidarity.opendata.lists import list_of
from citysolidarity.opendata.parameters import CITY, CURSOR, DESCRIPTIONS, LIMIT, OF_THE_PAGE, SLUG, choice, words
from citysolidarity.opendata.records import document_of, member_of, network_of, whole_document_of
from practices.documents.index import documents as index
from practices.library.document_page import page_of
from practices.library.found import TITLES, FoundDocuments
from practices.library.networks.found import TITLES as OF_NETWORKS
from practices.library.networks.found import FoundNetworks
from practices.models import City, LibraryDocument, Network
from practices.models.cities.network import NetworkKind, NetworkRegion
from practices.models.library.document import LANGUAGE, Kind
from practices.vocabularies import THEMES

# A name means the same in every address of the API, so some are others than those of the page.
READ_IN = {"read_in": "language"}
OF_PAGE = {"network_kind": "kind", "works_in": "region"}
PAGE = words("page", OF_THE_PAGE, pattern=r"[0-9]{1,7}")
OF_THE_LIBRARY = (
    words("q", DESCRIPTIONS["q"], "dialogue"),
    choice("kind", TITLES["kind"], Kind.values, several=True),
    choice("theme", TITLES["theme"], THEMES.codes, several=True),
    words("organisation", TITLES["organisation"], pattern=SLUG),
    words("year", TITLES["year"], "2018", pattern=r"(?:[0-9]{4}|unknown)"),
    words("read_in", _("A language in which a document can be read."), "es", pattern=LANGUAGE),
    words("city", _("A city that a document names."), pattern=CITY),
    PAGE,
)
OF_THE_NETWORKS = (
    words("q", DESCRIPTIONS["q"], "mayors"),
    choice("network_kind", OF_NETWORKS["kind"], NetworkKind.values, several=True),
    choice("works_in", OF_NETWORKS["region"], NetworkRegion.values, several=True),
    PAGE,
)


def as_on_the_page(query: QueryDict, names: dict[str, str]) -> QueryDict:
    """The query string as the page of the library reads it: ``names`` are ours and those of the page."""
    read = query.copy()
    for ours, theirs in names.items():
        read.setlist(theirs, query.getlist(ours))
    return read


@csrf_exempt
@answers(*OF_THE_LIBRARY, LIMIT, CURSOR)
def documents(request) -> Body:
    """In the order of the library (no query while nothing changes)."""
    rows = FoundDocuments(index.as_checked(), as_on_the_page(request.GET, READ_IN)).rows
    part = part_of(request, len(rows), lambda span: [row.pk for row in rows[span]])
    shown = {row.pk: row for row in rows}
    return list_of(request, part, [document_of(shown[pk]) for pk in part.keys])


@csrf_exempt
@answers()
def document(request, slug) -> Body:
    """With its points and what shows them (4 queries)."""
    row = next((row for row in index.as_checked().rows if row.slug == slug), None)
    stored = LibraryDocument.objects.published().for_its_page().filter(slug=slug).first()
    if row is None or stored is None:
        raise Http404
    return as_json(whole_document_of(row, page_of(stored)))


@csrf_exempt
@answers(*OF_THE_NETWORKS, LIMIT, CURSOR)
def networks(request) -> Body:
    """From A to Z (1 query)."""
    rows = FoundNetworks(as_on_the_page(request.GET, OF_PAGE)).rows
    part = part_of(request, len(rows), lambda span: [row.pk for row in rows[span]])
    shown = {row.pk: row for row in rows}
    return list_of(request, part, [network_of(shown[pk]) for pk in part.keys])


@csrf_exempt
@answers()
def network(request, slug) -> Body:
    """With the members that a source names (3 queries)."""
    row = Network.objects.with_counts().in_language().filter(slug=slug).first()
    if row is None:
        raise Http404
    row.as_read()
    listed = City.objects.listed().public().filter(memberships__network=row).in_name_order()
    members = listed.annotate(source_url=F("memberships__source_url"), since=F("memberships__since"))
    told = [member_of(city) for city in members] + [member_of(other) for other in row.othermembers.all()]
    return as_json(network_of(row) | {"members": told})
