"""The tables about the statement and who signed it, as ``tables.DataTable`` takes them."""

from collections.abc import Iterator

from citysolidarity.opendata.snapshot.rows import by_address, day_of
from pledges.loading.milestones import FIELDS as MILESTONE_FIELDS
from pledges.models import (
    AskedCity,
    Clause,
    Commitment,
    CommitmentQuestion,
    Deed,
    Election,
    Evidence,
    Milestone,
    Renewal,
    Signature,
    SignatureSource,
    StatementVersion,
    VersionMove,
)
from pledges.models.renewal import told_of
from pledges.signatories.proof import ladder
from pledges.vocabularies import Origin
from practices.models import City

VERSION = ("statement", "language", "number")
VERSION_FIELDS = ("title", "preamble", "closing", "note", "valid_from")
CLAUSE_FIELDS = ("position", "code", "title", "promise")
SIGNATURE_FIELDS = (
    "origin", "institution", "office", "office_other", "signed_on", "not_before", "precision", "signed_by", "verified_at",
    "published_at",
)  # fmt: skip
SOURCE_FIELDS = ("title", "publisher", "url", "year")
REPLY_FIELDS = ("reply", "answered_on", "answer", "answer_url")


def versions() -> list[StatementVersion]:
    rows = StatementVersion.objects.valid().select_related("statement").prefetch_related("clauses")
    return sorted(rows, key=lambda row: tuple(key_of(row).values()))


def key_of(version: StatementVersion | None) -> dict:
    if version is None:
        return dict.fromkeys(VERSION)
    return {"statement": version.statement.slug, "language": version.language, "number": version.number}


def statement() -> Iterator[dict]:
    return (key_of(row) | {name: getattr(row, name) for name in VERSION_FIELDS} for row in versions())


def clauses() -> Iterator[dict]:
    for row in versions():
        for clause in row.clauses.all():
            yield key_of(row) | {name: getattr(clause, name) for name in CLAUSE_FIELDS}


def milestones() -> Iterator[dict]:
    for row in Milestone.objects.in_order():
        yield {name: getattr(row, name) for name in ("on", "count", *MILESTONE_FIELDS)}


def public() -> list[Signature]:
    """The signatures that may be named today: at most one for each city, so the city's address is their key."""
    rows = Signature.objects.public().with_city().select_related("version__statement")
    return sorted(rows.prefetch_related("sources"), key=lambda row: row.city.slug)


def signatures() -> Iterator[dict]:
    """A person's name only where that person agreed; an e-mail address never."""
    for row in public():
        facts = {name: getattr(row, name) for name in SIGNATURE_FIELDS}
        yield {"city": row.city.slug, "signer_name": row.shown_name} | key_of(row.version) | facts


def signature_sources() -> Iterator[dict]:
    for row in public():
        for position, source in enumerate(row.sources.all(), start=1):
            told = {name: getattr(source, name) for name in SOURCE_FIELDS}
            yield {"signature": row.city.slug, "position": position} | told


def proofs() -> Iterator[dict]:
    """What carried a verification, as the page of the signature shows it."""
    for row in public():
        rungs = ladder([], row.evidence.filter(was_strong=True)) if row.origin == Origin.ONLINE else []
        for rung in sorted(rungs, key=lambda rung: rung.code):
            if rung.is_there:
                yield {"signature": row.city.slug, "kind": rung.code, "seen_on": rung.seen_on, "url": rung.url}


def commitments() -> Iterator[dict]:
    for row in public():
        for promise in row.commitments.with_clause() if row.origin == Origin.ONLINE else []:
            told = {name: getattr(promise, name) for name in ("position", "text", "due", "office")}
            yield {"signature": row.city.slug, "clause": promise.clause.code} | told


def signed_here() -> list[Signature]:
    """Those about which the institution is asked from time to time."""
    return [row for row in public() if row.origin == Origin.ONLINE]


def yearly_answers() -> Iterator[dict]:
    """The yearly questions about each commitment, and what was answered: words only where a curator accepted them."""
    for row in signed_here():
        for promise in row.commitments.order_by("position"):
            for question in promise.questions.order_by("year"):
                told = {"state": question.state, "text": question.shown_text, "url": question.shown_url}
                days = {"asked_on": day_of(question.asked_at), "answered_on": day_of(question.answered_at)}
                yield {"signature": row.city.slug, "commitment": promise.position, "year": question.year} | told | days


def renewals() -> Iterator[dict]:
    for row in signed_here():
        for renewal in sorted(told_of(row.renewals.all()), key=lambda renewal: renewal.since):
            days = {"asked_on": day_of(renewal.asked_at), "renewed_on": day_of(renewal.renewed_at)}
            yield {"signature": row.city.slug, "since": renewal.since} | days


def elections() -> Iterator[dict]:
    """Since which a signature may be not renewed."""
    for row in signed_here():
        for election in row.city.elections.accepted().order_by("held_on"):
            yield {"city": row.city.slug, "held_on": election.held_on, "source_url": election.source_url}


def moves() -> Iterator[dict]:
    for row in signed_here():
        for move in (
            row.moves.exclude(moved_at=None).select_related("version__statement").order_by("version__number", "pk")
        ):
            yield {"signature": row.city.slug} | key_of(move.version) | {"moved_on": day_of(move.moved_at)}


def replies() -> list[dict]:
    """What cities answer to the residents who ask them."""
    rows = AskedCity.objects.answered().filter(city__in=City.objects.listed())
    told = ({"city": row.city.slug} | {name: getattr(row, name) for name in REPLY_FIELDS} for row in rows)
    return by_address(told, "city")


def deeds() -> list[dict]:
    """``accepted``: a curator decided so; else the editors of the starter directory did by reading."""
    rows = Deed.objects.shown().values_list("practice__slug", "clause", "accepted_at")
    told = ({"practice": slug, "clause": clause, "accepted": bool(at)} for slug, clause, at in rows)
    return sorted(told, key=lambda row: (row["practice"], row["clause"]))


TO_SIGNATURE = {"signature": "signatures"}
TABLES = (
    ("statement", StatementVersion, VERSION, (*VERSION, *VERSION_FIELDS), statement),
    ("clauses", Clause, (*VERSION, "position"), (*VERSION, *CLAUSE_FIELDS), clauses),
    ("milestones", Milestone, ("on", "count"), ("on", "count", *MILESTONE_FIELDS), milestones),
    ("signatures", Signature, ("city",), ("city", *VERSION, "signer_name", *SIGNATURE_FIELDS), signatures,
     {"city": "cities"}),
    ("signature_sources", SignatureSource, ("signature", "position"), ("signature", "position", *SOURCE_FIELDS),
     signature_sources, TO_SIGNATURE),
    ("proofs", Evidence, ("signature", "kind"), ("signature", "kind", "seen_on", "url"), proofs, TO_SIGNATURE),
    ("commitments", Commitment, ("signature", "position"),
     ("signature", "position", "clause", "text", "due", "office"), commitments, TO_SIGNATURE),
    ("yearly_answers", CommitmentQuestion, ("signature", "commitment", "year"),
     ("signature", "commitment", "year", "asked_on", "answered_on", "state", "text", "url"), yearly_answers,
     TO_SIGNATURE | {"commitment": "commitments"}),
    ("renewals", Renewal, ("signature", "since"), ("signature", "since", "asked_on", "renewed_on"), renewals, TO_SIGNATURE),
    ("elections", Election, ("city", "held_on"), ("city", "held_on", "source_url"), elections, {"city": "cities"}),
    ("moves", VersionMove, ("signature", *VERSION), ("signature", *VERSION, "moved_on"), moves, TO_SIGNATURE),
    ("replies", AskedCity, ("city",), ("city", *REPLY_FIELDS), replies, {"city": "cities"}),
    ("deeds", Deed, ("practice", "clause"), ("practice", "clause", "accepted"), deeds, {"practice": "practices"}),
)  # fmt: skip
