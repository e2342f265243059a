"""The SQL by which the database keeps translations: what they lag behind, what changed in them, where they are found."""

from practices.models.texts import TEXTS

_OLD, _NEW = (", ".join(f"{row}.{name}" for name in TEXTS) for row in ("OLD", "NEW"))
_LONG = ", ".join(f"one.shown->>'{name}'" for name in TEXTS if name not in ("title", "summary"))
_ALL = ", ".join(f"one.shown->>'{name}'" for name in TEXTS)

REWORDING = f"""
CREATE OR REPLACE FUNCTION practices_note_rewording() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO practices_rewording (practice_id, revision) VALUES (NEW.id, NEW.revision);
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER practice_reworded AFTER UPDATE ON practices_practice FOR EACH ROW
    WHEN ((OLD.language, {_OLD}) IS DISTINCT FROM (NEW.language, {_NEW}))
    EXECUTE FUNCTION practices_note_rewording();

CREATE OR REPLACE FUNCTION practices_translation_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.revision := OLD.revision + 1;
    NEW.changed_at := statement_timestamp();
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER translation_changed BEFORE UPDATE ON practices_practicetranslation FOR EACH ROW
    WHEN ((OLD.kind, OLD.made_by, OLD.follows, {_OLD}) IS DISTINCT FROM (NEW.kind, NEW.made_by, NEW.follows, {_NEW}))
    EXECUTE FUNCTION practices_translation_changed();
"""
UNDO_REWORDING = """
DROP TRIGGER translation_changed ON practices_practicetranslation;
DROP TRIGGER practice_reworded ON practices_practice;
DROP FUNCTION practices_translation_changed, practices_note_rewording;
"""

# A constraint can't look into two tables.
OTHER_LANGUAGE = """
CREATE OR REPLACE FUNCTION practices_other_language() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM practices_practicetranslation AS one JOIN practices_practice AS entry ON entry.id = one.practice_id
        WHERE entry.id = CASE TG_TABLE_NAME WHEN 'practices_practice' THEN (to_jsonb(NEW)->>'id')::bigint
                                            ELSE (to_jsonb(NEW)->>'practice_id')::bigint END
            AND one.language = split_part(entry.language, '-', 1)
    ) THEN
        RAISE EXCEPTION 'an entry is not translated into its own language'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'translation_into_another_language';
    END IF;
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER practice_in_another_language AFTER UPDATE OF language ON practices_practice
    FOR EACH ROW WHEN (OLD.language IS DISTINCT FROM NEW.language) EXECUTE FUNCTION practices_other_language();
CREATE OR REPLACE TRIGGER translation_into_another_language AFTER INSERT OR UPDATE OF language, practice_id
    ON practices_practicetranslation FOR EACH ROW EXECUTE FUNCTION practices_other_language();
"""
UNDO_OTHER_LANGUAGE = """
DROP TRIGGER translation_into_another_language ON practices_practicetranslation;
DROP TRIGGER practice_in_another_language ON practices_practice;
DROP FUNCTION practices_other_language;
"""

# The entry is written anew, as after a change of its city's name: so its words are indexed again, its cards are made
# again, and the edition moves. A draft of a translation touches nothing of that.
SHOWING = """
CREATE OR REPLACE FUNCTION practices_translation_shown() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE practices_practice SET city_id = city_id
    WHERE id = CASE TG_OP WHEN 'DELETE' THEN OLD.practice_id ELSE NEW.practice_id END;
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER translation_shown_new AFTER INSERT ON practices_practicetranslation
    FOR EACH ROW WHEN (NEW.shown IS NOT NULL) EXECUTE FUNCTION practices_translation_shown();
CREATE OR REPLACE TRIGGER translation_shown_changed AFTER UPDATE ON practices_practicetranslation
    FOR EACH ROW WHEN (OLD.shown IS DISTINCT FROM NEW.shown) EXECUTE FUNCTION practices_translation_shown();
CREATE OR REPLACE TRIGGER translation_shown_gone AFTER DELETE ON practices_practicetranslation
    FOR EACH ROW WHEN (OLD.shown IS NOT NULL) EXECUTE FUNCTION practices_translation_shown();
"""
UNDO_SHOWING = """
DROP TRIGGER translation_shown_gone ON practices_practicetranslation;
DROP TRIGGER translation_shown_changed ON practices_practicetranslation;
DROP TRIGGER translation_shown_new ON practices_practicetranslation;
DROP FUNCTION practices_translation_shown;
"""

# What the public reads of an entry in other languages: the whole vector, the brief one, and the words of the lexicon.
FOUND = f"""
CREATE OR REPLACE FUNCTION practices_translated(entry bigint, whole boolean) RETURNS tsvector
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
            found := found || setweight(to_tsvector(spoken, concat_ws(' ', {_LONG})), 'D');
        ELSE
            found := found || setweight(to_tsvector('solidarity_names', one.shown->>'summary'), 'B');
        END IF;
    END LOOP;
    RETURN found;
END $$;
CREATE OR REPLACE FUNCTION practices_translated_lexis(entry bigint) RETURNS text[]
LANGUAGE sql STABLE AS $$
    SELECT coalesce(array_agg(word), '{{}}')
    FROM practices_practicetranslation AS one,
         unnest(practices_lexis(one.language, concat_ws(' ', {_ALL}), '')) AS word
    WHERE one.practice_id = entry AND one.shown IS NOT NULL
$$;
"""
