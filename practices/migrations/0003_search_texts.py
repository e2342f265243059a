from django.db import migrations

WORDS = r"""
CREATE FUNCTION practices_configuration(language text) RETURNS regconfig
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT (CASE split_part(language, '-', 1)
        WHEN 'en' THEN 'solidarity_en' WHEN 'fr' THEN 'solidarity_fr' WHEN 'es' THEN 'solidarity_es'
        WHEN 'ar' THEN 'solidarity_ar' WHEN 'pt' THEN 'solidarity_pt' ELSE 'solidarity_names' END)::regconfig
$$;
CREATE FUNCTION practices_plain(words text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT public.unaccent('public.unaccent', lower(words)) $$;
-- The stems of a word or a few in a language; none for words such as "the".
CREATE FUNCTION practices_stems(language text, words text) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT coalesce(array_agg(lexeme ORDER BY at), '{}') FROM (
        SELECT lexeme, min(at) AS at
        FROM unnest(to_tsvector(practices_configuration(language), translate(practices_plain(words), '-', ' ')))
                 AS v(lexeme, positions, weights),
             unnest(positions) AS at
        GROUP BY lexeme
    ) AS found
$$;
CREATE FUNCTION practices_tag_lexemes(facet text, codes text[]) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT coalesce(string_agg(format('%L:1C', facet || '/' || code), ' '), '')::tsvector FROM unnest(codes) AS code
$$;
-- The words that an entry brings, each as language:word, names without a language.
CREATE FUNCTION practices_lexis(language text, texts text, names text) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT coalesce(array_agg(DISTINCT spoken || ':' || word), '{}') FROM (
        SELECT language, unnest(tsvector_to_array(to_tsvector('pg_catalog.simple', texts)))
        UNION ALL SELECT '', unnest(tsvector_to_array(to_tsvector('pg_catalog.simple', names)))
    ) AS every (spoken, word)
    WHERE length(word) BETWEEN 3 AND 60 AND word !~ '[0-9_./:@&=''-]'
$$;
"""

# What the public reads of an entry in other languages: the whole vector, the brief one, and the words of the lexicon.
TRANSLATED = r"""
CREATE FUNCTION practices_translated(entry bigint, whole boolean) RETURNS tsvector
LANGUAGE plpgsql STABLE AS $$
DECLARE found tsvector := ''; spoken regconfig; one record;
BEGIN
    FOR one IN SELECT language, shown FROM practices_practicetranslation
               WHERE practice_id = entry AND shown IS NOT NULL ORDER BY language LOOP
        spoken := practices_configuration(one.language);
        found := found
            || setweight(to_tsvector(spoken, one.shown->>'title'), 'A')
            || setweight(to_tsvector('solidarity_names', one.shown->>'title'), 'A')
            || setweight(to_tsvector(spoken, one.shown->>'summary'), 'B');
        IF whole THEN
            found := found || setweight(to_tsvector(spoken, concat_ws(' ', one.shown->>'challenge',
                one.shown->>'approach', one.shown->>'results', one.shown->>'lessons',
                one.shown->>'what_did_not_work')), 'D');
        ELSE
            found := found || setweight(to_tsvector('solidarity_names', one.shown->>'summary'), 'B');
        END IF;
    END LOOP;
    RETURN found;
END $$;
CREATE FUNCTION practices_translated_lexis(entry bigint) RETURNS text[]
LANGUAGE sql STABLE AS $$
    SELECT coalesce(array_agg(word), '{}')
    FROM practices_practicetranslation AS one,
         unnest(practices_lexis(one.language, concat_ws(' ', one.shown->>'title', one.shown->>'summary',
             one.shown->>'challenge', one.shown->>'approach', one.shown->>'results', one.shown->>'lessons',
             one.shown->>'what_did_not_work'), '')) AS word
    WHERE one.practice_id = entry AND one.shown IS NOT NULL
$$;
"""

# An array's positions are the numbers of its vocabulary (practices/vocabularies.py): terms are only added at the end.
# Every text is stemmed in the language it is written in; the tags are lexemes such as "theme/housing", so that whoever
# asks for a controlled word finds every entry that carries it.
TAGS_AND_VECTOR = r"""
CREATE FUNCTION practices_numbers(base int, known text[], codes text[]) RETURNS smallint[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT coalesce(array_agg(DISTINCT (base + array_position(known, code))::smallint), '{}')
    FROM unnest(codes) AS code WHERE code = ANY(known)
$$;

CREATE FUNCTION practices_index_practice() RETURNS trigger LANGUAGE plpgsql AS $index$
DECLARE place practices_city; names text; spoken regconfig;
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
    spoken := practices_configuration(NEW.language);
    NEW.search :=
        setweight(to_tsvector(spoken, NEW.title), 'A')
        || setweight(to_tsvector('solidarity_names', concat_ws(' ', NEW.title, place.keywords)), 'A')
        || setweight(to_tsvector(spoken, concat_ws(' ', NEW.summary, place.keywords, NEW.area)), 'B')
        || setweight(to_tsvector('solidarity_names', names), 'C')
        || practices_tag_lexemes('theme', NEW.themes::text[])
        || practices_tag_lexemes('population', NEW.populations::text[])
        || practices_tag_lexemes('group', NEW.groups::text[])
        || practices_tag_lexemes('context', NEW.contexts::text[])
        || practices_tag_lexemes('instrument', ARRAY[NEW.instrument::text])
        || setweight(to_tsvector(spoken, concat_ws(' ', NEW.challenge, NEW.approach, NEW.results,
                                                   NEW.lessons, NEW.what_did_not_work, names)), 'D')
        || practices_translated(NEW.id, true);
    RETURN NEW;
END $index$;
"""

# A new source changes no word that is searched for: without this, an import would index every entry twice. (The look at
# the depth lets a city's new name through, which comes from a trigger, too.)
INDEXED = r"""
CREATE TRIGGER practice_indexed BEFORE INSERT ON practices_practice
    FOR EACH ROW EXECUTE FUNCTION practices_index_practice();
CREATE TRIGGER practice_indexed_again BEFORE UPDATE ON practices_practice
    FOR EACH ROW WHEN (pg_trigger_depth() = 0 OR NEW.revision = OLD.revision)
    EXECUTE FUNCTION practices_index_practice();
CREATE FUNCTION practices_index_city() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE practices_practice SET city_id = city_id WHERE city_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER city_indexed
    AFTER UPDATE OF name, keywords, country, population, signed_precision ON practices_city
    FOR EACH ROW EXECUTE FUNCTION practices_index_city();
"""

# Beside each entry: its full vector, a brief one, on which best match is ranked, and the words it brings into the
# lexicon.
LEXICON = r"""
CREATE FUNCTION practices_keep_text() RETURNS trigger LANGUAGE plpgsql AS $$
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

CREATE FUNCTION practices_drop_text() RETURNS trigger LANGUAGE plpgsql AS $$
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
CREATE FUNCTION practices_count_words(gone text[], come text[]) RETURNS void LANGUAGE plpgsql AS $$
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
CREATE FUNCTION practices_count_new() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM practices_count_words('{}', (SELECT array_agg(word) FROM come, unnest(lexis) AS word));
    RETURN NULL;
END $$;
CREATE FUNCTION practices_count_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM practices_count_words(
        (SELECT array_agg(word) FROM gone, unnest(lexis) AS word), (SELECT array_agg(word) FROM come,
            unnest(lexis) AS word)
    );
    RETURN NULL;
END $$;
CREATE FUNCTION practices_count_gone() RETURNS trigger LANGUAGE plpgsql AS $$
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

# Indexes of expressions, for what is suggested while somebody types. The brief vector is read of every entry that fits,
# so it stays in its row; the full one would only make the rows long.
SUGGESTING = r"""
CREATE INDEX practice_brief ON practices_practicetext USING gin (brief);
CREATE INDEX city_name_begins ON practices_city (practices_plain(name) text_pattern_ops);
CREATE INDEX city_name_alike ON practices_city USING gin (practices_plain(name) gin_trgm_ops);
CREATE INDEX term_begins ON practices_term (head text_pattern_ops) WHERE language = '';

ALTER TABLE practices_practicetext ALTER brief SET STORAGE MAIN, ALTER whole SET STORAGE EXTERNAL;
"""

# A function, since PostgreSQL keeps the plan of what stands in one: planning takes as long as finding. Candidates by
# trigram, and by two letters that changed places: those share few trigrams.
FACTS = r"""
CREATE FUNCTION practices_facts(words text[], phrases text[]) RETURNS TABLE (kind text, told jsonb)
LANGUAGE plpgsql STABLE SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
BEGIN RETURN QUERY
WITH token AS MATERIALIZED (
    SELECT word, practices_plain(word) AS plain FROM unnest(words) AS word
), stemmed AS MATERIALIZED (
    SELECT word, language, tsvector_to_array(to_tsvector(practices_configuration(language), plain)) AS stems
    FROM token, unnest(ARRAY['', 'en', 'fr', 'es', 'ar', 'pt']) AS language
), every AS MATERIALIZED (
    SELECT language, array_agg(DISTINCT stem) AS stems FROM stemmed, unnest(stems) AS stem GROUP BY language
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
    FROM unnest(ARRAY['', 'en', 'fr', 'es', 'ar', 'pt']) AS language))
FROM unnest(phrases) AS phrase;
END $$;
"""


class Migration(migrations.Migration):
    """The database keeps what is searched, whoever writes: tags, search vectors, the lexicon."""

    dependencies = [("practices", "0002_directory")]
    operations = [
        migrations.RunSQL(WORDS),
        migrations.RunSQL(TRANSLATED),
        migrations.RunSQL(TAGS_AND_VECTOR),
        migrations.RunSQL(INDEXED),
        migrations.RunSQL(LEXICON),
        migrations.RunSQL(SUGGESTING),
        migrations.RunSQL(FACTS),
    ]
