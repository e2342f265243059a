"""Loads ``translations/documents.<language>.jsonl`` and ``networks.<language>.jsonl``, made with a machine's help.

A line has the address of its original, its texts as they stand there, and ``translated_on``. They are shown at once, and say
that nobody has reviewed them. A folder need not have any.
"""

from datetime import UTC, datetime
from pathlib import Path

from practices.loading.guide_translations import settle
from practices.loading.report import LoadReport
from practices.loading.row import Row
from practices.models import DocumentTranslation, LibraryDocument, Network, NetworkTranslation
from practices.models.entries.phrases import PHRASE_LENGTH
from practices.models.sentences import WRITTEN_IN, SentenceTranslation
from practices.vocabularies.languages import LANGUAGES

# Each text of an original by its place, such as "point 1".
Places = dict[str, str]
KINDS: dict[str, type[SentenceTranslation]] = {"documents": DocumentTranslation, "networks": NetworkTranslation}


def places_in(original: LibraryDocument | Network, points: list[str]) -> Places:
    """The texts of an original that are translated; ``points`` are a document's."""
    texts = {name: text for name in original.TEXTS if (text := getattr(original, name))}
    return texts | {f"point {at}": text for at, text in enumerate(points, start=1)}


def load_library_translations(
    folder: Path, report: LoadReport, name: str, originals: dict[str, Places], *, overwrite: bool
) -> None:
    """Saves what is new of ``name``, one of KINDS; ``originals`` is what the file of the originals says, by their addresses.

    What curators wrote here stays; a sentence that they changed in an original has no translation.
    """
    kind = KINDS[name]
    related = kind._meta.get_field(kind.translates).related_model
    rows = related.objects.filter(slug__in=originals)
    rows = {row.slug: row for row in (rows.prefetch_related("points") if name == "documents" else rows)}
    known = {slug: row.sentences() for slug, row in rows.items()}
    for language in LANGUAGES:
        stored = {row.original_id: row for row in kind.objects.filter(language=language)}
        path = folder / "translations" / f"{name}.{language}.jsonl"
        for row in report.rows(path, f"{name.title()} ({language})", optional=True):
            slug, loaded = read_translation(row, kind, language, originals)
            if not row.is_sound:
                continue
            loaded.phrases = {text: said for text, said in loaded.phrases.items() if text in known[slug]}
            setattr(loaded, kind.translates, rows[slug])
            outcome = settle(stored.get(rows[slug].pk), loaded, overwrite=overwrite)
            report.count(f"translations of {name}", outcome, name=f"{slug} ({language})")


def read_translation(
    row: Row, kind: type[SentenceTranslation], language: str, originals: dict[str, Places]
) -> tuple[str, SentenceTranslation]:
    """The address of the original, and its translation without it: each text with the one that has its place."""
    slug, day = row.slug("slug", 80), row.day("translated_on") or datetime.now(UTC).date()
    original = kind._meta.get_field(kind.translates).related_model
    said = {name: row.text(name, PHRASE_LENGTH) for name in original.TEXTS}
    said |= {f"point {at}": text for at, text in enumerate(row.texts("points", PHRASE_LENGTH), start=1)}
    said = {place: text for place, text in said.items() if text}
    row.finish()
    if language == WRITTEN_IN:
        row.wrong("the originals are in this language")
    if slug and slug not in originals:
        row.wrong(f"slug {slug!r} has no original in this folder")
    texts = originals.get(slug, said)
    for place in sorted(texts.keys() ^ said.keys()):
        row.wrong(f"{place} stands in {'the original' if place in texts else 'the translation'} alone")
    phrases = {text: said[place] for place, text in texts.items() if place in said}
    return slug, kind(language=language, phrases=phrases, translated_on=day)
