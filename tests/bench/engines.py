"""The same question put to other engines: which practices hold the words, how many of each facet value, which come first.

Each engine is a function of ``(words, theme)`` that returns ``(total, counts, twenty keys)``; all hold the same rows.
"""

import json
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from functools import cache
from importlib.util import find_spec

from django.db import connection

from practices.directory.found import FoundBySql, FoundInIndex
from practices.directory.index.keeper import selection_index
from practices.directory.index.ranks import ranks
from practices.directory.selection import Selection
from practices.models import Practice
from practices.search.query import Reading, read
from practices.vocabularies import THEMES

QUESTIONS = [
    ("housing", ""),
    ("refugees", ""),
    ("housing", "education"),
    ("vivienda", ""),
    ("integration", "employment"),
]
type Engine = Callable[[str, str], tuple]


def rows() -> Iterator[tuple[int, str, list[str]]]:
    """Key, whole text and facet values of every practice."""
    found = Practice.objects.published().values_list("pk", "title", "summary", "approach", "tags")
    for pk, title, summary, approach, tags in found.iterator():
        yield pk, f"{title} {summary} {approach}", [str(tag) for tag in tags]


def theme_tag(code: str) -> str:
    """The tag number of a theme, as text; "" for none."""
    return str(THEMES.numbers[code]) if code else ""


def asked_before(words: str, theme: str) -> tuple:
    """The index of the worker, for words that were asked before."""
    return answer(FoundInIndex, words, theme)


def asked_anew(words: str, theme: str) -> tuple:
    """The same for words that nobody asked before."""
    kept = selection_index.texts, selection_index.positions_kept
    selection_index.forget_texts()
    try:
        return answer(FoundInIndex, words, theme)
    finally:
        selection_index.texts, selection_index.positions_kept = kept


def by_sql(words: str, theme: str) -> tuple:
    """The statements of the directory without its index."""
    return answer(FoundBySql, words, theme)


def answer(way: Callable[[Selection], FoundInIndex | FoundBySql], words: str, theme: str) -> tuple:
    """What a search finds."""
    found = way(Selection(words=words, chosen={"theme": (theme,)} if theme else {}))
    return found.counts.total, found.counts.numbers, found.keys(slice(0, 20))


def tantivy_engine(_stack: ExitStack) -> Engine:
    """tantivy (the Rust engine in the manner of Lucene), in memory, facets by a terms aggregation."""
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("pk", stored=True, indexed=True, fast=True)
    builder.add_text_field("text", tokenizer_name="en_stem")
    builder.add_text_field("tags", tokenizer_name="raw", fast=True)
    index = tantivy.Index(builder.build())
    writer = index.writer(heap_size=100_000_000, num_threads=1)
    for pk, text, tags in rows():
        writer.add_document(tantivy.Document(pk=pk, text=text, tags=tags))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()
    counted = {"tags": {"terms": {"field": "tags", "size": 1000}}}

    def ask(words, theme):
        query = index.parse_query(words, ["text"])
        if theme:
            of_theme = tantivy.Query.term_query(index.schema, "tags", theme_tag(theme))
            query = tantivy.Query.boolean_query([(tantivy.Occur.Must, query), (tantivy.Occur.Must, of_theme)])
        found = searcher.search(query, 20, count=True)
        counts = searcher.aggregate(query, counted)
        return found.count, counts, [searcher.doc(address)["pk"][0] for _score, address in found.hits]

    return ask


def sqlite_engine(stack: ExitStack) -> Engine:
    """SQLite's FTS5 in memory, stemmed by porter; facets by a join and GROUP BY."""
    base = stack.enter_context(closing(sqlite3.connect(":memory:")))
    base.execute("CREATE VIRTUAL TABLE entry USING fts5(text, tokenize='porter unicode61')")
    base.execute("CREATE TABLE tagged (pk INTEGER, tag TEXT, PRIMARY KEY (pk, tag)) WITHOUT ROWID")
    for pk, text, tags in rows():
        base.execute("INSERT INTO entry (rowid, text) VALUES (?, ?)", (pk, text))
        base.executemany("INSERT OR IGNORE INTO tagged VALUES (?, ?)", [(pk, tag) for tag in tags])
    base.execute("CREATE INDEX by_tag ON tagged (tag, pk)")

    def ask(words, theme):
        where = "entry MATCH ?" + (" AND rowid IN (SELECT pk FROM tagged WHERE tag = ?)" if theme else "")
        values = [words, theme_tag(theme)] if theme else [words]
        found = [pk for (pk,) in base.execute(f"SELECT rowid FROM entry WHERE {where} ORDER BY rank LIMIT 20", values)]
        matched = f"WITH found AS MATERIALIZED (SELECT rowid AS pk FROM entry WHERE {where})"
        counts = dict(
            base.execute(f"{matched} SELECT tag, count(*) FROM found JOIN tagged USING (pk) GROUP BY tag", values)
        )
        total = base.execute(f"SELECT count(*) FROM entry WHERE {where}", values).fetchone()[0]
        return total, counts, found

    return ask


def duckdb_engine(stack: ExitStack) -> Engine:
    """DuckDB in memory: words as a list per row (its text extension is not at hand offline), facets by unnest."""
    import duckdb

    base = stack.enter_context(closing(duckdb.connect(":memory:")))
    base.execute("SET threads TO 1")
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        file.writelines(json.dumps({"pk": pk, "text": text, "tags": tags}) + "\n" for pk, text, tags in rows())
        file.flush()
        base.execute(
            "CREATE TABLE entry AS SELECT pk, list_distinct(string_split(lower(text), ' ')) AS words, tags"
            " FROM read_json(?, format='newline_delimited', columns={pk: 'BIGINT', text: 'VARCHAR', tags: 'VARCHAR[]'})",
            [file.name],
        )

    def ask(words, theme):
        where = "list_contains(words, ?)" + (" AND list_contains(tags, ?)" if theme else "")
        values = [words, theme_tag(theme)] if theme else [words]
        base.execute(f"CREATE OR REPLACE TEMP TABLE found AS SELECT * FROM entry WHERE {where}", values)
        counts = dict(
            base.execute("SELECT tag, count(*) FROM (SELECT unnest(tags) AS tag FROM found) GROUP BY tag").fetchall()
        )
        total = base.execute("SELECT count(*) FROM found").fetchone()[0]
        return (
            total,
            counts,
            [pk for (pk,) in base.execute("SELECT pk FROM found ORDER BY pk DESC LIMIT 20").fetchall()],
        )

    return ask


@cache
def reading_of(words: str) -> Reading:
    """The words as the site reads them, so that ranking is timed alone."""
    return read(words, "en")


def others(stack: ExitStack) -> dict[str, Engine]:
    """The other engines by name, filled, until the stack is left; those that are not installed are left out."""
    made = {"tantivy": tantivy_engine, "sqlite3": sqlite_engine, "duckdb": duckdb_engine}
    return {name: make(stack) for name, make in made.items() if find_spec(name)}


def best_match(words: str) -> None:
    """Best match as the directory finds and orders a search that is read already: all that fit, from the worker."""
    selection_index.bitmaps.matches(*ranks(reading_of(words)))


def rank_full(words: str) -> None:
    """The first twenty of the same by ``ts_rank`` on the full vector."""
    reading = reading_of(words)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM practices_practice WHERE published_at IS NOT NULL AND archived_at IS NULL"
            " AND search @@ %s::tsquery ORDER BY ts_rank(search, %s::tsquery) DESC LIMIT 20",
            [reading.matching, reading.matching],
        )
        cursor.fetchall()
