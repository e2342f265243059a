"""Loads ``practices.jsonl``: what cities do, what it took and what came of it, with the sources that say so."""

from datetime import datetime
from pathlib import Path

from django.utils import timezone

from practices import vocabularies as words
from practices.loading.cities import Cities
from practices.loading.report import LoadReport
from practices.loading.row import Row
from practices.loading.sources import read_sources
from practices.loading.updating import differs, replace
from practices.models import Fact, FormerAddress, Practice, Source, Transfer
from practices.models.entries.facts import FACT_LENGTH
from practices.models.entries.record import PARTS, parts_of, write_parts
from practices.models.entries.texts import AREA_LENGTH, NAME_LENGTH, SUMMARY_LENGTH, TITLE_LENGTH
from practices.models.entries.version import Version

LONG_TEXTS = ("challenge", "approach", "results", "lessons", "what_did_not_work")
FIELDS = (
    "city_id", "title", "area", "summary", *LONG_TEXTS, "themes", "populations", "groups", "instrument", "contexts",
    "gcr_objectives", "sdgs", "started", "ended", "status", "lead", "partners", "funders",
    "cost_band", "cost_currency", "cost_year", "cost_basis", "conditions", "evidence_level", "evidence_reason",
)  # fmt: skip

OPEN = {
    "what_did_not_work", "cost_band", "cost_currency", "cost_year", "cost_basis", "conditions", "evidence_level",
    "evidence_reason",
}  # fmt: skip
UNSAID = ("", "unknown", None, [])
COSTS = [code for code, _label in words.COST_BANDS]


def load_practices(folder: Path, report: LoadReport, cities: Cities, *, overwrite: bool) -> set[str]:
    """Saves and publishes the practices; all of one load bear the same time of publication.

    Returns the addresses of those that stand here as they stand in the file.
    """
    stored = {
        practice.slug: practice for practice in Practice.objects.defer("search").prefetch_related("sources", *PARTS)
    }
    retired = set(FormerAddress.objects.values_list("path", flat=True))
    now = timezone.now()
    as_in_the_file = set()
    for row in report.rows(folder / "practices.jsonl", "Practices"):
        loaded, sources, parts = read_practice(row, cities)
        row.once("slug", loaded.slug)
        if not row.is_sound or loaded.city_id is None:
            continue
        if f"/practices/{loaded.slug}/" in retired:
            outcome = "retired"  # moved or withdrawn by a curator: a load never brings it back
        else:
            outcome = _settle(stored.get(loaded.slug), loaded, sources, parts, now=now, overwrite=overwrite)
        report.count("practices", outcome, name=loaded.slug)
        report.count("sources", outcome, len(sources))
        if outcome in ("new", "unchanged", "replaced"):
            as_in_the_file.add(loaded.slug)
    return as_in_the_file


def read_practice(row: Row, cities: Cities) -> tuple[Practice, list[dict], dict[str, list[dict]]]:
    """The unsaved practice that a row describes, its sources, and what rests on them (see ``record.PARTS``)."""
    practice = Practice(slug=row.slug("slug", 80), city=row.city(cities), **read_fields(row, contexts="context"))
    cost = row.part("cost")
    for name, value in read_cost(cost).items():
        setattr(practice, name, value)
    evidence = row.part("evidence")
    practice.evidence_level = evidence.whole("level", 0, 5)
    practice.evidence_reason = evidence.text("why", FACT_LENGTH)
    evidence.finish()
    # The files keep who is reached in one list; legal status and group are two here, so that they combine.
    reached = row.codes("beneficiaries", (*words.POPULATIONS.codes, *words.GROUPS.codes), "beneficiary")
    practice.populations = [code for code in reached if code in words.POPULATIONS.codes]
    practice.groups = [code for code in reached if code in words.GROUPS.codes]
    check_together(row, practice)
    sources = read_sources(row)
    parts = read_parts(row, cost, len(sources))
    row.finish()
    return practice, sources, parts


def read_cost(cost: Row) -> dict:
    """The yearly cost in its band; one whose currency or year no source says is not known."""
    band = cost.code("band", COSTS, default="unknown")
    currency, year = cost.text("currency", 3), cost.year("year")
    if band not in ("none", "unknown") and not (currency and year):
        band = "unknown"
    return {"cost_band": band, "cost_currency": currency, "cost_year": year, "cost_basis": cost.text("band_basis", 200)}


def read_parts(row: Row, cost: Row, sources: int) -> dict[str, list[dict]]:
    """Figures, facts and transfers as a record holds them; each names its source by its place, from 1."""
    facts = [(Fact.Kind.COST, cost), *((Fact.Kind(name), row.part(name)) for name in ("staff", "startup"))]
    parts = {
        "figures": [
            {
                "value": figure.text("value", 40, required=True),
                "what": figure.text("what", 160, required=True),
                "year": figure.year("year"),
                "source": read_place(figure, sources),
            }
            for figure in row.parts("figures", "figure")
        ],
        "facts": [
            {
                "kind": kind.value,
                "text": fact.text("text", FACT_LENGTH, required=True),
                "year": fact.year("year"),
                "source": read_place(fact, sources),
            }
            for kind, fact in facts
            if fact.values
        ],
        "transfers": [
            {
                "direction": direction.value,
                "place": transfer.text("city", NAME_LENGTH, required=True),
                "country": transfer.country(),
                "what": transfer.text("what", 200),
                "source": read_place(transfer, sources),
            }
            for direction in Transfer.Direction
            for transfer in row.parts(direction.value, "transfer")
        ],
    }
    for figure in parts["figures"]:
        if not figure["year"] or not figure["source"]:
            row.wrong(f"figure {figure['value']!r} stands without its year or its source")
    return parts


def read_place(part: Row, sources: int) -> int | None:
    """The place of a part's source among those of its entry, from 1; files count from 0. None where it is not certain."""
    place = part.whole("source", 0, max(sources - 1, 0))
    part.finish()
    return None if place is None else place + 1


def read_fields(row: Row, *, contexts: str) -> dict:
    """What files and spreadsheets tell in the same way, by the names of the model; ``contexts`` names that field."""
    return {
        "title": row.text("title", TITLE_LENGTH, required=True),
        "area": row.text("area", AREA_LENGTH),
        "summary": row.text("summary", SUMMARY_LENGTH, required=True),
        **{name: row.text(name, lines=True) for name in LONG_TEXTS},
        "themes": row.codes("themes", words.THEMES.codes, "theme", required=True),
        "instrument": row.code("instrument", words.INSTRUMENTS.codes),
        "contexts": row.codes(contexts, words.CONTEXTS.codes, "context"),
        "gcr_objectives": row.codes("gcr_objectives", words.GCR_OBJECTIVES.codes, "Global Compact objective"),
        "sdgs": row.codes("sdgs", words.SDGS.codes, "Sustainable Development Goal"),
        "started": row.year("started", ahead=1),
        "ended": row.year("ended", ahead=1),
        "status": row.code("status", words.STATUSES.codes, default="unknown"),
        "lead": row.text("lead", NAME_LENGTH),
        "partners": row.texts("partners", NAME_LENGTH),
        "funders": row.texts("funders", NAME_LENGTH),
        "conditions": row.texts("conditions", NAME_LENGTH),
    }


def check_together(row: Row, practice: Practice) -> None:
    """Notes what fits field by field and not together."""
    if len(practice.themes) > 3:
        row.wrong(f"has {len(practice.themes)} themes; one to three are allowed")
    if practice.started and practice.ended and practice.ended < practice.started:
        row.wrong(f"ended in {practice.ended}, before it started in {practice.started}")
    if practice.status == "ongoing" and practice.ended:
        row.wrong(f"is said to be ongoing and to have ended in {practice.ended}")


def _settle(
    stored: Practice | None,
    loaded: Practice,
    sources: list[dict],
    parts: dict[str, list[dict]],
    *,
    now: datetime,
    overwrite: bool,
) -> str:
    """Saves what is to be saved and returns the outcome; publishing and archiving stay as they are here."""
    if stored is None:
        loaded.published_at = now
        loaded.save(force_insert=True)
        Source.objects.bulk_create(
            Source(practice=loaded, position=position, **source) for position, source in enumerate(sources)
        )
        write_parts(loaded, parts)
        return "new"
    here = [{name: getattr(source, name) for name in sources[0]} for source in stored.sources.all()]
    # What the file leaves open may have been found out here since.
    fields = [name for name in FIELDS if name not in OPEN or getattr(loaded, name) not in UNSAID]
    parts = {part: rows for part, rows in parts.items() if rows}
    parts_here = parts_of(stored)
    told = here == sources and all(rows == parts_here[part] for part, rows in parts.items())
    if told and not differs(stored, loaded, fields):
        return "unchanged"
    if not overwrite:
        return "kept"
    Version.objects.keep([stored.pk])
    replace(stored, loaded, fields)
    _replace_sources(stored, sources)
    write_parts(stored, parts)
    Version.objects.keep([stored.pk], note="load_directory --overwrite")
    return "replaced"


def _replace_sources(practice: Practice, sources: list[dict]) -> None:
    sources_of_the_file = []
    for position, source in enumerate(sources):
        key = {"url": source["url"], "title": source["title"]}
        rest = {"publisher": source["publisher"], "year": source["year"], "position": position}
        sources_of_the_file.append(practice.sources.update_or_create(**key, defaults=rest)[0].pk)
    others = practice.sources.exclude(pk__in=sources_of_the_file)
    for part in PARTS:
        others.filter(**{f"{part}__isnull": False}).update(position=len(sources))
    # What rests on the file's sources is written anew; what was entered here stands or falls with its own.
    others.filter(**{f"{part}__isnull": True for part in PARTS}).delete()
