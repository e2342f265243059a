"""What the database knows of the words of a search, told in one statement."""

import json
from dataclasses import dataclass, field

from django.db import connection

LANGUAGES = ("en", "fr", "es", "ar", "pt")

# Words shorter than this are too easily another one.
SHORTEST_CORRECTED = 4
CANDIDATES = 40


@dataclass(frozen=True)
class Fix:
    """A word of the lexicon that a word typed may have been meant for."""

    word: str
    plain: str
    language: str
    documents: int
    is_term: bool


@dataclass(frozen=True)
class Token:
    """A word of the search: its stems by language ("" whole), in how many entries it stands, what it may mean."""

    plain: str
    stems: dict[str, list[str]]
    documents: dict[str, int] = field(default_factory=dict)
    written: tuple[str, ...] = ()  # the languages in whose lexicon this very form stands
    fixes: list[Fix] = field(default_factory=list)

    def is_stop(self, language: str) -> bool:
        """Whether the language passes over it, as English does over "the"."""
        return not self.stems.get(language)

    def is_known(self, languages: set[str]) -> bool:
        """Whether it stands in the lexicon, or another form of it in one of these languages."""
        return bool(self.written) or any(language in self.documents for language in languages)


@dataclass(frozen=True)
class Term:
    """A term that may stand in the search."""

    concept: str
    language: str
    stems: tuple[str, ...]
    plain: str
    tag: str


@dataclass(frozen=True)
class Meaning:
    """A term for a concept that was meant; ``documents`` is about in how many entries it stands."""

    language: str
    position: int
    stems: tuple[str, ...]
    documents: int


@dataclass(frozen=True)
class Facts:
    """Tokens by the word typed, terms that may stand among them, and each concept's words in every language."""

    tokens: dict[str, Token]
    terms: list[Term]
    meanings: dict[str, list["Meaning"]]
    phrases: dict[str, list[str]]


def facts_of(words: list[str], phrases: list[str]) -> Facts:
    """Looks the words and phrases up; one statement."""
    tokens, terms, meanings, spoken = {}, [], {}, {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT kind, told FROM practices_facts(%s, %s)", [words, phrases])
        for kind, told in cursor.fetchall():
            told = json.loads(told)
            if kind == "token":
                fixes = [Fix(*fix) for fix in told["fixes"] or ()]
                tokens[told["word"]] = Token(
                    told["plain"], told["stems"], told["documents"] or {}, tuple(told["written"] or ()), fixes
                )
            elif kind == "term":
                terms.append(Term(told["concept"], told["language"], tuple(told["stems"]), told["plain"], told["tag"]))
            elif kind == "meaning":
                meaning = Meaning(told["language"], told["position"], tuple(told["stems"]), told["documents"] or 0)
                meanings.setdefault(told["concept"], []).append(meaning)
            else:
                spoken[told["phrase"]] = told["queries"]
    return Facts(tokens, terms, meanings, spoken)


# A function, since PostgreSQL keeps the plan of what stands in one: planning takes as long as finding.
# Whoever changes it has a migration run it again.
# Candidates by trigram, and by two letters that changed places: those share few trigrams.
FUNCTION = f"""
CREATE OR REPLACE FUNCTION practices_facts(words text[], phrases text[]) RETURNS TABLE (kind text, told jsonb)
LANGUAGE plpgsql STABLE SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
BEGIN RETURN QUERY
WITH token AS MATERIALIZED (
    SELECT word, practices_plain(word) AS plain FROM unnest(words) AS word
), stemmed AS MATERIALIZED (
    SELECT word, language, tsvector_to_array(to_tsvector(practices_configuration(language), plain)) AS stems
    FROM token, unnest(ARRAY['{"', '".join(("", *LANGUAGES))}']) AS language
), every AS MATERIALIZED (
    SELECT language, array_agg(DISTINCT stem) AS stems FROM stemmed, unnest(stems) AS stem GROUP BY language
), term AS MATERIALIZED (
    SELECT term.* FROM practices_term AS term JOIN every ON every.language = term.language
    WHERE term.head = ANY(every.stems) AND term.stems <@ every.stems
), known AS MATERIALIZED (
    SELECT token.word, (SELECT array_agg(DISTINCT language) FROM practices_lexiconword AS held WHERE held.plain = token.plain) AS written,
           (SELECT jsonb_object_agg(language, documents) FROM (
               SELECT language, max(documents) AS documents FROM (
                   SELECT held.language, held.documents FROM practices_lexiconword AS held WHERE held.plain = token.plain
                   UNION ALL
                   SELECT held.language, held.documents FROM stemmed JOIN practices_lexiconword AS held
                       ON held.language = stemmed.language AND held.stem = stemmed.stems[1]
                   WHERE stemmed.word = token.word AND held.stem <> ''
               ) AS every GROUP BY language) AS each) AS documents
    FROM token
)
SELECT 'token', jsonb_build_object(
    'word', token.word, 'plain', token.plain, 'documents', known.documents, 'written', known.written,
    'stems', (SELECT jsonb_object_agg(language, stems) FROM stemmed WHERE stemmed.word = token.word),
    'fixes', CASE WHEN known.written IS NULL AND length(token.plain) >= {SHORTEST_CORRECTED}
                   AND NOT EXISTS (SELECT FROM term WHERE language = '' AND token.plain = ANY(term.stems))
        THEN (SELECT jsonb_agg(jsonb_build_array(word, plain, language, documents, is_term)) FROM (
            SELECT held.* FROM practices_lexiconword AS held
            WHERE (held.plain % token.plain OR held.plain = ANY(ARRAY(
                      SELECT left(token.plain, at - 1) || substr(token.plain, at + 1, 1) || substr(token.plain, at, 1)
                             || substr(token.plain, at + 2)
                      FROM generate_series(1, length(token.plain) - 1) AS at)))
                AND levenshtein_less_equal(held.plain, token.plain, 2) <= 2
            ORDER BY levenshtein_less_equal(held.plain, token.plain, 2), similarity(held.plain, token.plain) DESC,
                     documents DESC
            LIMIT {CANDIDATES}) AS found)
        END)
FROM token JOIN known USING (word)
UNION ALL
SELECT 'term', jsonb_build_object('concept', concept, 'language', language, 'stems', stems, 'tag', tag,
                                  'plain', practices_plain(text)) FROM term
UNION ALL
SELECT 'meaning', jsonb_build_object(
    'concept', concept, 'language', language, 'position', position, 'stems', stems,
    'documents', (SELECT min(documents) FROM unnest(stems) AS one, LATERAL (
        SELECT coalesce(max(held.documents), 0) AS documents FROM practices_lexiconword AS held
        WHERE held.stem = one AND held.language = practices_term.language) AS found))
FROM practices_term
WHERE concept IN (SELECT concept FROM term) AND (language IN ('', 'en') OR position = 0)
    AND (language <> '' OR position = 0)
UNION ALL
SELECT 'phrase', jsonb_build_object('phrase', phrase, 'queries', (
    SELECT jsonb_agg(DISTINCT phraseto_tsquery(practices_configuration(language), practices_plain(phrase))::text)
    FROM unnest(ARRAY['{"', '".join(("", *LANGUAGES))}']) AS language))
FROM unnest(phrases) AS phrase;
END $$;
"""
