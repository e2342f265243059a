from pathlib import Path

from pledges.dates import FIRST_DAY
from pledges.models import Milestone
from practices.loading import LoadReport, Row
from practices.loading.updating import differs, replace

FIELDS = ("accuracy", "countries", "precision", "source_title", "source_publisher", "source_url", "note", "notes")


def load_milestones(folder: Path, report: LoadReport, *, overwrite: bool) -> None:
    """Load ``milestones.jsonl``; a milestone is identified by its day and its number."""
    stored = {(milestone.on, milestone.count): milestone for milestone in Milestone.objects.all()}
    for row in report.rows(folder / "milestones.jsonl", "Milestones", optional=True):
        loaded = read_milestone(row)
        if row.is_sound:
            milestone = stored.setdefault((loaded.on, loaded.count), loaded)
            report.count("milestones", _save(milestone, loaded, overwrite=overwrite), name=str(loaded))


def read_milestone(row: Row) -> Milestone:
    milestone = Milestone(
        count=row.whole("count", 1, 1_000_000),
        accuracy=row.code("accuracy", Milestone.Accuracy.values, default=Milestone.Accuracy.EXACT),
        countries=row.whole("countries", 1, 300),
        on=row.day("on", earliest=FIRST_DAY),
        precision=row.code("precision", Milestone.Precision.values, default=Milestone.Precision.DAY),
        source_title=row.text("source_title", 300),
        source_publisher=row.text("source_publisher", 200, required=True),
        source_url=row.web_address("source_url", 1000) if row.values.get("source_url") else "",
        note=row.text("note", 300),
        notes=row.by_language("notes", 500),
    )
    row.value("source_url")
    row.finish()
    for name in ("count", "on"):
        if getattr(milestone, name) is None:
            row.value(name, required=True)
    return milestone


def _save(stored: Milestone, loaded: Milestone, *, overwrite: bool) -> str:
    if stored is loaded:
        loaded.save(force_insert=True)
        return "new"
    if not differs(stored, loaded, FIELDS):
        return "unchanged"
    if not overwrite:
        return "kept"
    replace(stored, loaded, FIELDS)
    return "replaced"
