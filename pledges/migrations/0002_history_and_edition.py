from django.db import migrations

# A valid version and its clauses stay as they were signed; only a draft can change. TRUNCATE asks no trigger of the
# rows.
STATEMENT = r"""
CREATE FUNCTION pledges_keep_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.valid_from IS NOT NULL THEN
        RAISE EXCEPTION 'version % of the statement is valid and cannot change: make a new version', OLD.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'statement_version_immutable';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER statement_version_kept BEFORE UPDATE OR DELETE ON pledges_statementversion
    FOR EACH ROW EXECUTE FUNCTION pledges_keep_version();

CREATE FUNCTION pledges_keep_clause() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE touched bigint[];
BEGIN
    IF TG_OP IN ('UPDATE', 'DELETE') THEN touched := touched || OLD.version_id; END IF;
    IF TG_OP IN ('INSERT', 'UPDATE') THEN touched := touched || NEW.version_id; END IF;
    IF EXISTS (SELECT FROM pledges_statementversion WHERE id = ANY(touched) AND valid_from IS NOT NULL) THEN
        RAISE EXCEPTION 'a clause of a valid version of the statement cannot change: make a new version'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'statement_version_immutable';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER clause_kept BEFORE INSERT OR UPDATE OR DELETE ON pledges_clause
    FOR EACH ROW EXECUTE FUNCTION pledges_keep_clause();

CREATE FUNCTION pledges_keep_versions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM pledges_statementversion WHERE valid_from IS NOT NULL) THEN
        RAISE EXCEPTION 'a valid version of the statement cannot change: make a new version'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'statement_version_immutable';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER statement_version_not_emptied BEFORE TRUNCATE ON pledges_statementversion
    FOR EACH STATEMENT EXECUTE FUNCTION pledges_keep_versions();
CREATE TRIGGER clause_not_emptied BEFORE TRUNCATE ON pledges_clause
    FOR EACH STATEMENT EXECUTE FUNCTION pledges_keep_versions();
"""

EVENTS = r"""
CREATE FUNCTION pledges_keep_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'events of a signature are never changed or deleted'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'signature_event_append_only';
END $$;
CREATE TRIGGER signature_event_kept BEFORE UPDATE OR DELETE ON pledges_signatureevent
    FOR EACH ROW EXECUTE FUNCTION pledges_keep_event();
CREATE TRIGGER signature_event_not_emptied BEFORE TRUNCATE ON pledges_signatureevent
    FOR EACH STATEMENT EXECUTE FUNCTION pledges_keep_event();
"""

# History can't become verified by a change of its origin, and an old signature stays on its version.
SIGNATURES = r"""
CREATE FUNCTION pledges_keep_signature() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the origin and the version of signature % cannot change', OLD.id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'signature_keeps_origin_and_version';
END $$;
CREATE TRIGGER signature_kept BEFORE UPDATE OF origin, version_id ON pledges_signature
    FOR EACH ROW WHEN (OLD.origin IS DISTINCT FROM NEW.origin OR OLD.version_id IS DISTINCT FROM NEW.version_id)
    EXECUTE FUNCTION pledges_keep_signature();
"""

# Checked when the transaction ends, so that a signature and its first event or source are written in any order.
COMPLETE = r"""
CREATE FUNCTION pledges_require_history() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM pledges_signature WHERE id = NEW.id) THEN RETURN NULL; END IF;
    IF NOT EXISTS (SELECT FROM pledges_signatureevent WHERE signature_id = NEW.id) THEN
        RAISE EXCEPTION 'signature % has no event', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'signature_has_event';
    END IF;
    IF NEW.origin = 'stated' AND NOT EXISTS (SELECT FROM pledges_signaturesource WHERE signature_id = NEW.id) THEN
        RAISE EXCEPTION 'signature % is stated in no source', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'signature_stated_has_source';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER signature_complete AFTER INSERT ON pledges_signature
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION pledges_require_history();
"""

# Drafts, letters and contacts are not public and move nothing: a signing city never waits for another one.
EDITION = r"""
CREATE FUNCTION pledges_note_signatures() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM touched WHERE published_at IS NOT NULL) THEN PERFORM practices_move_edition(); END IF;
    RETURN NULL;
END $$;
CREATE FUNCTION pledges_note_parts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM touched JOIN pledges_signature AS signature ON signature.id = touched.signature_id
               WHERE signature.published_at IS NOT NULL) THEN
        PERFORM practices_move_edition();
    END IF;
    RETURN NULL;
END $$;
"""

# Whatever is written here is shown, or will be.
SHOWN = "".join(
    f"""
CREATE TRIGGER edition_moved BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON pledges_{table}
    FOR EACH STATEMENT EXECUTE FUNCTION practices_new_edition();
"""
    for table in ("statement", "statementversion", "clause", "milestone")
)

# A signature and its parts are shown once it has been published.
SHOWN_WITH_SIGNATURE = "".join(
    f"""
CREATE TRIGGER edition_moved_{event.lower()} AFTER {event} ON pledges_{table}
    REFERENCING {rows} TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION {function}();
"""
    for table, function in (
        ("signature", "pledges_note_signatures"),
        ("signaturesource", "pledges_note_parts"),
        ("evidence", "pledges_note_parts"),
        ("signatureevent", "pledges_note_parts"),
        ("commitment", "pledges_note_parts"),
    )
    for event, rows in (("INSERT", "NEW"), ("UPDATE", "NEW"), ("DELETE", "OLD"))
)


class Migration(migrations.Migration):
    """The database keeps what must not change and says what changed, whoever writes: site, admin or psql."""

    dependencies = [("pledges", "0001_signatures"), ("practices", "0004_logs_and_edition")]
    operations = [
        migrations.RunSQL(STATEMENT),
        migrations.RunSQL(EVENTS),
        migrations.RunSQL(SIGNATURES),
        migrations.RunSQL(COMPLETE),
        migrations.RunSQL(EDITION),
        migrations.RunSQL(SHOWN),
        migrations.RunSQL(SHOWN_WITH_SIGNATURE),
    ]
