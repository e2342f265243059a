"""PostgreSQL's text queries, put together from lexemes that are stems already."""

import re
from collections.abc import Iterable

# No text holds this lexeme: fold() takes private-use characters away.
NOTHING = "'\ue000'"
# PostgreSQL closes every lexeme; one that is left open ends with the text, so that nothing is read twice.
LEXEMES = re.compile(r"'(?:[^'\\]|''|\\.)*+'?")


class Either(str):
    """Queries of which one is enough; keeps its ``parts``, so that one within another is taken apart again."""

    __slots__ = ("parts",)

    def __new__(cls, parts: list[str]):
        made = super().__new__(cls, joined(" | ", parts))
        made.parts = parts
        return made


def size(query: str) -> int:
    return len(set(LEXEMES.findall(query)))


def lexeme(stem: str) -> str:
    return "'" + stem.replace("\\", "\\\\").replace("'", "''") + "'"


def phrase(stems: Iterable[str]) -> str:
    """Stems that follow each other."""
    return joined(" <-> ", map(lexeme, stems))


def phrase_with_gaps(places: list[tuple[int, str]]) -> str:
    """Lexemes with their places in the phrase, as PostgreSQL counts them."""
    (last, query), *others = places
    for place, one in others:
        query, last = f"{query} <{place - last}> {one}", place
    return f"({query})" if others else query


def any_of(queries: Iterable[str]) -> str:
    """Any of the queries, each once: ranking looks up every lexeme that is written, and sorts them, for each row."""
    return Either(list(dict.fromkeys(part for query in queries for part in parts(query))))


def parts(query: str) -> list[str]:
    return query.parts if isinstance(query, Either) else [query]


def all_of(queries: Iterable[str]) -> str:
    return joined(" & ", queries)


def joined(operator: str, queries: Iterable[str]) -> str:
    queries = list(queries)
    if len(queries) == 1:
        return queries[0]
    return f"({operator.join(queries)})" if queries else ""
