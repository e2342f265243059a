"""An entry as a plain record: what is compared, kept, restored and put into a spreadsheet.

A record is a dict that JSON can hold: the fields below by name, the city by its address, ``sources``
and ``figures`` as lists of dicts. Moments (published, confirmed …) are no part of it.
"""

LONG_TEXTS = ("challenge", "approach", "results", "lessons", "what_did_not_work")
FIELDS = (
    "slug", "title", "city", "area", "language", "summary", *LONG_TEXTS,
    "themes", "populations", "groups", "instrument", "contexts", "gcr_objectives", "sdgs",
    "started", "ended", "status", "lead", "partners", "funders", "cost_band", "cost_currency", "cost_year",
    "evidence_level",
)  # fmt: skip
SOURCE_FIELDS = ("title", "publisher", "url", "year", "language", "archived_url")
FIGURE_FIELDS = ("value", "what", "year")

type Record = dict[str, object]


def record_of(practice) -> Record:
    """The record of a saved entry; a figure names its ``source`` by its place among them, from 1."""
    sources = list(practice.sources.all())
    places = {source.pk: place for place, source in enumerate(sources, start=1)}
    figures = [
        {name: getattr(figure, name) for name in FIGURE_FIELDS} | {"source": places.get(figure.source_id)}
        for figure in practice.figures.all()
    ]
    listed = [{name: getattr(source, name) for name in SOURCE_FIELDS} for source in sources]
    return fields_of(practice) | {"sources": listed, "figures": figures}


def fields_of(practice) -> Record:
    """The record without sources and figures, as the entry stands in memory; no query where the city is at hand."""
    return {name: _plain(getattr(practice, name)) if name != "city" else _city(practice) for name in FIELDS}


def _plain(value):
    return list(value) if isinstance(value, list | tuple) else value


def _city(practice) -> str:
    return practice.city.slug if practice.city_id else ""


def write(practice, record: Record, *, but: tuple[str, ...] = ()) -> None:
    """Gives a saved entry the content of a record and saves it; what the record leaves out stays, as does ``but``.

    Sources are told apart by address and title, so that what is known of each stays with it. Call it in a
    transaction: a published entry is without sources only in between.
    """
    for name in FIELDS:
        if name in record and name not in but:
            if name == "city":
                cities = practice._meta.get_field("city").related_model.objects
                practice.city = cities.get(slug=record["city"])
            else:
                setattr(practice, name, record[name])
    practice.save()
    if "figures" in record:
        practice.figures.all().delete()
    if "sources" in record:
        _write_sources(practice, record["sources"])
    if "figures" in record:
        sources = list(practice.sources.all())
        for figure in record["figures"]:
            practice.figures.create(**(figure | {"source": sources[figure["source"] - 1]}))


def _write_sources(practice, wanted: list[dict]) -> None:
    stored = {(source.url, source.title): source for source in practice.sources.all()}
    for position, source in enumerate(wanted):
        known = stored.pop((source["url"], source["title"]), None)
        facts = source | {"position": position}
        if known is None:
            practice.sources.create(**facts)
        elif any(getattr(known, name) != value for name, value in facts.items()):
            for name, value in facts.items():
                setattr(known, name, value)
            known.save()
    for gone in stored.values():
        gone.delete()
