"""The tables of the data package, in an order in which each names only rows of those before it.

What a page does not show is in none of them. Rows come sorted by their key, so that the same state gives the same bytes.
"""

from collections.abc import Callable, Iterator

from django.db.models import Model
from django.db.models.functions import Collate

from citysolidarity.opendata.snapshot import library, pledged
from citysolidarity.opendata.snapshot.rows import DataTable, RowDict, by_address, day_of, numbered, themselves, values
from practices.loading.guides import FIELDS as GUIDE_FIELDS
from practices.loading.networks import FIELDS as NETWORK_FIELDS
from practices.models import (
    City,
    Elsewhere,
    Fact,
    Figure,
    Guide,
    GuideDocument,
    GuidePractice,
    GuideStep,
    GuideTranslation,
    Membership,
    Network,
    OtherMember,
    Picture,
    Practice,
    PracticeTranslation,
    Source,
    Transfer,
)  # fmt: skip
from practices.models.entries.phrases import phrases_of
from practices.models.entries.picture import Licence
from practices.models.entries.record import FIELDS, PARTS, SOURCE_FIELDS, fields_of, parts_of, sources_of
from practices.models.entries.texts import TEXTS
from practices.models.entries.translation import later_changes
from practices.models.translated_guides import TEXTS as GUIDE_TEXTS

MOMENTS = ("published_at", "updated_at", "confirmed_at")
CITY_FIELDS = (
    "slug", "name", "names", "country", "area", "near", "kind", "latitude", "longitude", "population", "population_year",
    "population_source", "geonames_id",
)  # fmt: skip
PICTURE_FIELDS = ("key", "position", "width", "height", "alternative", "credit", "licence")
STEP_PARTS = {
    GuidePractice: ("practice", "why"),
    GuideDocument: ("title", "publisher", "url", "year", "language", "why"),
}

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


def free_pictures():
    """Those that everybody may copy: what stands here by its owner's permission alone is on the pages and not among them."""
    return Picture.objects.public().exclude(licence=Licence.PERMISSION)


def pictures() -> list[RowDict]:
    rows = values(free_pictures(), practice="practice__slug", **themselves(*PICTURE_FIELDS))
    return by_address(rows, "practice", "key")


def elsewhere() -> list[RowDict]:
    shown = Elsewhere.objects.shown()
    rows = values(shown, practice="practice__slug", **themselves("platform", "url"), checked_on="accepted_at")
    return by_address((row | {"checked_on": day_of(row["checked_on"])} for row in rows), "practice", "url")


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
        yield {"guide": row.guide.slug} | library.translation_of(row, said[row.guide.slug])


def cell(row: Model, name: str):
    value = getattr(row, name)
    return value.slug if isinstance(value, Model) else value


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
    DataTable("pictures", Picture, ("practice", "key"), ("practice", *PICTURE_FIELDS), pictures, TO_PRACTICE),
    DataTable("elsewhere", Elsewhere, ("practice", "url"), ("practice", "url", "platform", "checked_on"), elsewhere, TO_PRACTICE),
    DataTable("guides", Guide, ("slug",), ("slug", *GUIDE_FIELDS, "language"), guides),
    DataTable("guide_steps", GuideStep, ("guide", "position"), ("guide", "position", "heading", "text"), guide_steps,
          {"guide": "guides"}),
    DataTable("guide_practices", GuidePractice, ("guide", "step", "position"),
          ("guide", "step", "position", *STEP_PARTS[GuidePractice]), in_steps(GuidePractice), TO_STEP | TO_PRACTICE),
    DataTable("guide_documents", GuideDocument, ("guide", "step", "position"),
          ("guide", "step", "position", *STEP_PARTS[GuideDocument]), in_steps(GuideDocument), TO_STEP),
    DataTable("guide_translations", GuideTranslation, ("guide", "language"),
          ("guide", *library.TRANSLATION), guide_translations, {"guide": "guides"}),
    *library.TABLES,
    *(DataTable(*row) for row in pledged.TABLES),
)  # fmt: skip
