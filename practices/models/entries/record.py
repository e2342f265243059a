"""An entry as a plain record: what is compared, kept, restored and put into a spreadsheet.

A record is a dict that JSON can hold: the fields below by name, the city by its address, ``sources``
and the PARTS that rest on them as lists of dicts. Moments (published, confirmed …) are no part of it.
"""

LONG_TEXTS = ("challenge", "approach", "results", "lessons", "what_did_not_work")
FIELDS = (
    "slug", "title", "city", "area", "language", "summary", *LONG_TEXTS,
    "themes", "populations", "groups", "instrument", "contexts", "gcr_objectives", "sdgs",
    "started", "ended", "status", "lead", "partners", "funders", "cost_band", "cost_currency", "cost_year",
    "cost_basis", "conditions", "evidence_level", "evidence_reason",
)  # fmt: skip
SOURCE_FIELDS = ("title", "publisher", "url", "year", "language", "archived_url")
PARTS = {
    "figures": ("value", "what", "year"),
    "facts": ("kind", "text", "year"),
    "transfers": ("direction", "place", "country", "what"),
}

type Record = dict[str, object]


def record_of(practice) -> Record:
    """The record of a saved entry."""
    return fields_of(practice) | {"sources": sources_of(practice)} | parts_of(practice)


def sources_of(practice) -> list[dict]:
    return [{name: getattr(source, name) for name in SOURCE_FIELDS} for source in practice.rows_of("sources")]


def parts_of(practice) -> dict[str, list[dict]]:
    """The PARTS of a saved entry; each names its ``source`` by its place among them, from 1, or None."""
    places = {source.pk: place for place, source in enumerate(practice.rows_of("sources"), start=1)}
    return {
        part: [
            {name: getattr(row, name) for name in names} | {"source": places.get(row.source_id)}
            for row in practice.rows_of(part)
        ]
        for part, names in PARTS.items()
    }


def fields_of(practice) -> Record:
    """The record without sources and what rests on them, as the entry stands in memory; no query where the city is at hand."""
    return {name: _plain(practice, name) for name in FIELDS}


def _plain(practice, name: str):
    if name == "city":
        return practice.city.slug if practice.city_id else ""
    value = getattr(practice, name)
    return list(value) if isinstance(value, list | tuple) else value


def write(practice, record: Record, *, but: tuple[str, ...] = ()) -> None:
    """Gives a saved entry the content of a record and saves it; what the record leaves out stays, as does ``but``.

    Sources are told apart by address and title, so that what is known of each stays with it. Call it in a
    transaction: a published entry is without sources only in between.
    """
    for name in FIELDS:
        if name in record and name not in but:
            if name == "city":
                cities = practice._meta.get_field("city").related_model.objects
                practice.city = cities.at(record["city"]) or practice.city
            else:
                setattr(practice, name, record[name])
    practice.save()
    parts = {part: record[part] for part in PARTS if part in record}
    for part in parts:
        getattr(practice, part).all().delete()
    if "sources" in record:
        _write_sources(practice, record["sources"])
    write_parts(practice, parts)


def write_parts(practice, parts: dict[str, list[dict]]) -> None:
    """Puts these in place of the entry's own, after its sources were written."""
    sources = [None, *practice.sources.order_by("position", "pk")] if parts else []
    for part, rows in parts.items():
        related = getattr(practice, part)
        related.all().delete()
        related.model.objects.bulk_create(
            related.model(practice=practice, **(row | {"source": sources[row["source"] or 0]})) for row in rows
        )


def _write_sources(practice, sources: list[dict]) -> None:
    stored = {(source.url, source.title): source for source in practice.sources.all()}
    for position, source in enumerate(sources):
        existing = stored.pop((source["url"], source["title"]), None)
        facts = source | {"position": position}
        if existing is None:
            practice.sources.create(**facts)
        elif any(getattr(existing, name) != value for name, value in facts.items()):
            for name, value in facts.items():
                setattr(existing, name, value)
            existing.save()
    for gone in stored.values():
        # A version from before there were facts knows nothing of what rests on this source.
        gone.facts.update(source=None)
        gone.transfers.update(source=None)
        gone.delete()
