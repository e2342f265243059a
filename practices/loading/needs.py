"""Loads ``needs.jsonl``: what town halls ask for, with the practices that answer it or help. A folder need not have it."""

from pathlib import Path

from practices.loading.guides import practices_by_slug
from practices.loading.report import LoadReport
from practices.models import Need, NeedPractice
from practices.models.entries.keywords import KEYWORDS_LENGTH
from practices.vocabularies.languages import LANGUAGES


def load_needs(folder: Path, report: LoadReport, *, overwrite: bool) -> None:
    """Saves the needs after their practices. What a curator changed here stays; a practice that was removed here is left out."""
    practices = practices_by_slug()
    stored = {need.slug: need for need in Need.objects.prefetch_related("needpractices")}
    lines: dict[str, int] = {}
    for row in report.rows(folder / "needs.jsonl", "Needs", optional=True):
        slug = row.slug("slug", 80)
        phrases = [phrase for language in LANGUAGES for phrase in row.texts(language, KEYWORDS_LENGTH)]
        graded = {
            name: answers
            for column, answers in (("helps", False), ("answers", True))
            for name in row.codes(column, practices, "practice")
        }
        row.finish()
        if slug and (first := lines.setdefault(slug, row.line)) != row.line:
            row.wrong(f"slug {slug!r} stands on line {first} already")
        if not phrases:
            row.wrong("there is no phrase")
        if row.is_sound:
            here = {practices[name]: answers for name, answers in graded.items() if practices[name]}
            report.count("needs", _settle(stored.get(slug), slug, phrases, here, overwrite=overwrite), name=slug)


def _settle(stored: Need | None, slug: str, phrases: list[str], graded: dict[int, bool], *, overwrite: bool) -> str:
    if stored:
        if stored.phrases == phrases and {at.practice_id: at.answers for at in stored.needpractices.all()} == graded:
            return "unchanged"
        if not overwrite:
            return "kept"
        stored.needpractices.all().delete()
    need = stored or Need(slug=slug)
    need.phrases = phrases
    need.save()
    NeedPractice.objects.bulk_create(
        NeedPractice(need=need, practice_id=practice, answers=answers) for practice, answers in graded.items()
    )
    return "replaced" if stored else "new"
