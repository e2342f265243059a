"""PostgreSQL's text queries, put together from lexemes that are stems already."""

from collections.abc import Iterable

# No text holds this lexeme: fold() takes private-use characters away.
NOTHING = "'\ue000'"


def lexeme(stem: str) -> str:
    """A stem, quoted."""
    return "'" + stem.replace("\\", "\\\\").replace("'", "''") + "'"


def phrase(stems: Iterable[str]) -> str:
    """Stems that follow each other."""
    return joined(" <-> ", map(lexeme, stems))


def any_of(queries: Iterable[str]) -> str:
    """Any of the queries, each once."""
    return joined(" | ", dict.fromkeys(queries))


def all_of(queries: Iterable[str]) -> str:
    """All of the queries."""
    return joined(" & ", queries)


def joined(operator: str, queries: Iterable[str]) -> str:
    queries = list(queries)
    return f"({operator.join(queries)})" if len(queries) > 1 else "".join(queries)
