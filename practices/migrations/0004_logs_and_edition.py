from django.db import migrations

# A column whose name ends in _at is a moment and no content; tags and search are derived. What the nightly look at the
# links notes is no new content either.
REVISIONS = r"""
CREATE FUNCTION practices_content(entry practices_practice) RETURNS jsonb LANGUAGE sql STABLE AS $$
    SELECT jsonb_object_agg(key, value) FROM jsonb_each(to_jsonb(entry))
    WHERE key NOT IN ('tags', 'search', 'revision') AND key NOT LIKE '%\_at'
$$;
CREATE FUNCTION practices_count_revision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF practices_content(NEW) IS DISTINCT FROM practices_content(OLD) THEN
        NEW.revision := OLD.revision + 1;
    ELSE
        -- Whoever saves an old copy brings an old number: it never goes back.
        NEW.revision := greatest(OLD.revision, NEW.revision);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER practice_revised BEFORE UPDATE ON practices_practice
    FOR EACH ROW EXECUTE FUNCTION practices_count_revision();

CREATE FUNCTION practices_count_part() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE touched bigint[]; derived text[] := '{last_seen_on,broken_since}';
BEGIN
    IF TG_OP = 'INSERT' THEN
        touched := ARRAY(SELECT DISTINCT practice_id FROM new_rows);
    ELSIF TG_OP = 'DELETE' THEN
        touched := ARRAY(SELECT DISTINCT practice_id FROM old_rows);
    ELSE
        touched := ARRAY(
            SELECT DISTINCT unnest(ARRAY[one.practice_id, other.practice_id])
            FROM old_rows AS one FULL JOIN new_rows AS other USING (id)
            WHERE to_jsonb(one) - derived IS DISTINCT FROM to_jsonb(other) - derived
        );
    END IF;
    UPDATE practices_practice SET revision = revision + 1 WHERE id = ANY(touched);
    RETURN NULL;
END $$;
"""

# Every change to a part of an entry counts as a revision of it.
COUNTED = "".join(
    f"""
CREATE TRIGGER {part}_added AFTER INSERT ON practices_{part} REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION practices_count_part();
CREATE TRIGGER {part}_changed AFTER UPDATE ON practices_{part} REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION practices_count_part();
CREATE TRIGGER {part}_removed AFTER DELETE ON practices_{part} REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION practices_count_part();
"""
    for part in ("source", "figure", "picture")
)

# Checked when the transaction ends, so that an entry and its sources are saved in any order.
SOURCED = r"""
CREATE FUNCTION practices_require_source() RETURNS trigger LANGUAGE plpgsql AS $$
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

# A log goes after its entry or its submission, the only reason to let it go.
LOGS = r"""
CREATE FUNCTION practices_keep_log() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND NOT EXISTS (SELECT FROM practices_practice WHERE id = OLD.practice_id) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'the log of practice % is never changed or deleted', OLD.practice_id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'review_event_append_only';
END $$;
CREATE TRIGGER review_event_kept BEFORE UPDATE OR DELETE ON practices_reviewevent
    FOR EACH ROW EXECUTE FUNCTION practices_keep_log();
CREATE TRIGGER version_kept BEFORE UPDATE OR DELETE ON practices_version
    FOR EACH ROW EXECUTE FUNCTION practices_keep_log();

CREATE FUNCTION practices_delete_log() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM practices_reviewevent WHERE practice_id = OLD.id;
    DELETE FROM practices_version WHERE practice_id = OLD.id;
    RETURN NULL;
END $$;
CREATE TRIGGER practice_log_deleted AFTER DELETE ON practices_practice
    FOR EACH ROW EXECUTE FUNCTION practices_delete_log();

CREATE FUNCTION practices_keep_submission_log() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND NOT EXISTS (SELECT FROM practices_submission WHERE id = OLD.submission_id) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'the log of submission % is never changed or deleted', OLD.submission_id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'submission_event_append_only';
END $$;
CREATE TRIGGER submission_event_kept BEFORE UPDATE OR DELETE ON practices_submissionevent
    FOR EACH ROW EXECUTE FUNCTION practices_keep_submission_log();

CREATE FUNCTION practices_delete_submission_log() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM practices_submissionevent WHERE submission_id = OLD.id;
    RETURN NULL;
END $$;
CREATE TRIGGER submission_log_deleted AFTER DELETE ON practices_submission
    FOR EACH ROW EXECUTE FUNCTION practices_delete_submission_log();
"""

# TRUNCATE asks no trigger of the rows. It may take a log with all it is about, as DELETE may, and never alone.
WHOLE_LOGS = r"""
CREATE FUNCTION practices_keep_whole_log() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE is_needed boolean;
BEGIN
    EXECUTE format('SELECT EXISTS (SELECT FROM %I)', TG_ARGV[0]) INTO is_needed;
    IF is_needed THEN
        RAISE EXCEPTION 'the log in % is never changed or deleted', TG_TABLE_NAME
            USING ERRCODE = 'check_violation', CONSTRAINT = TG_ARGV[1];
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER review_event_not_emptied AFTER TRUNCATE ON practices_reviewevent
    FOR EACH STATEMENT EXECUTE FUNCTION practices_keep_whole_log('practices_practice', 'review_event_append_only');
CREATE TRIGGER version_not_emptied AFTER TRUNCATE ON practices_version
    FOR EACH STATEMENT EXECUTE FUNCTION practices_keep_whole_log('practices_practice', 'review_event_append_only');
CREATE TRIGGER submission_event_not_emptied AFTER TRUNCATE ON practices_submissionevent
    FOR EACH STATEMENT EXECUTE FUNCTION practices_keep_whole_log('practices_submission',
        'submission_event_append_only');
"""

REWORDINGS = r"""
CREATE FUNCTION practices_note_rewording() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO practices_rewording (practice_id, revision) VALUES (NEW.id, NEW.revision);
    RETURN NULL;
END $$;
CREATE TRIGGER practice_reworded AFTER UPDATE ON practices_practice FOR EACH ROW
    WHEN ((OLD.language, OLD.title, OLD.summary, OLD.challenge, OLD.approach, OLD.results, OLD.lessons,
        OLD.what_did_not_work) IS DISTINCT FROM (NEW.language, NEW.title, NEW.summary, NEW.challenge, NEW.approach,
        NEW.results, NEW.lessons, NEW.what_did_not_work))
    EXECUTE FUNCTION practices_note_rewording();

CREATE FUNCTION practices_translation_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.revision := OLD.revision + 1;
    NEW.changed_at := statement_timestamp();
    RETURN NEW;
END $$;
CREATE TRIGGER translation_changed BEFORE UPDATE ON practices_practicetranslation FOR EACH ROW
    WHEN ((OLD.kind, OLD.made_by, OLD.follows, OLD.title, OLD.summary, OLD.challenge, OLD.approach, OLD.results,
        OLD.lessons, OLD.what_did_not_work) IS DISTINCT FROM (NEW.kind, NEW.made_by, NEW.follows, NEW.title,
        NEW.summary, NEW.challenge, NEW.approach, NEW.results, NEW.lessons, NEW.what_did_not_work))
    EXECUTE FUNCTION practices_translation_changed();
"""

# A constraint can't look into two tables.
OTHER_LANGUAGE = r"""
CREATE FUNCTION practices_other_language() RETURNS trigger LANGUAGE plpgsql AS $$
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
CREATE TRIGGER practice_in_another_language AFTER UPDATE OF language ON practices_practice
    FOR EACH ROW WHEN (OLD.language IS DISTINCT FROM NEW.language) EXECUTE FUNCTION practices_other_language();
CREATE TRIGGER translation_into_another_language AFTER INSERT OR UPDATE OF language, practice_id
    ON practices_practicetranslation FOR EACH ROW EXECUTE FUNCTION practices_other_language();
"""

# The entry is written anew, as after a change of its city's name: so its words are indexed again, its cards are made
# again, and the edition moves. A draft of a translation touches nothing of that.
TRANSLATIONS_SHOWN = r"""
CREATE FUNCTION practices_translation_shown() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE practices_practice SET city_id = city_id
    WHERE id = CASE TG_OP WHEN 'DELETE' THEN OLD.practice_id ELSE NEW.practice_id END;
    RETURN NULL;
END $$;
CREATE TRIGGER translation_shown_new AFTER INSERT ON practices_practicetranslation
    FOR EACH ROW WHEN (NEW.shown IS NOT NULL) EXECUTE FUNCTION practices_translation_shown();
CREATE TRIGGER translation_shown_changed AFTER UPDATE ON practices_practicetranslation
    FOR EACH ROW WHEN (OLD.shown IS DISTINCT FROM NEW.shown) EXECUTE FUNCTION practices_translation_shown();
CREATE TRIGGER translation_shown_gone AFTER DELETE ON practices_practicetranslation
    FOR EACH ROW WHEN (OLD.shown IS NOT NULL) EXECUTE FUNCTION practices_translation_shown();
"""

# ``practices_edition`` holds one row. Its ``number`` moves in the transaction of the change itself, so a reader sees
# both or neither. ``practices_change`` says at which number a practice was last touched, so that a reader who knows an
# earlier number reads these practices alone; ``whole`` is the number before which nothing is known but "everything".
# The row is locked before a statement locks anything else (BEFORE … FOR EACH STATEMENT): two writers queue here and
# cannot deadlock over the practices. nextval stands in the update, so that it is drawn under the lock: numbers grow in
# the order of the commits. A rolled-back number is never used again. A transaction moves the row once: a load would
# leave thousands of dead copies of it, and walk over all of them with each statement. Its later statements only draw a
# number, by which it tells its own changes apart.
EDITION = r"""
CREATE SEQUENCE practices_edition_numbers;
CREATE TABLE practices_edition (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    number bigint NOT NULL,
    whole bigint NOT NULL,
    writer xid8 NOT NULL
);
CREATE TABLE practices_change (practice_id bigint PRIMARY KEY, number bigint NOT NULL);
CREATE INDEX practices_change_number ON practices_change (number);

CREATE FUNCTION practices_move_edition() RETURNS void LANGUAGE sql AS $$
    INSERT INTO practices_edition (number, whole, writer)
    SELECT drawn, drawn, pg_current_xact_id() FROM nextval('practices_edition_numbers') AS drawn
    ON CONFLICT (only_row) DO UPDATE SET number = nextval('practices_edition_numbers'), writer = pg_current_xact_id()
    WHERE practices_edition.writer <> pg_current_xact_id()
$$;
CREATE FUNCTION practices_new_edition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM practices_move_edition();
    IF TG_OP = 'TRUNCATE' THEN UPDATE practices_edition SET whole = number; END IF;
    RETURN NULL;
END $$;
CREATE FUNCTION practices_note_practices() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO practices_change (practice_id, number)
    SELECT touched.id, currval('practices_edition_numbers') FROM touched
    ON CONFLICT (practice_id) DO UPDATE SET number = EXCLUDED.number;
    RETURN NULL;
END $$;
CREATE FUNCTION practices_note_cities() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO practices_change (practice_id, number)
    SELECT practice.id, currval('practices_edition_numbers')
    FROM touched JOIN practices_practice AS practice ON practice.city_id = touched.id
    ON CONFLICT (practice_id) DO UPDATE SET number = EXCLUDED.number;
    RETURN NULL;
END $$;
SELECT practices_move_edition();
"""

# Whatever stands in these tables is shown somewhere, or decides what a search finds.
SHOWN = "".join(
    f"""
CREATE TRIGGER edition_moved BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON practices_{table}
    FOR EACH STATEMENT EXECUTE FUNCTION practices_new_edition();
"""
    for table in ("practice", "city", "source", "figure", "network", "membership", "term", "picture")
)

NOTED = r"""
CREATE TRIGGER practices_noted_insert AFTER INSERT ON practices_practice
    REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION practices_note_practices();
CREATE TRIGGER practices_noted_update AFTER UPDATE ON practices_practice
    REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION practices_note_practices();
CREATE TRIGGER practices_noted_delete AFTER DELETE ON practices_practice
    REFERENCING OLD TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION practices_note_practices();
CREATE TRIGGER cities_noted AFTER UPDATE ON practices_city
    REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION practices_note_cities();
"""


class Migration(migrations.Migration):
    """The database counts revisions, keeps the logs and says what changed, whoever writes: site, admin or psql."""

    dependencies = [("practices", "0003_search_texts")]
    operations = [
        migrations.RunSQL(REVISIONS),
        migrations.RunSQL(COUNTED),
        migrations.RunSQL(SOURCED),
        migrations.RunSQL(LOGS),
        migrations.RunSQL(WHOLE_LOGS),
        migrations.RunSQL(REWORDINGS),
        migrations.RunSQL(OTHER_LANGUAGE),
        migrations.RunSQL(TRANSLATIONS_SHOWN),
        migrations.RunSQL(EDITION),
        migrations.RunSQL(SHOWN),
        migrations.RunSQL(NOTED),
    ]
