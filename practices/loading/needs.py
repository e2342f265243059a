"""Loads ``needs.jsonl``: what town halls ask for, with the practices that answer it or help. A folder need not have it."""

from pathlib import Path

from practices.loading.guides import practices_by_slug
from practices.loading.report import LoadReport
from practices.models import Need, NeedPractice
from practices.models.entries.keywords import KEYWORDS_LENGTH
from practices.vocabularies.languages import LANGUAGES


def load_needs(folder: Path, report: LoadReport, *, overwrite: bool) -> None:
    """Saves them after their practices, all at once. What a curator changed here stays; a practice that has gone is left out."""
    practices = practices_by_slug()
    stored = {need.slug: need for need in Need.objects.prefetch_related("needpractices")}
    changed: list[tuple[Need, dict[int, bool]]] = []
    for row in report.rows(folder / "needs.jsonl", "Needs", optional=True):
        slug = row.slug("slug", 80)
        phrases = [phrase for language in LANGUAGES for phrase in row.texts(language, KEYWORDS_LENGTH)]
        graded = {
            practices[name]: answers
            for column, answers in (("helps", False), ("answers", True))
            for name in row.codes(column, practices, "practice")
            if practices[name]
        }
        row.finish()
        row.once("slug", slug)
        if not phrases:
            row.wrong("there is no phrase")
        if not row.is_sound:
            continue
        outcome = _outcome(stored.get(slug), phrases, graded, overwrite=overwrite)
        report.count("needs", outcome, name=slug)
        if outcome in ("new", "replaced"):
            changed.append((Need(slug=slug, phrases=phrases), graded))
    needs = [need for need, _graded in changed]
    Need.objects.bulk_create(needs, update_conflicts=True, unique_fields=["slug"], update_fields=["phrases"])
    NeedPractice.objects.filter(need__in=needs).delete()
    NeedPractice.objects.bulk_create(
        NeedPractice(need=need, practice_id=practice, answers=answers)
        for need, graded in changed
        for practice, answers in graded.items()
    )


def _outcome(stored: Need | None, phrases: list[str], graded: dict[int, bool], *, overwrite: bool) -> str:
    if stored is None:
        return "new"
    if stored.phrases == phrases and {at.practice_id: at.answers for at in stored.needpractices.all()} == graded:
        return "unchanged"
    return "replaced" if overwrite else "kept"
