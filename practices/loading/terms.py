"""Fills the terms: what concepts, countries and cities are called in each language; all of them or nothing.

From data/terms.csv, the names of countries, data/everyday_names.csv and data/city_names.csv. Done after every ``migrate``,
and only when what they say is not what the table was filled with.
"""

import hashlib
import json
from collections.abc import Iterator

from django.db import connection
from django.utils.translation import override

from practices.loading.table import fill_table
from practices.models.lexicon import LexiconWord, Term
from practices.vocabularies.countries import (
    COUNTRY_CODES,
    country_name,
    country_names_in_every_language,
    read_table,
)
from practices.vocabularies.languages import LANGUAGES

COLUMNS = ("concept", "language", "text", "tag", "position")

# From this position on, a term is understood where it is typed, and not looked for.
UNDERSTOOD = 100

type TermRow = tuple[str, str, str, str, int]


def after_migrate(**kwargs) -> None:
    """Fills the terms once their table is there; part of a migration's way may end before it."""
    if Term._meta.db_table in connection.introspection.table_names():
        load_terms()


def load_terms() -> int:
    """Brings the table in step; returns how many terms were written, 0 when it was in step."""
    rows = list(dict.fromkeys(read_terms()))
    mark = "terms sha256:" + hashlib.sha256(json.dumps([rows, STEMS]).encode()).hexdigest()
    return fill_table(Term, COLUMNS, lambda: rows, mark, lock=20_180_622, then=STEMS + WORDS)


def read_terms() -> Iterator[TermRow]:
    """Every term as the columns of the table, the usual word for a concept first."""
    for concept, tag, *translations in read_table("terms.csv"):
        for language, words in zip(LANGUAGES, translations, strict=True):
            sought, _bars, understood = words.partition("||")
            for first, texts in ((0, sought), (UNDERSTOOD, understood)):
                for position, text in enumerate(filter(None, texts.split("|")), first):
                    yield concept, language, text, tag, position
                    if "-" in text:
                        yield concept, language, text.replace("-", ""), tag, UNDERSTOOD  # "onestop shop"
    everyday = {code: names.split("|") for code, names in read_table("everyday_names.csv")}
    for code in COUNTRY_CODES:
        every = country_names_in_every_language(code)
        for language in LANGUAGES:
            with override(language):
                yield f"country/{code}", language, country_name(code), "", 0
        # Former and everyday names are not told apart by language; the shown ones may be typed in any.
        every += everyday.get(code, [])
        yield from ((f"country/{code}", "", name, "", position) for position, name in enumerate(dict.fromkeys(every)))
    for number, name, others in read_table("city_names.csv"):
        for position, text in enumerate([name, *filter(None, others.split("|"))]):
            yield f"city/{number}", "", text, f"city/{number}", position


STEMS = """
UPDATE practices_term SET stems = practices_stems(language, replace(text, '.', '')), every = practices_every_stem(language, text),
    query = practices_phrase(language, text);
UPDATE practices_term SET stems = every WHERE stems = '{}';
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
