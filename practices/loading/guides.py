"""Loads ``guides.jsonl``: practices and documents in the order of work, with a sentence each. A folder need not have one."""

from collections.abc import Mapping
from pathlib import Path

from practices.loading.report import LoadReport
from practices.loading.row import Row
from practices.models import FormerAddress, Guide, GuideDocument, GuidePractice, GuideStep, Practice
from practices.models.guides import SENTENCE_LENGTH
from practices.models.translated_guides import TEXTS
from practices.vocabularies.languages import is_known

FIELDS = ("title", "question", "for_whom", "introduction", "position", "published_on")
DOCUMENT = ("title", "publisher", "url", "year", "language")


# The text of each place in a guide, such as "step 1: heading"; None for a guide that says something else here.
Originals = dict[str, dict[str, str] | None]


def load_guides(folder: Path, report: LoadReport, *, overwrite: bool) -> Originals:
    """Saves the guides after their practices; what curators changed here stays, and what they withdrew stays withdrawn.

    Returns what the file says, by the addresses of its guides.
    """
    originals: Originals = {}
    stored = {guide.slug: guide for guide in Guide.objects.all()}
    practices = practices_by_slug()
    for row in report.rows(folder / "guides.jsonl", "Guides", optional=True):
        loaded = read_guide(row, practices)
        originals[loaded["slug"]] = None
        if row.is_sound:
            sentences = sentences_in(loaded)
            outcome = _settle(stored.get(loaded["slug"]), loaded, practices, overwrite=overwrite)
            report.count("guides", outcome, name=loaded["slug"])
            originals[loaded["slug"]] = None if outcome == "kept" else sentences
    return originals


def practices_by_slug() -> dict[str, int | None]:
    """Address → key. A practice that was moved or removed here has none: it is left out of the guides as well."""
    gone = FormerAddress.objects.filter(path__startswith="/practices/").values_list("path", flat=True)
    return {path.split("/")[2]: None for path in gone} | dict(Practice.objects.values_list("slug", "pk"))


def read_guide(row: Row, practices: Mapping[str, int | None]) -> dict:
    """The guide that a row describes: its fields, and ``steps`` with their practices and documents, as ``record_of`` has them."""
    guide = {
        "slug": row.slug("slug", 80),
        "title": row.text("title", 80, required=True),
        "question": row.text("question", 160, required=True),
        "for_whom": row.text("for_whom", 200, required=True),
        "introduction": row.text("introduction", 800, lines=True),
        "position": row.whole("position", 0, 1000) or 0,
        "published_on": row.day("published_on", may_come=True),
        "steps": [read_step(step, practices) for step in row.parts("steps", "step", required=True)],
    }
    row.finish()
    named = [name for step in guide["steps"] for name, _why in step["practices"]]
    for name in {name for name in named if named.count(name) > 1}:
        row.wrong(f"practice {name!r} stands there twice")
    return guide


def read_step(row: Row, practices: Mapping[str, int | None]) -> dict:
    step = {
        "heading": row.text("heading", 100, required=True),
        "text": row.text("text", 500, required=True, lines=True),
        "practices": [read_place(place, practices) for place in row.parts("practices", "practice")],
        "documents": [read_document(document) for document in row.parts("documents", "document")],
    }
    row.finish()
    return step


def read_place(row: Row, practices: Mapping[str, int | None]) -> tuple[str, str]:
    """The address of a practice and the sentence about it."""
    slug, why = row.slug("slug", 80), row.text("why", SENTENCE_LENGTH, required=True)
    row.finish()
    if slug and slug not in practices:
        row.wrong(f"slug {slug!r} is no practice")
    return slug, why


def read_document(row: Row) -> dict:
    document = {
        "title": row.text("title", 300, required=True),
        "publisher": row.text("publisher", 200, required=True),
        "url": row.web_address("url", 1000),
        "year": row.year("year"),
        "language": row.text("language", 7),
        "why": row.text("why", SENTENCE_LENGTH, required=True),
    }
    if document["language"] and not is_known(document["language"]):
        row.wrong(f"language {document['language']!r} is not a code such as en")
    row.finish()
    return document


def sentences_in(guide: dict) -> dict[str, str]:
    """All that is translated of a guide as ``read_guide`` returns one, by its place in it, such as "step 1: heading"."""
    sentences = {name: guide[name] for name in TEXTS}
    for at, step in enumerate(guide["steps"], start=1):
        sentences |= {f"step {at}: heading": step["heading"], f"step {at}: text": step["text"]}
        sentences |= {f"step {at}: practice {slug}": why for slug, why in step["practices"]}
        sentences |= {f"step {at}: document {document['url']}": document["why"] for document in step["documents"]}
    return {place: sentence for place, sentence in sentences.items() if sentence}


def record_of(guide: Guide) -> dict:
    """A stored guide as ``read_guide`` returns one."""
    places = list(guide.guidepractices.select_related("practice").defer("practice__search"))
    documents = list(guide.guidedocuments.all())
    steps = [
        {
            "heading": step.heading,
            "text": step.text,
            "practices": [(place.practice.slug, place.why) for place in places if place.step_id == step.pk],
            "documents": [
                {name: getattr(document, name) for name in (*DOCUMENT, "why")}
                for document in documents
                if document.step_id == step.pk
            ],
        }
        for step in guide.steps.all()
    ]
    return {"slug": guide.slug} | {name: getattr(guide, name) for name in FIELDS} | {"steps": steps}


def _settle(stored: Guide | None, loaded: dict, practices: Mapping[str, int | None], *, overwrite: bool) -> str:
    for step in loaded["steps"]:
        step["practices"] = [(slug, why) for slug, why in step["practices"] if practices[slug]]
    if stored is not None:
        if record_of(stored) == loaded:
            return "unchanged"
        if not overwrite:
            return "kept"
        stored.steps.all().delete()
    guide = stored or Guide(slug=loaded["slug"])
    for name in FIELDS:
        setattr(guide, name, loaded[name])
    guide.save()
    for at, step in enumerate(loaded["steps"], start=1):
        _add_step(guide, at, step, practices)
    return "replaced" if stored else "new"


def _add_step(guide: Guide, at: int, content: dict, practices: Mapping[str, int | None]) -> None:
    step = GuideStep.objects.create(guide=guide, position=at, heading=content["heading"], text=content["text"])
    GuidePractice.objects.bulk_create(
        GuidePractice(guide=guide, step=step, position=place, practice_id=practices[slug], why=why)
        for place, (slug, why) in enumerate(content["practices"], start=1)
    )
    GuideDocument.objects.bulk_create(
        GuideDocument(guide=guide, step=step, position=place, **document)
        for place, document in enumerate(content["documents"], start=1)
    )
