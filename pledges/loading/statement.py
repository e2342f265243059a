from pathlib import Path

from pledges.models import Clause, Statement, StatementVersion
from pledges.models.statement import canonical, fingerprint
from practices.loading import LoadReport, Row


def load_statement(folder: Path, report: LoadReport) -> None:
    """Load ``statement.jsonl``: one line for each version and language, and a line never changes.

    A new wording needs a new line with the next number.
    """
    stored = {
        (version.statement.slug, version.language, version.number): version
        for version in StatementVersion.objects.select_related("statement")
    }
    for row in report.rows(folder / "statement.jsonl", "Statement", optional=True):
        slug, version, clauses = read_version(row)
        if not row.is_sound:
            continue
        key = (slug, version.language, version.number)
        if key not in stored:
            version.statement = Statement.objects.get_or_create(slug=slug)[0]
            _save(version, clauses)
            stored[key] = version
            report.count("versions of the statement", "new")
        elif (stored[key].sha256, stored[key].valid_from) == (text_fingerprint(version, clauses), version.valid_from):
            report.count("versions of the statement", "unchanged")
        else:
            row.wrong(
                f"version {version.number} in {version.language!r} is valid with another text or day: add a version"
            )


def read_version(row: Row) -> tuple[str, StatementVersion, list[Clause]]:
    """The statement's slug, the unsaved version and its unsaved clauses; save them only if the row is sound."""
    slug = row.slug("statement", 60)
    version = StatementVersion(
        language=row.text("language", 7, required=True),
        number=row.whole("number", 1, 1000),
        title=row.text("title", 160, required=True),
        preamble=row.text("preamble", required=True, lines=True),
        closing=row.text("closing", required=True, lines=True),
        note=row.text("note", lines=True),
        valid_from=row.day("valid_from", may_come=True),
    )
    clauses = []
    for position, part in enumerate(row.parts("clauses", "clause", required=True), start=1):
        code, title = part.slug("code", 40), part.text("title", 120, required=True)
        clauses.append(Clause(position=position, code=code, title=title, promise=part.text("promise", required=True)))
        part.finish()
    row.finish()
    for name in ("number", "valid_from"):
        if getattr(version, name) is None:
            row.value(name, required=True)
    if len({clause.code for clause in clauses}) < len(clauses):
        row.wrong("has two clauses with the same code")
    return slug, version, clauses


def text_fingerprint(version: StatementVersion, clauses: list[Clause]) -> str:
    parts = [f"{clause.title}\n{clause.promise}" for clause in clauses]
    return fingerprint(canonical(version.language, version.title, version.preamble, parts, version.closing))


def _save(version: StatementVersion, clauses: list[Clause]) -> None:
    # Only a draft accepts clauses, so the version becomes valid last.
    valid_from, version.valid_from = version.valid_from, None
    version.save(force_insert=True)
    for clause in clauses:
        clause.version = version
    Clause.objects.bulk_create(clauses)
    version.enact(valid_from)
