from django.db import migrations, models

# What a word sounds like, about: its first letter and its consonants, letters that are written for one another as one. Only
# PostgreSQL's own functions, since a column is made of it: working it out for each word compared takes 15 ms a search.
SOUND = r"""
CREATE FUNCTION practices_sound(plain text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT left(once, 1) || regexp_replace(substr(once, 2), '[aeiouاوي]', '', 'g')
    FROM (SELECT regexp_replace(translate(replace(plain, 'ph', 'f'), 'vwckqxzgjymضصثطذhئؤء', 'bbsssssjjinظسستز'),
                                '(.)\1+', '\1', 'g') AS once) AS heard
$$;
"""

FACTS = r"""
CREATE OR REPLACE FUNCTION practices_facts(words text[], phrases text[], keys text[]) RETURNS TABLE (kind text, told jsonb)
LANGUAGE plpgsql STABLE SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
BEGIN RETURN QUERY
WITH token AS MATERIALIZED (
    SELECT word, plain, practices_sound(plain) AS sound
    FROM unnest(words) AS word, LATERAL (SELECT practices_plain(word) AS plain OFFSET 0) AS folded
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
            WHERE (held.plain % token.plain OR held.sound = token.sound OR held.plain = ANY(ARRAY(
                      SELECT left(token.plain, at - 1) || substr(token.plain, at + 1, 1) || substr(token.plain, at, 1)
                             || substr(token.plain, at + 2)
                      FROM generate_series(1, length(token.plain) - 1) AS at)))
                AND (levenshtein_less_equal(held.plain, token.plain, 2) <= 2
                     OR levenshtein_less_equal(held.plain, token.plain, 3) = 3
                        AND held.sound = token.sound)
            ORDER BY levenshtein_less_equal(held.plain, token.plain, 3), similarity(held.plain, token.plain) DESC,
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

# Where the words lie that neither a title nor a summary holds; "" where there are none, or not in this language.
EXCERPT = r"""
CREATE FUNCTION practices_excerpt(language text, brief tsvector, whole tsvector, body text, queries text[], options text)
RETURNS text LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE query text; sought tsquery; found text;
BEGIN
    FOREACH query IN ARRAY queries LOOP
        IF NOT brief @@ query::tsquery AND whole @@ query::tsquery THEN
            query := practices_unmarked(query, language)::text;
            sought := coalesce(sought || query::tsquery, query::tsquery);
        END IF;
    END LOOP;
    IF sought IS NULL THEN RETURN ''; END IF;
    found := ts_headline(practices_configuration(language), body, sought, options);
    -- Without a match it is the beginning of the text.
    RETURN CASE WHEN position(U&'\E000' IN found) > 0 THEN found ELSE '' END;
END $$;
"""


class Migration(migrations.Migration):
    """A word written by ear is among those that a misspelt one may have been meant for; matches in a body are shown."""

    dependencies = [("practices", "0032_elsewhere")]
    operations = [
        migrations.RunSQL(SOUND),
        migrations.AddField(
            "lexiconword",
            "sound",
            models.GeneratedField(
                expression=models.Func("plain", function="practices_sound"),
                output_field=models.TextField(),
                db_persist=True,
            ),
        ),
        migrations.AddIndex("lexiconword", models.Index(fields=["sound"], name="lexicon_sound")),
        migrations.RunSQL(FACTS),
        migrations.RunSQL(EXCERPT),
    ]
