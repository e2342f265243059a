"""Ties of practices to promises that the editors of the starter directory made by reading. What curators decided stays."""

from pathlib import Path

from django.db.models.functions import Now

from pledges.models import Deed
from pledges.vocabularies import CLAUSE_CODES
from practices.loading import LoadReport
from practices.loading.guides import practices_by_slug

WHAT = "practices under promises"


def load_deeds(folder: Path, report: LoadReport) -> None:
    """Load ``deeds.jsonl``: one line for each practice with the codes of the clauses that it plainly shows.

    A tie that is no longer in the file is undone where no curator has decided on it.
    """
    path = folder / "deeds.jsonl"
    practices = practices_by_slug()
    tied: set[tuple[int, str]] = set()
    for row in report.rows(path, "Promises", optional=True):
        slug = row.slug("practice", 120)
        clauses = row.codes("clauses", CLAUSE_CODES, "clause", required=True)
        row.finish()
        if slug and slug not in practices:
            row.wrong(f"there is no practice {slug!r}")
        if row.is_sound and (practice := practices[slug]):  # None was moved or removed here
            tied |= {(practice, clause) for clause in clauses}
    if path.exists():
        _save(tied, report)


def _save(tied: set[tuple[int, str]], report: LoadReport) -> None:
    stored = {(deed.practice_id, deed.clause): deed for deed in Deed.objects.all()}
    new = sorted(tied - stored.keys())
    Deed.objects.bulk_create([Deed(practice_id=pk, clause=clause, tied_at=Now()) for pk, clause in new])
    proposals = [deed.pk for key, deed in stored.items() if key in tied and deed.waits]
    Deed.objects.filter(pk__in=proposals).update(tied_at=Now())
    undone = [deed.pk for key, deed in stored.items() if key not in tied and deed.tied_at]
    Deed.objects.by_editors().filter(pk__in=undone).update(tied_at=None)
    report.count(WHAT, "new", len(new) + len(proposals))
    report.count(WHAT, "unchanged", len(tied) - len(new) - len(proposals))
