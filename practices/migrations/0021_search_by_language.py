import django.contrib.postgres.fields
from django.db import migrations, models

# Arabic letters that are typed for one another are one letter: the hamza, the dots and the vowel signs are often left out.
WORDS = r"""
CREATE FUNCTION practices_bare(words text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT translate(words, 'أإآٱىةـًٌٍَُِّْ', 'اااايه')
$$;
CREATE OR REPLACE FUNCTION practices_plain(words text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    -- Not by the function above: indexes are kept up where only PostgreSQL's own functions are known.
    SELECT translate(public.unaccent('public.unaccent', lower(words)), 'أإآٱىةـًٌٍَُِّْ', 'اااايه')
$$;

-- What stands before each stem of a language, so that "polic" of Spanish is not that of English. English is the
-- language of most texts, and names have none: theirs stand bare.
CREATE FUNCTION practices_mark(language text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN split_part(language, '-', 1) IN ('fr', 'es', 'ar', 'pt') THEN split_part(language, '-', 1) || ':'
        ELSE '' END
$$;
CREATE FUNCTION practices_vector(language text, words text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE practices_mark(language)
        WHEN '' THEN to_tsvector(practices_configuration(language), practices_bare(words))
        ELSE regexp_replace(to_tsvector(practices_configuration(language), practices_bare(words))::text,
                            '(^| )''', '\1''' || practices_mark(language), 'g')::tsvector END
$$;
CREATE FUNCTION practices_phrase(language text, words text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN practices_mark(language) = '' THEN query
        ELSE regexp_replace(query, '''((?:[^'']|'''')+)''', '''' || practices_mark(language) || '\1''', 'g') END
    FROM (SELECT phraseto_tsquery(practices_configuration(language), practices_plain(words))::text AS query) AS found
$$;
-- A query as a text of this language is marked by it: ts_headline knows stems without their language.
CREATE FUNCTION practices_unmarked(query text, language text) RETURNS tsquery
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE practices_mark(language) WHEN '' THEN query
        ELSE replace(query, '''' || practices_mark(language), '''') END::tsquery
$$;
-- The stem of every word, small ones whole: "sans papiers" is not "papiers".
CREATE FUNCTION practices_every_stem(language text, words text) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT coalesce(array_agg(coalesce((practices_stems(language, word))[1], word) ORDER BY at), '{}')
    FROM unnest(regexp_split_to_array(practices_plain(replace(words, '.', '')), '[^[:alnum:]]+')) WITH ORDINALITY AS every (word, at)
    WHERE word <> ''
$$;
-- A city by its number, whatever it is called.
CREATE FUNCTION practices_city_lexeme(geonames_id integer) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN geonames_id IS NULL THEN '' ELSE format('%L:1A', 'city/' || geonames_id) END::tsvector
$$;
-- The texts of an entry's facts: what it takes, what it costs, who learnt from whom.
CREATE FUNCTION practices_facts_told(entry practices_practice) RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT concat_ws(' ', array_to_string(entry.conditions, '. '), entry.cost_basis, entry.evidence_reason,
        (SELECT string_agg(text, ' ' ORDER BY id) FROM practices_fact WHERE practice_id = entry.id),
        (SELECT string_agg(concat_ws(' ', place, what), '. ' ORDER BY id) FROM practices_transfer
         WHERE practice_id = entry.id))
$$;
"""

TRANSLATED = r"""
CREATE OR REPLACE FUNCTION practices_translated(entry bigint, whole boolean) RETURNS tsvector
LANGUAGE plpgsql STABLE AS $$
DECLARE found tsvector := ''; one record;
BEGIN
    FOR one IN SELECT language, shown FROM practices_practicetranslation
               WHERE practice_id = entry AND shown IS NOT NULL ORDER BY language LOOP
        found := found
            || setweight(practices_vector(one.language, one.shown->>'title'), 'A')
            || setweight(practices_vector('', one.shown->>'title'), 'A')
            || setweight(practices_vector(one.language, one.shown->>'summary'), 'B');
        IF whole THEN
            found := found || setweight(practices_vector(one.language, concat_ws(' ', one.shown->>'challenge',
                one.shown->>'approach', one.shown->>'results', one.shown->>'lessons',
                one.shown->>'what_did_not_work')), 'D');
        ELSE
            found := found || setweight(practices_vector('', one.shown->>'summary'), 'B');
        END IF;
    END LOOP;
    RETURN found;
END $$;
"""

INDEXED = r"""
CREATE OR REPLACE FUNCTION practices_index_practice() RETURNS trigger LANGUAGE plpgsql AS $index$
DECLARE place practices_city; names text;
BEGIN
    SELECT * INTO place FROM practices_city WHERE id = NEW.city_id;
    NEW.tags := practices_numbers(100, ARRAY['social-cohesion', 'participation', 'welcome', 'employment', 'housing',
        'education', 'health', 'rights', 'reception', 'environment', 'governance', 'culture-sport'], NEW.themes::text[])
        || practices_numbers(200, ARRAY['refugees', 'asylum-seekers', 'idps', 'stateless', 'returnees',
            'host-community', 'migrants'], NEW.populations::text[])
        || practices_numbers(300, ARRAY['women', 'children-youth', 'families', 'older-people', 'lgbtiq',
            'people-with-disabilities'], NEW.groups::text[])
        || practices_numbers(500, ARRAY['large-scale-arrival', 'protracted', 'resettlement', 'community-sponsorship',
            'mixed-migration', 'internal-displacement', 'reintegration'], NEW.contexts::text[])
        || practices_numbers(800, ARRAY['1', '2', '3', '4'], NEW.gcr_objectives::text[])
        || practices_numbers(900, ARRAY['1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11', '12', '13', '14',
            '15', '16', '17'], NEW.sdgs::text[])
        || practices_numbers(400, ARRAY['service', 'policy', 'institution', 'campaign', 'space', 'partnership',
            'network', 'digital', 'funding'], ARRAY[NEW.instrument::text])
        || practices_numbers(600, ARRAY['ongoing', 'completed', 'unknown'], ARRAY[NEW.status::text])
        || practices_numbers(1200, ARRAY['northern-africa', 'sub-saharan-africa', 'latin-america-and-the-caribbean',
            'northern-america', 'central-asia', 'eastern-asia', 'south-eastern-asia', 'southern-asia', 'western-asia',
            'eastern-europe', 'northern-europe', 'southern-europe', 'western-europe', 'australia-and-new-zealand',
            'melanesia', 'micronesia', 'polynesia'], ARRAY[place.region::text])
        || practices_numbers(1000, ARRAY['under-20k', '20k-50k', '50k-200k', '200k-500k', '500k-1.5m', 'over-1.5m',
            'unknown'], ARRAY[place.size::text])
        || (3000 + 26 * (ascii(place.country) - 65) + ascii(substr(place.country, 2)) - 65)::smallint;
    IF place.signed_precision <> '' THEN
        NEW.tags := NEW.tags || 1101::smallint;
    END IF;

    names := concat_ws(' ', NEW.area, NEW.lead, array_to_string(NEW.partners, ' '), array_to_string(NEW.funders, ' '));
    NEW.search :=
        practices_city_lexeme(place.geonames_id)
        || setweight(practices_vector(NEW.language, NEW.title), 'A')
        || setweight(practices_vector('', concat_ws(' ', NEW.title, place.keywords)), 'A')
        || setweight(practices_vector(NEW.language, concat_ws(' ', NEW.summary, place.keywords, NEW.area)), 'B')
        || setweight(practices_vector('', names), 'C')
        || practices_tag_lexemes('theme', NEW.themes::text[])
        || practices_tag_lexemes('population', NEW.populations::text[])
        || practices_tag_lexemes('group', NEW.groups::text[])
        || practices_tag_lexemes('context', NEW.contexts::text[])
        || practices_tag_lexemes('instrument', ARRAY[NEW.instrument::text])
        || setweight(practices_vector(NEW.language, concat_ws(' ', NEW.challenge, NEW.approach, NEW.results,
                                                   NEW.lessons, NEW.what_did_not_work, names,
                                                   practices_facts_told(NEW))), 'D')
        || practices_translated(NEW.id, true);
    RETURN NEW;
END $index$;

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
                IS DISTINCT FROM (before.search, before.language, before.published_at IS NULL,
                    before.archived_at IS NULL));
    END IF;
    IF touched = '{}' THEN RETURN NULL; END IF;
    INSERT INTO practices_practicetext AS kept (practice_id, is_public, whole, brief, lexis)
    SELECT entry.id, entry.published_at IS NOT NULL AND entry.archived_at IS NULL, entry.search,
           practices_city_lexeme(place.geonames_id)
           || setweight(practices_vector(entry.language, entry.title), 'A')
           || setweight(practices_vector('', concat_ws(' ', entry.title, place.name)), 'A')
           || setweight(practices_vector(entry.language, entry.summary), 'B')
           || setweight(practices_vector('', concat_ws(' ', entry.summary, entry.area, place.keywords)), 'B')
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
                             entry.lessons, entry.what_did_not_work, entry.facts_told),
                   concat_ws(' ', entry.area, entry.lead, array_to_string(entry.partners, ' '),
                             array_to_string(entry.funders, ' '), place.keywords))
               || practices_translated_lexis(entry.id)
           END
    FROM (SELECT changed.*, practices_facts_told(practice) AS facts_told
          FROM changed JOIN practices_practice AS practice ON practice.id = changed.id) AS entry
        JOIN practices_city AS place ON place.id = entry.city_id
    WHERE entry.id = ANY(touched)
    ON CONFLICT (practice_id) DO UPDATE
    SET (is_public, whole, brief, lexis) = (excluded.is_public, excluded.whole, excluded.brief, excluded.lexis)
    WHERE (kept.is_public, kept.whole, kept.brief, kept.lexis)
        IS DISTINCT FROM (excluded.is_public, excluded.whole, excluded.brief, excluded.lexis);
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION practices_index_city() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE practices_practice SET city_id = city_id WHERE city_id = NEW.id;
    RETURN NULL;
END $$;
DROP TRIGGER city_indexed ON practices_city;
CREATE TRIGGER city_indexed
    AFTER UPDATE OF name, keywords, country, population, signed_precision, geonames_id ON practices_city
    FOR EACH ROW EXECUTE FUNCTION practices_index_city();

CREATE FUNCTION practices_index_facts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE practices_practice SET city_id = city_id WHERE id IN (SELECT practice_id FROM touched);
    RETURN NULL;
END $$;
"""
FACT_TRIGGERS = "".join(
    f"""
CREATE TRIGGER {part}_indexed_new AFTER INSERT ON practices_{part} REFERENCING NEW TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION practices_index_facts();
CREATE TRIGGER {part}_indexed_again AFTER UPDATE ON practices_{part} REFERENCING NEW TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION practices_index_facts();
CREATE TRIGGER {part}_indexed_gone AFTER DELETE ON practices_{part} REFERENCING OLD TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION practices_index_facts();
"""
    for part in ("fact", "transfer")
)

FACTS = r"""
DROP FUNCTION practices_facts(text[], text[]);
CREATE FUNCTION practices_facts(words text[], phrases text[], keys text[]) RETURNS TABLE (kind text, told jsonb)
LANGUAGE plpgsql STABLE SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
BEGIN RETURN QUERY
WITH token AS MATERIALIZED (
    SELECT word, practices_plain(word) AS plain FROM unnest(words) AS word
), stemmed AS MATERIALIZED (
    SELECT word, language, plain, tsvector_to_array(to_tsvector(practices_configuration(language), plain)) AS stems
    FROM token, unnest(ARRAY['', 'en', 'fr', 'es', 'ar', 'pt']) AS language
), every AS MATERIALIZED (
    SELECT language, array_agg(DISTINCT stem) AS stems
    FROM stemmed, unnest(CASE stems WHEN '{}' THEN ARRAY[plain] ELSE stems END) AS stem GROUP BY language
), term AS MATERIALIZED (
    SELECT term.* FROM practices_term AS term JOIN every ON every.language = term.language
    WHERE term.head = ANY(every.stems) AND term.stems <@ every.stems
), known AS MATERIALIZED (
    SELECT token.word, (SELECT array_agg(DISTINCT language) FROM practices_lexiconword AS held WHERE held.plain = token.plain) AS written,
           (SELECT jsonb_object_agg(language, documents) FROM (
               SELECT language, max(documents) AS documents FROM (
                   SELECT held.language,
                       held.documents FROM practices_lexiconword AS held WHERE held.plain = token.plain
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
    'fixes', CASE WHEN known.written IS NULL AND length(token.plain) >= 4
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
            LIMIT 40) AS found)
        END)
FROM token JOIN known USING (word)
UNION ALL
SELECT 'term', jsonb_build_object('concept', concept, 'language', language, 'stems', stems, 'every', every, 'tag', tag,
                                  'plain', practices_plain(text)) FROM term
UNION ALL
SELECT 'meaning', jsonb_build_object(
    'concept', concept, 'query', query,
    'documents', (SELECT min(documents) FROM unnest(stems) AS one, LATERAL (
        SELECT coalesce(max(held.documents), 0) AS documents FROM practices_lexiconword AS held
        WHERE held.stem = one AND held.language = practices_term.language) AS found))
FROM practices_term
WHERE concept IN (SELECT concept FROM term) AND query <> ''
    AND (position = 0 OR (language = 'en' AND position < 100))
UNION ALL
SELECT 'phrase', jsonb_build_object('phrase', phrase, 'queries', (
    SELECT jsonb_agg(DISTINCT practices_phrase(language, phrase))
    FROM unnest(ARRAY['', 'en', 'fr', 'es', 'ar', 'pt']) AS language))
FROM unnest(phrases) AS phrase
UNION ALL
SELECT 'city', jsonb_build_object('key', key, 'number', named.geonames_id)
FROM (SELECT place.geonames_id, place.keys FROM practices_place AS place
      WHERE string_to_array(replace(place.keys, '¦', '|'), '|') && practices_facts.keys OFFSET 0) AS named
    JOIN practices_city AS city ON city.geonames_id = named.geonames_id
    JOIN unnest(practices_facts.keys) AS key ON position('|' || key || '|' IN named.keys) > 0;
END $$;
"""

# Letters that are now one make other keys of what was kept.
AGAIN = r"""
UPDATE practices_lexiconword SET plain = practices_plain(word) WHERE plain <> practices_plain(word);
REINDEX INDEX city_name_begins;
REINDEX INDEX city_name_alike;
COMMENT ON TABLE practices_term IS '';
UPDATE practices_practice SET city_id = city_id;
"""


class Migration(migrations.Migration):
    """Stems meet texts of their own language only, cities are found by their number, and facts are searched."""

    dependencies = [("practices", "0020_cities_that_follow")]
    operations = [
        migrations.AddField(
            "term",
            "every",
            django.contrib.postgres.fields.ArrayField(models.TextField(), default=list, db_default=[]),
        ),
        migrations.AddField("term", "query", models.TextField(default="", db_default="")),
        migrations.RunSQL(WORDS),
        migrations.RunSQL(TRANSLATED),
        migrations.RunSQL(INDEXED),
        migrations.RunSQL(FACT_TRIGGERS),
        migrations.RunSQL(FACTS),
        migrations.RunSQL(AGAIN),
    ]
