"""The tables of the data package, in an order in which each names only rows of those before it.

What a page does not show is in none of them. Rows come sorted by their key, so that the same state gives the same bytes.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby

from django.db.models import Model
from django.db.models.functions import Collate

from citysolidarity.opendata.snapshot import pledged
from practices.library.document_page import page_of
from practices.loading.documents import FIELDS as DOCUMENT_FIELDS
from practices.loading.guides import FIELDS as GUIDE_FIELDS
from practices.loading.networks import FIELDS as NETWORK_FIELDS
from practices.models import (
    City,
    DocumentCity,
    DocumentPoint,
    DocumentPractice,
    Fact,
    Figure,
    Guide,
    GuideDocument,
    GuidePractice,
    GuideStep,
    GuideTranslation,
    LibraryDocument,
    Membership,
    Network,
    OtherMember,
    Practice,
    PracticeTranslation,
    Source,
    Transfer,
)  # fmt: skip
from practices.models.entries.phrases import phrases_of
from practices.models.entries.record import FIELDS, PARTS, SOURCE_FIELDS, fields_of, parts_of, sources_of
from practices.models.entries.texts import TEXTS
from practices.models.entries.translation import later_changes
from practices.models.translated_guides import TEXTS as GUIDE_TEXTS

MOMENTS = ("published_at", "updated_at", "confirmed_at")
CITY_FIELDS = (
    "slug", "name", "names", "country", "area", "near", "kind", "latitude", "longitude", "population", "population_year",
    "population_source", "geonames_id",
)  # fmt: skip
STEP_PARTS = {
    GuidePractice: ("practice", "why"),
    GuideDocument: ("title", "publisher", "url", "year", "language", "why"),
}

type RowDict = dict[str, object]


@dataclass(frozen=True)
class DataTable:
    """``references`` are table names by column: by their address or, where a parent's rows are counted, by their position."""

    name: str
    model: type[Model]
    key: tuple[str, ...]
    columns: tuple[str, ...]
    rows: Callable[[], Iterable[RowDict]]
    references: dict[str, str] = field(default_factory=dict)


def by_address(rows: Iterable[RowDict], *key: str) -> list[RowDict]:
    """Sorted here, because each database has an order of texts of its own; an empty cell comes first."""
    return sorted(rows, key=lambda row: [(row[name] is not None, row[name]) for name in key])


def values(queryset, **columns: str) -> Iterator[RowDict]:
    """The rows of a query as dicts: each column with the lookup by which it is read."""
    return (dict(zip(columns, row, strict=True)) for row in queryset.order_by("pk").values_list(*columns.values()))


def themselves(*names: str) -> dict[str, str]:
    return {name: name for name in names}


def numbered(rows: Iterable[RowDict], *parents: str) -> Iterator[RowDict]:
    """With ``position`` from 1 in each parent; the rows come parent by parent."""
    for _parent, group in groupby(rows, lambda row: [row[name] for name in parents]):
        for position, row in enumerate(group, start=1):
            yield row | {"position": position}


# --- practices ------------------------------------------------------------------------------


def entries() -> Iterator[Practice]:
    """The public practices as they were written, with their parts; each batch is one query."""
    rows = Practice.objects.published().with_city().with_parts()
    return rows.order_by(Collate("slug", "C")).iterator(chunk_size=200)


def practices() -> Iterator[RowDict]:
    return (fields_of(entry) | {name: getattr(entry, name) for name in MOMENTS} for entry in entries())


def sources() -> Iterator[RowDict]:
    for entry in entries():
        yield from numbered(({"practice": entry.slug} | source for source in sources_of(entry)), "practice")


def part(name: str) -> Callable[[], Iterator[RowDict]]:
    def rows() -> Iterator[RowDict]:
        for entry in entries():
            yield from numbered(({"practice": entry.slug} | row for row in parts_of(entry)[name]), "practice")

    return rows


def translations() -> Iterator[RowDict]:
    """As a curator published them; ``is_behind`` says that words of the original have changed since."""
    public = PracticeTranslation.objects.public().annotate(later=later_changes("shown__follows").values("at")[:1])
    shown: dict[str, list] = {}
    for row in public.select_related("practice").defer("practice__search").order_by("language"):
        shown.setdefault(row.practice.slug, []).append(row)
    for entry in entries():
        known = set(phrases_of(entry))
        for row in shown.get(entry.slug, []):
            # A phrase that left the original is not public any more.
            phrases = {text: said for text, said in row.shown.get("phrases", {}).items() if text in known}
            told = {name: row.shown[name] for name in (*TEXTS, "kind", "made_by", "day", "is_reviewed")}
            place = {"practice": entry.slug, "language": row.language}
            yield place | told | {"phrases": phrases, "is_behind": row.later is not None}


# --- cities and networks -----------------------------------------------------------------------


def cities() -> list[RowDict]:
    return by_address(values(City.objects.listed(), **themselves(*CITY_FIELDS)), "slug")


def memberships() -> list[RowDict]:
    public = Membership.objects.filter(city__in=City.objects.listed())
    rows = values(public, network="network__slug", city="city__slug", **themselves("since", "source_url"))
    return by_address(rows, "network", "city")


# --- guides --------------------------------------------------------------------------------------


def guides() -> list[RowDict]:
    return by_address(values(Guide.objects.published(), **themselves("slug", *GUIDE_FIELDS, "language")), "slug")


def guide_steps() -> Iterator[RowDict]:
    steps = GuideStep.objects.filter(guide__in=Guide.objects.published()).order_by("position", "pk")
    rows = steps.values("pk", "guide__slug", "heading", "text")
    rows = [row | {"guide": row.pop("guide__slug")} for row in rows]
    return numbered(sorted(rows, key=lambda row: row["guide"]), "guide")


def in_steps(model: type[Model]) -> Callable[[], Iterator[RowDict]]:
    def rows() -> Iterator[RowDict]:
        places = {step["pk"]: {"guide": step["guide"], "step": step["position"]} for step in guide_steps()}
        public = model.objects.public() if model is GuidePractice else model.objects.all()
        listed = public.filter(step__in=places).order_by("position", "pk")
        if model is GuidePractice:
            listed = listed.select_related("practice").defer("practice__search")
        told = (places[row.step_id] | {name: cell(row, name) for name in STEP_PARTS[model]} for row in listed)
        return numbered(by_address(told, "guide", "step"), "guide", "step")

    return rows


def guide_translations() -> Iterator[RowDict]:
    """Whole ones, without the sentences about what is not public."""
    said = {guide["slug"]: {guide[name] for name in GUIDE_TEXTS} for guide in guides()}
    for step in guide_steps():
        said[step["guide"]] |= {step["heading"], step["text"]}
    for model in STEP_PARTS:
        for row in in_steps(model)():
            said[row["guide"]].add(row["why"])
    rows = GuideTranslation.objects.whole().filter(guide__slug__in=said).select_related("guide")
    for row in sorted(rows, key=lambda row: (row.guide.slug, row.language)):
        yield {
            "guide": row.guide.slug,
            "language": row.language,
            "phrases": {text: to for text, to in row.phrases.items() if text in said[row.guide.slug]},
            "translated_on": row.translated_on,
            "reviewed_on": row.reviewed_at and row.reviewed_at.date(),
        }


def cell(row: Model, name: str):
    value = getattr(row, name)
    return value.slug if isinstance(value, Model) else value


# --- the library ------------------------------------------------------------------------------------


def pages() -> list[dict]:
    """What the page of each public document shows: nothing that names a city whose page is hidden."""
    return [page_of(document) for document in LibraryDocument.objects.published().for_its_page().order_by("slug")]


def documents() -> list[RowDict]:
    rows = ((page["document"], {"summary": page["summary"]}) for page in pages())
    return by_address(
        ({name: getattr(row, name) for name in ("slug", *DOCUMENT_FIELDS)} | shown for row, shown in rows), "slug"
    )


def document_points() -> Iterator[RowDict]:
    for page in in_order(pages()):
        points = ({"document": page["document"].slug, "text": row.text, "anchor": row.anchor} for row in page["points"])
        yield from numbered(points, "document")


def document_cities() -> list[RowDict]:
    rows = (
        {
            "document": page["document"].slug,
            "name": row.name,
            "country": row.country,
            "city": row.city and row.city.slug,
        }
        for page in pages()
        for row in page["cities"]
    )
    return by_address(rows, "document", "name", "country")


def document_practices() -> list[RowDict]:
    rows = []
    for page in pages():
        slug = page["document"].slug
        rows += [{"document": slug, "practice": row.slug, "point": None} for row in page["practices"]]
        for at, point in enumerate(page["points"], start=1):
            rows += [{"document": slug, "practice": row.slug, "point": at} for row in point.practices]
    return by_address(rows, "document", "point", "practice")


def in_order(pages: list[dict]) -> list[dict]:
    return sorted(pages, key=lambda page: page["document"].slug)


TO_PRACTICE, TO_SOURCE = {"practice": "practices"}, {"practice": "practices", "source": "sources"}
TO_STEP = {"guide": "guides", "step": "guide_steps"}
NETWORKS = ("slug", "name", *NETWORK_FIELDS)
TABLES = (
    DataTable("networks", Network, ("slug",), NETWORKS, lambda: by_address(values(Network.objects, **themselves(*NETWORKS)), "slug")),
    DataTable("cities", City, ("slug",), CITY_FIELDS, cities),
    DataTable("memberships", Membership, ("network", "city"), ("network", "city", "since", "source_url"), memberships,
          {"network": "networks", "city": "cities"}),
    DataTable("other_members", OtherMember, ("network", "name", "country"), ("network", "name", "country", "source_url"),
          lambda: by_address(values(OtherMember.objects, network="network__slug",
                                    **themselves("name", "country", "source_url")), "network", "name", "country"),
          {"network": "networks"}),
    DataTable("practices", Practice, ("slug",), (*FIELDS, *MOMENTS), practices, {"city": "cities"}),
    DataTable("sources", Source, ("practice", "position"), ("practice", "position", *SOURCE_FIELDS), sources, TO_PRACTICE),
    *(
        DataTable(name, model, ("practice", "position"), ("practice", "position", *PARTS[name], "source"), part(name), TO_SOURCE)
        for name, model in (("figures", Figure), ("facts", Fact), ("transfers", Transfer))
    ),
    DataTable("translations", PracticeTranslation, ("practice", "language"),
          ("practice", "language", *TEXTS, "phrases", "kind", "made_by", "day", "is_reviewed", "is_behind"),
          translations, TO_PRACTICE),
    DataTable("guides", Guide, ("slug",), ("slug", *GUIDE_FIELDS, "language"), guides),
    DataTable("guide_steps", GuideStep, ("guide", "position"), ("guide", "position", "heading", "text"), guide_steps,
          {"guide": "guides"}),
    DataTable("guide_practices", GuidePractice, ("guide", "step", "position"),
          ("guide", "step", "position", *STEP_PARTS[GuidePractice]), in_steps(GuidePractice), TO_STEP | TO_PRACTICE),
    DataTable("guide_documents", GuideDocument, ("guide", "step", "position"),
          ("guide", "step", "position", *STEP_PARTS[GuideDocument]), in_steps(GuideDocument), TO_STEP),
    DataTable("guide_translations", GuideTranslation, ("guide", "language"),
          ("guide", "language", "phrases", "translated_on", "reviewed_on"), guide_translations, {"guide": "guides"}),
    DataTable("documents", LibraryDocument, ("slug",), ("slug", *DOCUMENT_FIELDS), documents),
    DataTable("document_points", DocumentPoint, ("document", "position"), ("document", "position", "text", "anchor"),
          document_points, {"document": "documents"}),
    DataTable("document_cities", DocumentCity, ("document", "name", "country"), ("document", "name", "country", "city"),
          document_cities, {"document": "documents", "city": "cities"}),
    DataTable("document_practices", DocumentPractice, ("document", "practice", "point"), ("document", "practice", "point"),
          document_practices, {"document": "documents", "practice": "practices", "point": "document_points"}),
    *(DataTable(*row) for row in pledged.TABLES),
)  # fmt: skip
