"""The SQL by which the database counts revisions and keeps the log, whoever writes: site, admin or psql."""

# A column whose name ends in _at is a moment and no content; tags and search are derived.
ENTRY = r"""
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
"""

# What the nightly look at the links notes is no new content.
COUNT_PART = """
CREATE OR REPLACE FUNCTION practices_count_part() RETURNS trigger LANGUAGE plpgsql AS $$
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


def counts_part(part: str) -> str:
    """The triggers by which every change to a part of an entry (a table of this app) counts as a revision of it."""
    return f"""
CREATE TRIGGER {part}_added AFTER INSERT ON practices_{part} REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION practices_count_part();
CREATE TRIGGER {part}_changed AFTER UPDATE ON practices_{part} REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION practices_count_part();
CREATE TRIGGER {part}_removed AFTER DELETE ON practices_{part} REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION practices_count_part();
"""


REVISIONS = ENTRY + COUNT_PART + "".join(counts_part(part) for part in ("source", "figure"))

# A new source changes no word that is searched for: without this, an import would index every entry twice.
# (The look at the depth lets a city's new name through, which comes from a trigger, too.)
INDEXED = """
CREATE OR REPLACE TRIGGER practice_indexed BEFORE INSERT ON practices_practice
    FOR EACH ROW EXECUTE FUNCTION practices_index_practice();
CREATE OR REPLACE TRIGGER practice_indexed_again BEFORE UPDATE ON practices_practice
    FOR EACH ROW WHEN (pg_trigger_depth() = 0 OR NEW.revision = OLD.revision)
    EXECUTE FUNCTION practices_index_practice();
"""

# The log goes after its entry, the only reason to let it go.
LOG = """
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
"""

# As for an entry: the log of a submission is never rewritten, and goes after it.
SUBMISSION_LOG = """
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
