"""Fills the terms: what concepts, countries and cities are called in each language; all of them or nothing.

From data/terms.csv, the names of countries and data/city_names.csv. Done after every ``migrate``, and only when what
they say is not what the table was filled with.
"""

import csv
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

from django.db import connection, transaction
from django.utils.translation import override

from practices.countries import COUNTRY_CODES, LANGUAGES_SEARCHED, country_name, country_names_in_every_language
from practices.models.words import LexiconWord, Term

DATA = Path(__file__).parent.parent / "data"
COLUMNS = ("concept", "language", "text", "tag", "position")
# Any fixed number of our own: two loads at once take turns.
LOCK = 20_180_622

type Row = tuple[str, str, str, str, int]


def after_migrate(**kwargs) -> None:
    """Fills the terms once their table is there; part of a migration's way may end before it."""
    if Term._meta.db_table in connection.introspection.table_names():
        load_terms()


def load_terms() -> int:
    """Brings the table in step; returns how many terms were written, 0 when it was in step."""
    rows = list(dict.fromkeys(read_all()))
    mark = "terms sha256:" + hashlib.sha256(json.dumps(rows).encode()).hexdigest()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        cursor.execute("SELECT obj_description(%s::regclass, 'pg_class')", [Term._meta.db_table])
        if cursor.fetchone()[0] == mark and Term.objects.exists():
            return 0
        cursor.execute("DELETE FROM practices_term")
        with cursor.copy(f"COPY practices_term ({', '.join(COLUMNS)}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        cursor.execute(STEMS)
        cursor.execute(WORDS)
        # On the table itself, so that it can be neither lost nor kept without the rows.
        cursor.execute(f"COMMENT ON TABLE practices_term IS '{mark}'")
    return len(rows)


def read_all() -> Iterator[Row]:
    """Every term as the columns of the table, the usual word for a concept first."""
    for concept, tag, *translations in _lines("terms.csv"):
        for language, words in zip(LANGUAGES_SEARCHED, translations, strict=True):
            for position, text in enumerate(words.split("|")):
                yield concept, language, text, tag, position
    for code in COUNTRY_CODES:
        every = country_names_in_every_language(code)
        for language in LANGUAGES_SEARCHED:
            with override(language):
                yield f"country/{code}", language, country_name(code), "", 0
        # Former and everyday names are not told apart by language; the shown ones may be typed in any.
        yield from ((f"country/{code}", "", name, "", position) for position, name in enumerate(every))
    for number, name, others in _lines("city_names.csv"):
        for position, text in enumerate([name, *filter(None, others.split("|"))]):
            yield f"city/{number}", "", text, "", position


def _lines(name: str) -> Iterator[list[str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as lines:
        rows = csv.reader(line for line in lines if not line.startswith("#"))
        next(rows)
        yield from rows


STEMS = """
UPDATE practices_term SET stems = practices_stems(language, text);
DELETE FROM practices_term WHERE stems = '{}';
UPDATE practices_term SET head = stems[1];
"""
# Names of cities are left out: the directory's own come in with its entries, and a correction should lead to those.
WORDS = f"""
UPDATE {LexiconWord._meta.db_table} SET is_term = false;
INSERT INTO {LexiconWord._meta.db_table} (word, plain, stem, language, documents, is_term)
SELECT DISTINCT word, practices_plain(word), coalesce((practices_stems(language, word))[1], ''), language, 0, true
FROM practices_term, unnest(regexp_split_to_array(lower(text), '[^[:alpha:]]+')) AS word
WHERE language <> '' AND length(word) BETWEEN 3 AND 60
ORDER BY word, language
ON CONFLICT (word, language) DO UPDATE SET is_term = true;
DELETE FROM {LexiconWord._meta.db_table} WHERE documents = 0 AND NOT is_term;
"""
