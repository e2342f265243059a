"""The SQL by which the database says that something public has changed, whoever writes: admin, load or psql.

``practices_edition`` holds one row. Its ``number`` moves in the transaction of the change itself, so a reader sees
both or neither. ``practices_change`` says at which number a practice was last touched, so that a reader who knows an
earlier number reads these practices alone; ``whole`` is the number before which nothing is known but "everything".
"""

# The row is locked before a statement locks anything else (BEFORE … FOR EACH STATEMENT): two writers queue here and
# cannot deadlock over the practices. nextval stands in the update, so that it is drawn under the lock: numbers grow in
# the order of the commits. A rolled-back number is never used again.
# A transaction moves the row once: a load would leave thousands of dead copies of it, and walk over all of them with
# each statement. Its later statements only draw a number, by which it tells its own changes apart.
TABLES = """
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
UNDO_TABLES = """
DROP TABLE practices_change;
DROP TABLE practices_edition;
DROP SEQUENCE practices_edition_numbers;
DROP FUNCTION practices_note_cities, practices_note_practices, practices_new_edition, practices_move_edition;
"""
# Whatever stands in these tables is shown somewhere, or decides what a search finds.
SHOWN = ("practice", "city", "source", "figure", "network", "membership", "term")
# Statement → the rows it touched, as the triggers' functions call them.
EVENTS = {"INSERT": "NEW", "UPDATE": "NEW", "DELETE": "OLD"}


def moves_edition(table: str) -> str:
    """The trigger that moves the number with every statement that changes ``table`` (its full name)."""
    return f"""
CREATE TRIGGER edition_moved BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION practices_new_edition();
"""


def install() -> str:
    """The SQL of the edition row and of the triggers on this app's tables."""
    noted = [
        f"CREATE TRIGGER practices_noted_{event.lower()} AFTER {event} ON practices_practice"
        f" REFERENCING {rows} TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION practices_note_practices();\n"
        for event, rows in EVENTS.items()
    ]
    noted.append(
        "CREATE TRIGGER cities_noted AFTER UPDATE ON practices_city"
        " REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION practices_note_cities();\n"
    )
    return TABLES + "".join(moves_edition(f"practices_{table}") for table in SHOWN) + "".join(noted)


def uninstall() -> str:
    """The SQL that takes all of it away again."""
    dropped = [f"DROP TRIGGER edition_moved ON practices_{table};\n" for table in SHOWN]
    dropped += [f"DROP TRIGGER practices_noted_{event.lower()} ON practices_practice;\n" for event in EVENTS]
    dropped.append("DROP TRIGGER cities_noted ON practices_city;\n")
    return "".join(dropped) + UNDO_TABLES
