"""The SQL by which a change of a public signature moves the directory's edition (practices.index.triggers).

Drafts, letters and contacts are not public and move nothing: a signing city never waits for another one.
"""

from practices.index.triggers import EVENTS, moves_edition

# Whatever is written here is shown, or will be.
SHOWN = ("statement", "statementversion", "clause", "milestone")
# These belong to a signature and are shown once it has been published.
PARTS = ("signaturesource", "evidence", "signatureevent", "commitment")

FUNCTIONS = """
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


def install() -> str:
    """The SQL of the triggers on this app's tables."""
    found = [FUNCTIONS, *(moves_edition(f"pledges_{table}") for table in SHOWN)]
    for table in ("signature", *PARTS):
        function = "pledges_note_signatures" if table == "signature" else "pledges_note_parts"
        found += [
            f"CREATE TRIGGER edition_moved_{event.lower()} AFTER {event} ON pledges_{table}"
            f" REFERENCING {rows} TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION {function}();\n"
            for event, rows in EVENTS.items()
        ]
    return "".join(found)


def uninstall() -> str:
    """The SQL that takes all of it away again."""
    dropped = [f"DROP TRIGGER edition_moved ON pledges_{table};\n" for table in SHOWN]
    dropped += [
        f"DROP TRIGGER edition_moved_{event.lower()} ON pledges_{table};\n"
        for table in ("signature", *PARTS)
        for event in EVENTS
    ]
    return "".join(dropped) + "DROP FUNCTION pledges_note_signatures, pledges_note_parts;\n"
