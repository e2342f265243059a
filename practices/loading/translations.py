"""Loads ``translations/<language>.jsonl``: the practices of the same folder in other languages, made with a machine's help.

They are shown at once and say that nobody has reviewed them. A folder need not have any.
"""

from datetime import UTC, datetime, time
from pathlib import Path

from django.utils import timezone

from practices.loading.report import LoadReport
from practices.loading.row import Row
from practices.models import Practice, PracticeTranslation
from practices.models.entries.phrases import PHRASE_LENGTH, phrases_of
from practices.models.entries.record import PARTS
from practices.models.entries.texts import SUMMARY_LENGTH, TEXTS, TITLE_LENGTH
from practices.models.entries.translation import TranslationKind
from practices.vocabularies.languages import LANGUAGES, base_of

MOST = {"title": TITLE_LENGTH, "summary": SUMMARY_LENGTH}


def load_translations(folder: Path, report: LoadReport, originals: set[str], *, overwrite: bool) -> None:
    """Saves what is new. ``originals`` are the addresses of entries that say what the files say: others have changed here."""
    entries = list(Practice.objects.filter(slug__in=originals).defer("search").prefetch_related(*PARTS))
    for language in LANGUAGES:
        path = folder / "translations" / f"{language}.jsonl"
        practices = {entry.slug: entry for entry in entries if base_of(entry.language) != language}
        stored = {row.practice_id: row for row in PracticeTranslation.objects.filter(language=language)}
        new = []
        for row in report.rows(path, f"Translations ({language})", optional=True):
            loaded, phrases = read_translation(row, language)
            practice = practices.get(row.values.get("slug"))
            if not row.is_sound or practice is None:
                continue
            known = set(phrases_of(practice))
            loaded.phrases = {text: said for text, said in phrases.items() if text in known}
            outcome = _settle(stored.get(practice.pk), loaded, practice, new, overwrite=overwrite)
            report.count("translations", outcome, name=f"{practice.slug} ({language})")
        PracticeTranslation.objects.bulk_create(new)


def read_translation(row: Row, language: str) -> tuple[PracticeTranslation, dict[str, str]]:
    row.slug("slug", 80)
    day = row.day("translated_on") or datetime.now(UTC).date()
    texts = {name: row.text(name, MOST.get(name), required=name in MOST, lines=name not in MOST) for name in TEXTS}
    phrases = row.part("phrases")
    said = {text: phrases.text(text, PHRASE_LENGTH, required=True) for text in phrases.values}
    row.finish()
    loaded = PracticeTranslation(
        language=language,
        kind=TranslationKind.MACHINE,
        made_by="Cities of Solidarity",
        translated_at=datetime.combine(day, time(), UTC),
        **texts,
    )
    return loaded, said


def _settle(stored, loaded, practice: Practice, new: list, *, overwrite: bool) -> str:
    names = (*TEXTS, "phrases")
    if stored is not None and all(getattr(stored, name) == getattr(loaded, name) for name in names):
        return "unchanged"
    if stored is not None and not overwrite:
        return "kept"
    row = stored or loaded
    for name in (*names, "kind", "made_by", "translated_at"):
        setattr(row, name, getattr(loaded, name))
    row.practice, row.follows = practice, practice.revision
    row.published_at = row.changed_at = timezone.now()
    row.published_by = None
    row.shown = row.public_texts | {"is_reviewed": False}
    if stored is None:
        new.append(row)
        return "new"
    row.save()
    return "replaced"
