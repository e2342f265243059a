"""The sources of a record: ``sources[{title, publisher, url, year}]``."""

from practices.loading.row import Row
from practices.models import Source
from practices.vocabularies.languages import is_known


def read_sources(row: Row, model=Source, *, required: bool = True, full: bool = False) -> list[dict]:
    """The row's sources as keyword arguments of ``model``: title, publisher, url and year (int or None).

    ``model`` gives the longest texts; ``full`` reads ``language`` and ``archived_url``, too. A row with the same
    source twice is a problem, and one without a source where it is ``required``.
    """
    sources: list[dict] = []
    for part in row.parts("sources", "source", required=required):
        source = {
            name: part.text(name, model._meta.get_field(name).max_length, required=True)
            for name in ("title", "publisher")
        }
        source["url"] = part.web_address("url", model._meta.get_field("url").max_length)
        source["year"] = part.year("year")
        if full:
            source["language"] = part.text("language", 7)
            if source["language"] and not is_known(source["language"]):
                part.wrong(f"language {source['language']!r} is not a code such as en")
            source["archived_url"] = part.web_address("archived_url", 1000, required=False)
        part.finish()
        if source["url"] and any(
            (other["url"], other["title"]) == (source["url"], source["title"]) for other in sources
        ):
            part.wrong("is the same as one above")
        sources.append(source)
    return sources
