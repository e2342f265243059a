"""How the tables about the statement and its signatures fill an empty database."""

from collections.abc import Callable

from django.db import models
from django.db.models.functions import Now

from citysolidarity.opendata.snapshot.making import Made, fields_of, moment, vouching
from citysolidarity.opendata.snapshot.rows import DataTable, RowDict
from pledges.models import Clause, Signature, Statement, StatementVersion
from pledges.models.asked_city import CityReply
from pledges.vocabularies import CLAUSE_CODES, Kind, Origin, Proof


def make_statement(table: DataTable, rows: list[RowDict], made: Made, curator) -> list[StatementVersion]:
    """As drafts: only a draft accepts clauses."""
    versions = []
    for row in rows:
        own = {"statement": Statement.objects.get_or_create(slug=row["statement"])[0], "valid_from": None}
        version = StatementVersion.objects.create(**fields_of(table, row | {"statement": None}, made) | own)
        version.day = StatementVersion._meta.get_field("valid_from").to_python(row["valid_from"])
        versions.append(version)
    return versions


def make_clauses(table: DataTable, rows: list[RowDict], made: Made, curator) -> list[Clause]:
    versions = made["statement"]
    clauses = [Clause(**fields_of(table, row, made), version=versions[version_of(row)]) for row in rows]
    Clause.objects.bulk_create(clauses)
    for version in versions.values():
        version.enact(version.day)
    return clauses


def version_of(row: RowDict) -> tuple:
    return row["statement"], row["language"], row["number"]


def make_signatures(table: DataTable, rows: list[RowDict], made: Made, curator) -> list[Signature]:
    loaded = []
    for row in rows:
        one = Signature(**fields_of(table, row, made), name_may_be_shown=bool(row["signer_name"]))
        if row["origin"] == Origin.ONLINE:
            one.version = made["statement"][version_of(row)]
            one.drafted_at = one.confirmed_at = one.verified_at
        loaded.append(one)
    Signature.objects.bulk_create(loaded)
    for one in loaded:
        if one.origin == Origin.STATED:
            one.events.create(kind=Kind.STATED, at=one.published_at)
            continue
        by = vouching(curator, "signatures that curators verified")
        for kind, at, who in (
            (Kind.DRAFTED, one.drafted_at, None),
            (Kind.CONFIRMED, one.confirmed_at, None),
            (Kind.VERIFIED, one.verified_at, by),
            (Kind.PUBLISHED, one.published_at, by),
        ):
            one.events.create(kind=kind, at=at, by=who)
    return loaded


def make_proofs(table: DataTable, rows: list[RowDict], made: Made, curator) -> list[models.Model]:
    """Where a number was found was never public, so it says that it came with a snapshot."""
    extra = {"by": curator, "was_strong": True}
    found = {Proof.CALLED_BACK: {"number_found_at": "snapshot"}}
    loaded = [table.model(**fields_of(table, row, made), **extra, **found.get(row["kind"], {})) for row in rows]
    return table.model.objects.bulk_create(loaded)


def make_commitments(table: DataTable, rows: list[RowDict], made: Made, curator) -> list[models.Model]:
    loaded = []
    for row in rows:
        signature = made["signatures"][row["signature"],]
        clause = signature.version.clauses.get(code=row["clause"])
        loaded.append(table.model(**fields_of(table, row | {"clause": None}, made) | {"clause": clause}))
    return table.model.objects.bulk_create(loaded)


def make_deeds(table: DataTable, rows: list[RowDict], made: Made, curator) -> list[models.Model]:
    loaded = []
    for row in (row for row in rows if row["clause"] in CLAUSE_CODES):
        one = table.model(**fields_of(table, row, made))
        if row["accepted"]:
            one.accepted_at, one.decided_by = Now(), vouching(curator, "practices that curators tied to promises")
        else:
            one.tied_at = Now()
        loaded.append(one)
    return table.model.objects.bulk_create(loaded)


def make_yearly_answers(table: DataTable, rows: list[RowDict], made: Made, curator) -> list[models.Model]:
    loaded = []
    for row in rows:
        days = {"asked_at": moment(row["asked_on"]), "answered_at": moment(row["answered_on"])}
        one = table.model(**fields_of(table, row, made), **days)
        if row["text"] or row["url"]:
            one.accepted_at = one.answered_at
            one.decided_by = vouching(curator, "answers of cities that curators accepted")
        loaded.append(one)
    return table.model.objects.bulk_create(loaded)


def make_renewals(table: DataTable, rows: list[RowDict], made: Made, curator) -> list[models.Model]:
    days = [{"asked_at": moment(row["asked_on"]), "renewed_at": moment(row["renewed_on"])} for row in rows]
    return table.model.objects.bulk_create(
        [table.model(**fields_of(table, row, made), **told) for row, told in zip(rows, days, strict=True)]
    )


def make_elections(table: DataTable, rows: list[RowDict], made: Made, curator) -> list[models.Model]:
    loaded = [table.model(**fields_of(table, row, made), accepted_at=Now()) for row in rows]
    for one in loaded:
        one.decided_by = vouching(curator, "days of elections that curators accepted")
    return table.model.objects.bulk_create(loaded)


def make_moves(table: DataTable, rows: list[RowDict], made: Made, curator) -> list[models.Model]:
    loaded = []
    for row in rows:
        at = moment(row["moved_on"])
        signature, version = made["signatures"][row["signature"],], made["statement"][version_of(row)]
        loaded.append(table.model(signature=signature, version=version, asked_at=at, moved_at=at))
    return table.model.objects.bulk_create(loaded)


def make_replies(table: DataTable, rows: list[RowDict], made: Made, curator) -> list[models.Model]:
    loaded = []
    for row in rows:
        one = table.model(**fields_of(table, row, made), published_at=Now())
        one.published_by = vouching(curator, "answers of cities that curators published")
        one.settled_at = moment(row["answered_on"]) if row["reply"] == CityReply.NO else None
        loaded.append(one)
    return table.model.objects.bulk_create(loaded)


MAKERS: dict[str, Callable] = {
    "statement": make_statement,
    "clauses": make_clauses,
    "signatures": make_signatures,
    "proofs": make_proofs,
    "commitments": make_commitments,
    "yearly_answers": make_yearly_answers,
    "renewals": make_renewals,
    "elections": make_elections,
    "moves": make_moves,
    "replies": make_replies,
    "deeds": make_deeds,
}
