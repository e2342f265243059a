"""The sources of a record: ``sources[{title, publisher, url, year}]``."""

from practices.loading.rows import Row
from practices.models import Source
from practices.models.constraints import FIRST_YEAR, LAST_YEAR


def read_sources(row: Row, model=Source) -> list[dict]:
    """The row's sources as keyword arguments of ``model``: title, publisher, url and year (int or None).

    ``model`` gives the longest texts. A row without a source, or with the same one twice, is a problem.
    """
    sources: list[dict] = []
    for part in row.parts("sources", "source", required=True):
        source = {
            name: part.text(name, model._meta.get_field(name).max_length, required=True)
            for name in ("title", "publisher")
        }
        source["url"] = part.web_address("url", model._meta.get_field("url").max_length)
        source["year"] = part.whole("year", FIRST_YEAR, LAST_YEAR)
        part.finish()
        if source["url"] and any(
            (other["url"], other["title"]) == (source["url"], source["title"]) for other in sources
        ):
            part.wrong("is the same as one above")
        sources.append(source)
    return sources
