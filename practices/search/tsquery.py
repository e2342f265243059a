"""PostgreSQL's text queries, put together from lexemes that are stems already."""

from collections.abc import Iterable

# No text holds this lexeme: fold() takes private-use characters away.
NOTHING = "'\ue000'"


class Either(str):
    """Queries of which one is enough; keeps its ``parts``, so that one within another is taken apart again."""

    __slots__ = ("parts",)

    def __new__(cls, parts: list[str]):
        made = super().__new__(cls, joined(" | ", parts))
        made.parts = parts
        return made


def lexeme(stem: str) -> str:
    """A stem, quoted."""
    return "'" + stem.replace("\\", "\\\\").replace("'", "''") + "'"


def phrase(stems: Iterable[str]) -> str:
    """Stems that follow each other."""
    return joined(" <-> ", map(lexeme, stems))


def any_of(queries: Iterable[str]) -> str:
    """Any of the queries, each once: ranking looks up every lexeme that is written, and sorts them, for each row."""
    parts = (part for query in queries for part in (query.parts if isinstance(query, Either) else (query,)))
    return Either(list(dict.fromkeys(parts)))


def all_of(queries: Iterable[str]) -> str:
    """All of the queries."""
    return joined(" & ", queries)


def joined(operator: str, queries: Iterable[str]) -> str:
    queries = list(queries)
    if len(queries) == 1:
        return queries[0]
    return f"({operator.join(queries)})" if queries else ""
