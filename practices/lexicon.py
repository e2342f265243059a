"""The SQL by which the database keeps the words of published entries: for ranking, correcting and suggesting.

``practices_practicetext`` holds, beside each entry, a short vector of its title, city, area and summary (best match
is ranked on it: the full one lies out of line and costs several times as much to read), the full vector, and the words
it brings into the lexicon. Statement triggers keep them, so that the admin, a load of thousands and psql leave the same.
"""

LANGUAGES = {"en": "english", "fr": "french", "es": "spanish", "ar": "arabic", "pt": "portuguese"}

_NEW = """
CREATE TEXT SEARCH CONFIGURATION solidarity_{code} (COPY = pg_catalog.{name});
ALTER TEXT SEARCH CONFIGURATION solidarity_{code}
    ALTER MAPPING FOR hword, hword_part, word, asciihword, hword_asciipart, asciiword WITH unaccent, {name}_stem;
"""
CONFIGURATIONS = "CREATE EXTENSION IF NOT EXISTS fuzzystrmatch;" + "".join(
    _NEW.format(code=code, name=name) for code, name in LANGUAGES.items() if code != "en"
)

_CASES = " ".join(f"WHEN '{code}' THEN 'solidarity_{code}'" for code in LANGUAGES)
FUNCTIONS = f"""
CREATE OR REPLACE FUNCTION practices_configuration(language text) RETURNS regconfig
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT (CASE split_part(language, '-', 1) {_CASES} ELSE 'solidarity_names' END)::regconfig
$$;
CREATE OR REPLACE FUNCTION practices_plain(words text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT public.unaccent('public.unaccent', lower(words)) $$;
-- The stems of a word or a few in a language; none for words such as "the".
CREATE OR REPLACE FUNCTION practices_stems(language text, words text) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT coalesce(array_agg(lexeme ORDER BY at), '{{}}') FROM (
        SELECT lexeme, min(at) AS at
        FROM unnest(to_tsvector(practices_configuration(language), translate(practices_plain(words), '-', ' ')))
                 AS v(lexeme, positions, weights),
             unnest(positions) AS at
        GROUP BY lexeme
    ) AS found
$$;
CREATE OR REPLACE FUNCTION practices_tag_lexemes(facet text, codes text[]) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT coalesce(string_agg(format('%L:1C', facet || '/' || code), ' '), '')::tsvector FROM unnest(codes) AS code
$$;
-- The words that an entry brings, each as language:word, names without a language.
CREATE OR REPLACE FUNCTION practices_lexis(language text, texts text, names text) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT coalesce(array_agg(DISTINCT spoken || ':' || word), '{{}}') FROM (
        SELECT language, unnest(tsvector_to_array(to_tsvector('pg_catalog.simple', texts)))
        UNION ALL SELECT '', unnest(tsvector_to_array(to_tsvector('pg_catalog.simple', names)))
    ) AS every (spoken, word)
    WHERE length(word) BETWEEN 3 AND 60 AND word !~ '[0-9_./:@&=''-]'
$$;
"""

KEEP_TEXT = """
CREATE OR REPLACE FUNCTION practices_keep_text() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE touched bigint[];
BEGIN
    IF TG_OP = 'INSERT' THEN
        touched := ARRAY(SELECT id FROM changed);
    ELSE
        -- The full vector holds all that is kept here: where it stays, so does this.
        touched := ARRAY(
            SELECT entry.id FROM changed AS entry JOIN before ON before.id = entry.id
            WHERE (entry.search, entry.language, entry.published_at IS NULL, entry.archived_at IS NULL)
                IS DISTINCT FROM (before.search, before.language, before.published_at IS NULL, before.archived_at IS NULL));
    END IF;
    IF touched = '{}' THEN RETURN NULL; END IF;
    INSERT INTO practices_practicetext AS kept (practice_id, is_public, whole, brief, lexis)
    SELECT entry.id, entry.published_at IS NOT NULL AND entry.archived_at IS NULL, entry.search,
           setweight(to_tsvector(practices_configuration(entry.language), entry.title), 'A')
           || setweight(to_tsvector('solidarity_names', concat_ws(' ', entry.title, place.name)), 'A')
           || setweight(to_tsvector(practices_configuration(entry.language), entry.summary), 'B')
           || setweight(to_tsvector('solidarity_names', concat_ws(' ', entry.summary, entry.area, place.keywords)), 'B')
           || practices_tag_lexemes('theme', entry.themes::text[])
           || practices_tag_lexemes('population', entry.populations::text[])
           || practices_tag_lexemes('group', entry.groups::text[])
           || practices_tag_lexemes('context', entry.contexts::text[])
           || practices_tag_lexemes('instrument', ARRAY[entry.instrument::text])
           || practices_translated(entry.id, false),
           CASE WHEN entry.published_at IS NULL OR entry.archived_at IS NOT NULL THEN '{}' ELSE
               practices_lexis(
                   entry.language,
                   concat_ws(' ', entry.title, entry.summary, entry.challenge, entry.approach, entry.results,
                             entry.lessons, entry.what_did_not_work),
                   concat_ws(' ', entry.area, entry.lead, array_to_string(entry.partners, ' '),
                             array_to_string(entry.funders, ' '), place.keywords))
               || practices_translated_lexis(entry.id)
           END
    FROM changed AS entry JOIN practices_city AS place ON place.id = entry.city_id
    WHERE entry.id = ANY(touched)
    ON CONFLICT (practice_id) DO UPDATE
    SET (is_public, whole, brief, lexis) = (excluded.is_public, excluded.whole, excluded.brief, excluded.lexis)
    WHERE (kept.is_public, kept.whole, kept.brief, kept.lexis)
        IS DISTINCT FROM (excluded.is_public, excluded.whole, excluded.brief, excluded.lexis);
    RETURN NULL;
END $$;
"""
KEEPING = (
    KEEP_TEXT
    + """
CREATE OR REPLACE FUNCTION practices_drop_text() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM practices_practicetext WHERE practice_id IN (SELECT id FROM gone);
    RETURN NULL;
END $$;
CREATE TRIGGER practice_text_gone AFTER DELETE ON practices_practice
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION practices_drop_text();
CREATE TRIGGER practice_text_new AFTER INSERT ON practices_practice
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION practices_keep_text();
CREATE TRIGGER practice_text_changed AFTER UPDATE ON practices_practice
    REFERENCING OLD TABLE AS before NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION practices_keep_text();

-- How many entries hold each word; one that no entry holds any more goes, unless it is a term.
CREATE OR REPLACE FUNCTION practices_count_words(gone text[], come text[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF coalesce(gone, '{}') = coalesce(come, '{}') THEN RETURN; END IF;
    -- Two saves at once share most of their words: they take turns instead of locking each other out.
    PERFORM pg_advisory_xact_lock(20180623);
    WITH change AS MATERIALIZED (
        SELECT split_part(each, ':', 1) AS language, split_part(each, ':', 2) AS word, sum(step)::int AS step
        FROM (SELECT unnest(gone), -1 UNION ALL SELECT unnest(come), 1) AS every (each, step)
        GROUP BY 1, 2 HAVING sum(step) <> 0
    ), counted AS (
        UPDATE practices_lexiconword AS kept SET documents = greatest(kept.documents + change.step, 0)
        FROM change WHERE kept.word = change.word AND kept.language = change.language
        RETURNING kept.word, kept.language
    )
    INSERT INTO practices_lexiconword (word, plain, stem, language, documents, is_term)
    SELECT word, practices_plain(word), coalesce((practices_stems(language, word))[1], ''), language, step, false
    FROM change
    WHERE step > 0 AND NOT EXISTS (
        SELECT FROM counted WHERE counted.word = change.word AND counted.language = change.language);
    DELETE FROM practices_lexiconword WHERE documents = 0 AND NOT is_term
        AND word IN (SELECT split_part(each, ':', 2) FROM unnest(gone) AS each);
END $$;
CREATE OR REPLACE FUNCTION practices_count_new() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM practices_count_words('{}', (SELECT array_agg(word) FROM come, unnest(lexis) AS word));
    RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION practices_count_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM practices_count_words(
        (SELECT array_agg(word) FROM gone, unnest(lexis) AS word), (SELECT array_agg(word) FROM come, unnest(lexis) AS word)
    );
    RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION practices_count_gone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM practices_count_words((SELECT array_agg(word) FROM gone, unnest(lexis) AS word), '{}');
    RETURN NULL;
END $$;
CREATE TRIGGER text_counted_new AFTER INSERT ON practices_practicetext
    REFERENCING NEW TABLE AS come FOR EACH STATEMENT EXECUTE FUNCTION practices_count_new();
CREATE TRIGGER text_counted_changed AFTER UPDATE ON practices_practicetext
    REFERENCING OLD TABLE AS gone NEW TABLE AS come FOR EACH STATEMENT EXECUTE FUNCTION practices_count_changed();
CREATE TRIGGER text_counted_gone AFTER DELETE ON practices_practicetext
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION practices_count_gone();
"""
)
# Indexes of expressions, for what is suggested while somebody types (see suggestions.py).
SUGGESTING = """
CREATE INDEX practice_brief ON practices_practicetext USING gin (brief);
CREATE INDEX city_name_begins ON practices_city (practices_plain(name) text_pattern_ops);
CREATE INDEX city_name_alike ON practices_city USING gin (practices_plain(name) gin_trgm_ops);
CREATE INDEX term_begins ON practices_term (head text_pattern_ops) WHERE language = '';
"""
# The short vector is read of every entry that fits: it stays in its row. The full one would only make the rows long.
NARROW = """
ALTER TABLE practices_practicetext ALTER brief SET STORAGE MAIN, ALTER whole SET STORAGE EXTERNAL;
UPDATE practices_practicetext AS kept
SET whole = entry.search, is_public = entry.published_at IS NOT NULL AND entry.archived_at IS NULL
FROM practices_practice AS entry WHERE entry.id = kept.practice_id;
"""
# Fills what the triggers keep for rows that were there before them.
FILLING = "UPDATE practices_practice SET city_id = city_id;"
