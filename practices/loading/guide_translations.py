"""Loads ``translations/guides.<language>.jsonl``: the guides of the same folder in other languages, made with a machine's help.

A line has the shape of one of ``guides.jsonl``, and ``translated_on`` besides. Guides are shown in these languages at once,
and say that nobody has reviewed it. A folder need not have any.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from practices.loading.guides import Originals, practices_by_slug, read_guide, sentences_in
from practices.loading.report import LoadReport
from practices.loading.row import Row
from practices.models import Guide, GuideTranslation
from practices.models.sentences import SentenceTranslation
from practices.vocabularies.languages import LANGUAGES, base_of


def load_guide_translations(folder: Path, report: LoadReport, originals: Originals, *, overwrite: bool) -> None:
    """Saves what is new; ``originals`` is what ``load_guides`` returned. What curators wrote here stays."""
    practices = practices_by_slug()
    guides = {guide.slug: guide for guide in Guide.objects.filter(slug__in=originals)}
    known = {slug: guide.sentences() for slug, guide in guides.items()}
    for language in LANGUAGES:
        stored = {row.guide_id: row for row in GuideTranslation.objects.filter(language=language)}
        path = folder / "translations" / f"guides.{language}.jsonl"
        for row in report.rows(path, f"Guides ({language})", optional=True):
            slug, loaded = read_translation(row, language, originals, practices)
            guide = guides.get(slug)
            # What was changed here is not told by the file's translation.
            if not row.is_sound or not originals[slug] or base_of(guide.language) == language:
                continue
            # A practice that was removed here took its sentence with it.
            loaded.phrases = {text: said for text, said in loaded.phrases.items() if text in known[slug]}
            loaded.guide = guide
            outcome = settle(stored.get(guide.pk), loaded, overwrite=overwrite)
            report.count("translations of guides", outcome, name=f"{slug} ({language})")


def read_translation(
    row: Row, language: str, originals: Originals, practices: Mapping[str, int | None]
) -> tuple[str, GuideTranslation]:
    """The address of the guide and its translation: each sentence with the one that has its place in the original."""
    day = row.day("translated_on") or datetime.now(UTC).date()
    guide = read_guide(row, practices)
    slug, said = guide["slug"], sentences_in(guide)
    if slug and slug not in originals:
        row.wrong(f"slug {slug!r} is no guide of guides.jsonl")
    original = originals.get(slug) or {}
    for place in sorted(original.keys() ^ said.keys()) if original else []:
        row.wrong(f"{place} stands in {'guides.jsonl' if place in original else 'this file'} alone")
    phrases = {text: said[place] for place, text in original.items() if place in said}
    return slug, GuideTranslation(language=language, phrases=phrases, translated_on=day)


def settle(stored: SentenceTranslation | None, loaded: SentenceTranslation, *, overwrite: bool) -> str:
    """Saves one that was read; returns what became of it."""
    if stored is None:
        loaded.save()
        return "new"
    if stored.phrases == loaded.phrases:
        return "unchanged"
    if not overwrite:
        return "kept"
    stored.phrases, stored.translated_on = loaded.phrases, loaded.translated_on
    stored.reviewed_at = stored.reviewed_by = None
    stored.save()
    return "replaced"
