"""The SQL by which the database keeps each practice's tags and search vector.

Triggers do it, so that the admin, a bulk edit, a load and psql all leave the same row.
Codes get the numbers of ``vocabularies``; a migration that adds a term runs ``install`` again.
"""

from practices import vocabularies as words

ARRAY_COLUMNS = {
    "themes": words.THEMES,
    "populations": words.POPULATIONS,
    "groups": words.GROUPS,
    "contexts": words.CONTEXTS,
    "gcr_objectives": words.GCR_OBJECTIVES,
    "sdgs": words.SDGS,
}
CITY_COLUMNS = {"region": words.SUBREGIONS, "size": words.SIZES}
TEXT_COLUMNS = {"instrument": words.INSTRUMENTS, "status": words.STATUSES}

CONFIGURATIONS = """
CREATE EXTENSION IF NOT EXISTS unaccent;
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE TEXT SEARCH CONFIGURATION solidarity_en (COPY = pg_catalog.english);
ALTER TEXT SEARCH CONFIGURATION solidarity_en
    ALTER MAPPING FOR hword, hword_part, word, asciihword, hword_asciipart, asciiword WITH unaccent, english_stem;
CREATE TEXT SEARCH CONFIGURATION solidarity_names (COPY = pg_catalog.simple);
ALTER TEXT SEARCH CONFIGURATION solidarity_names
    ALTER MAPPING FOR hword, hword_part, word, asciihword, hword_asciipart, asciiword WITH unaccent, simple;
"""

# An array's positions are the numbers: see Vocabulary.numbers.
NUMBERS = """
CREATE OR REPLACE FUNCTION practices_numbers(base int, known text[], codes text[]) RETURNS smallint[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT coalesce(array_agg(DISTINCT (base + array_position(known, code))::smallint), '{}')
    FROM unnest(codes) AS code WHERE code = ANY(known)
$$;
"""

# Every text is stemmed in the language it is written in; the tags are lexemes such as "theme/housing", so that
# whoever asks for a controlled word finds every entry that carries it (see data/terms.csv). What the public reads of it
# in other languages comes last (translation_triggers.py).
VECTOR = """
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
"""

TRIGGERS = """
CREATE OR REPLACE TRIGGER practice_indexed BEFORE INSERT OR UPDATE ON practices_practice
    FOR EACH ROW EXECUTE FUNCTION practices_index_practice();
CREATE OR REPLACE FUNCTION practices_index_city() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE practices_practice SET city_id = city_id WHERE city_id = NEW.id;
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER city_indexed
    AFTER UPDATE OF name, keywords, country, population, signed_precision ON practices_city
    FOR EACH ROW EXECUTE FUNCTION practices_index_city();
"""

# Checked when the transaction ends, so that an entry and its sources are saved in any order.
SOURCED = """
CREATE OR REPLACE FUNCTION practices_require_source() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE entry bigint;
BEGIN
    IF TG_TABLE_NAME = 'practices_practice' THEN entry := NEW.id; ELSE entry := OLD.practice_id; END IF;
    IF EXISTS (SELECT FROM practices_practice WHERE id = entry AND published_at IS NOT NULL)
       AND NOT EXISTS (SELECT FROM practices_source WHERE practice_id = entry) THEN
        RAISE EXCEPTION 'practice % is published and has no source', entry
            USING ERRCODE = 'check_violation', CONSTRAINT = 'practice_published_has_source';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER practice_sourced AFTER INSERT OR UPDATE OF published_at ON practices_practice
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION practices_require_source();
CREATE CONSTRAINT TRIGGER source_kept AFTER DELETE OR UPDATE OF practice_id ON practices_source
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION practices_require_source();
"""


def numbers_of(vocabulary: words.Vocabulary, column: str, *, single: bool = False) -> str:
    """The SQL that turns a column of codes into tag numbers."""
    known = "ARRAY[" + ", ".join(f"'{code}'" for code in vocabulary.codes) + "]"
    codes = f"ARRAY[{column}::text]" if single else f"{column}::text[]"
    return f"practices_numbers({vocabulary.base}, {known}, {codes})"


def install() -> str:
    """The SQL of the index functions, with the vocabularies as they are now."""
    parts = [numbers_of(vocabulary, f"NEW.{column}") for column, vocabulary in ARRAY_COLUMNS.items()]
    parts += [numbers_of(vocabulary, f"NEW.{column}", single=True) for column, vocabulary in TEXT_COLUMNS.items()]
    parts += [numbers_of(vocabulary, f"place.{column}", single=True) for column, vocabulary in CITY_COLUMNS.items()]
    tags = "\n        || ".join(parts)
    return f"""{NUMBERS}
CREATE OR REPLACE FUNCTION practices_index_practice() RETURNS trigger LANGUAGE plpgsql AS $index$
DECLARE place practices_city; names text; spoken regconfig;
BEGIN
    SELECT * INTO place FROM practices_city WHERE id = NEW.city_id;
    NEW.tags := {tags}
        || ({words.COUNTRY_BASE} + 26 * (ascii(place.country) - 65) + ascii(substr(place.country, 2)) - 65)::smallint;
    IF place.signed_precision <> '' THEN
        NEW.tags := NEW.tags || {words.SIGNED.numbers["yes"]}::smallint;
    END IF;
{VECTOR}    RETURN NEW;
END $index$;
"""
