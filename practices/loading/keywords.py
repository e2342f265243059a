"""Loads ``keywords.jsonl``: for each entry, by language, what people type who need it. A folder need not have it."""

from pathlib import Path

from practices.loading.report import LoadReport
from practices.models import Practice, PracticeKeywords
from practices.models.entries.keywords import KEYWORDS_LENGTH
from practices.vocabularies.languages import LANGUAGES


def load_keywords(folder: Path, report: LoadReport, *, overwrite: bool) -> None:
    """Saves what is new, all at once: each entry is then indexed anew once. What a curator has written here stays."""
    practices = dict(Practice.objects.values_list("slug", "pk"))
    stored = {(row.practice_id, row.language): row for row in PracticeKeywords.objects.all()}
    known = {practice for practice, _language in stored}
    rows = []
    for row in report.rows(folder / "keywords.jsonl", "Keywords", optional=True):
        slug = row.slug("slug", 80)
        said = {language: row.texts(language, KEYWORDS_LENGTH) for language in LANGUAGES}
        row.finish()
        row.once("slug", slug)
        if not row.is_sound or slug not in practices:
            continue
        for language, phrases in said.items():
            kept = stored.get((practices[slug], language))
            if not phrases:
                continue
            if kept is None:
                # A list that a curator deleted does not come back.
                outcome = "kept" if practices[slug] in known and not overwrite else "new"
            elif kept.phrases == phrases:
                outcome = "unchanged"
            else:
                outcome = "replaced" if overwrite else "kept"
            report.count("lists of keywords", outcome, name=f"{slug} ({language})")
            if outcome in ("new", "replaced"):
                rows.append(PracticeKeywords(practice_id=practices[slug], language=language, phrases=phrases))
    PracticeKeywords.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["practice", "language"], update_fields=["phrases"]
    )
