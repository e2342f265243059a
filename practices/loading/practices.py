"""Loads ``practices.jsonl``: what cities do, with the sources that say so."""

from datetime import datetime
from pathlib import Path

from django.utils import timezone

from practices import vocabularies as words
from practices.loading.cities import Cities
from practices.loading.filling import differs, replace
from practices.loading.report import Report
from practices.loading.rows import Row
from practices.loading.sources import read_sources
from practices.models import FormerAddress, Practice, Source
from practices.models.constraints import FIRST_YEAR, LAST_YEAR
from practices.models.texts import SUMMARY_LENGTH
from practices.models.version import Version

LONG_TEXTS = ("challenge", "approach", "results", "lessons")
FIELDS = (
    "city_id", "title", "area", "summary", *LONG_TEXTS, "themes", "populations", "groups", "instrument", "contexts",
    "gcr_objectives", "sdgs", "started", "ended", "status", "lead", "partners", "funders",
)  # fmt: skip


def load_practices(folder: Path, report: Report, cities: Cities, *, overwrite: bool) -> None:
    """Saves and publishes the practices; all of one load bear the same time of publication."""
    stored = {practice.slug: practice for practice in Practice.objects.defer("search").prefetch_related("sources")}
    retired = set(FormerAddress.objects.values_list("path", flat=True))
    now = timezone.now()
    lines: dict[str, int] = {}
    for row in report.rows(folder / "practices.jsonl", "Practices"):
        loaded, sources = read_practice(row, cities)
        if loaded.slug and (first := lines.setdefault(loaded.slug, row.line)) != row.line:
            row.wrong(f"slug {loaded.slug!r} stands on line {first} already")
        if not row.is_sound or loaded.city_id is None:
            continue
        if f"/practices/{loaded.slug}/" in retired:
            outcome = "retired"  # moved or withdrawn by a curator: a load never brings it back
        else:
            outcome = _settle(stored.get(loaded.slug), loaded, sources, now=now, overwrite=overwrite)
        report.count("practices", outcome, name=loaded.slug)
        report.count("sources", outcome, len(sources))


def read_practice(row: Row, cities: Cities) -> tuple[Practice, list[dict]]:
    """The unsaved practice that a row describes, and its sources; to be saved only where the row stays sound."""
    practice = Practice(slug=row.slug("slug", 80), city=row.city(cities), **read_fields(row, contexts="context"))
    # The files keep who is reached in one list; legal status and group are two here, so that they combine.
    reached = row.codes("beneficiaries", (*words.POPULATIONS.codes, *words.GROUPS.codes), "beneficiary")
    practice.populations = [code for code in reached if code in words.POPULATIONS.codes]
    practice.groups = [code for code in reached if code in words.GROUPS.codes]
    check_together(row, practice)
    sources = read_sources(row)
    row.finish()
    return practice, sources


def read_fields(row: Row, *, contexts: str) -> dict:
    """What files and spreadsheets tell in the same way, by the names of the model; ``contexts`` names that field."""
    return {
        "title": row.text("title", 120, required=True),
        "area": row.text("area", 120),
        "summary": row.text("summary", SUMMARY_LENGTH, required=True),
        **{name: row.text(name, lines=True) for name in LONG_TEXTS},
        "themes": row.codes("themes", words.THEMES.codes, "theme", required=True),
        "instrument": row.code("instrument", words.INSTRUMENTS.codes),
        "contexts": row.codes(contexts, words.CONTEXTS.codes, "context"),
        "gcr_objectives": row.codes("gcr_objectives", words.GCR_OBJECTIVES.codes, "Global Compact objective"),
        "sdgs": row.codes("sdgs", words.SDGS.codes, "Sustainable Development Goal"),
        "started": row.whole("started", FIRST_YEAR, LAST_YEAR),
        "ended": row.whole("ended", FIRST_YEAR, LAST_YEAR),
        "status": row.code("status", words.STATUSES.codes, default="unknown"),
        "lead": row.text("lead", 200),
        "partners": row.texts("partners", 200),
        "funders": row.texts("funders", 200),
    }


def check_together(row: Row, practice: Practice) -> None:
    """Notes what fits field by field and not together."""
    if len(practice.themes) > 3:
        row.wrong(f"has {len(practice.themes)} themes; one to three are allowed")
    if practice.started and practice.ended and practice.ended < practice.started:
        row.wrong(f"ended in {practice.ended}, before it started in {practice.started}")
    if practice.status == "ongoing" and practice.ended:
        row.wrong(f"is said to be ongoing and to have ended in {practice.ended}")


def _settle(stored: Practice | None, loaded: Practice, sources: list[dict], *, now: datetime, overwrite: bool) -> str:
    """Saves what is to be saved and returns the outcome; publishing and archiving stay as they are here."""
    if stored is None:
        loaded.published_at = now
        loaded.save(force_insert=True)
        Source.objects.bulk_create(
            Source(practice=loaded, position=position, **source) for position, source in enumerate(sources)
        )
        return "new"
    here = [{name: getattr(source, name) for name in sources[0]} for source in stored.sources.all()]
    if here == sources and not differs(stored, loaded, FIELDS):
        return "unchanged"
    if not overwrite:
        return "kept"
    Version.objects.keep([stored.pk])
    replace(stored, loaded, FIELDS)
    _replace_sources(stored, sources)
    Version.objects.keep([stored.pk], note="load_directory --overwrite")
    return "replaced"


def _replace_sources(practice: Practice, sources: list[dict]) -> None:
    kept = []
    for position, source in enumerate(sources):
        key = {"url": source["url"], "title": source["title"]}
        rest = {"publisher": source["publisher"], "year": source["year"], "position": position}
        kept.append(practice.sources.update_or_create(**key, defaults=rest)[0].pk)
    # A figure entered here stands or falls with its source: that one stays, after those of the file.
    others = practice.sources.exclude(pk__in=kept)
    others.filter(figures__isnull=False).update(position=len(sources))
    others.filter(figures__isnull=True).delete()
