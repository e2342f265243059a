from django.db import migrations

# What XML cannot hold would break the feed, and every other file that is made of a text. Forms, imports and loads drop
# such characters, and write some as what they mean; this is for whatever comes another way. The row is taken apart only
# where it holds one. A stroke that stands in the text is doubled in JSON: the first alternative passes over both.
FUNCTION = r"""
CREATE FUNCTION practices_drop_controls() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW::text ~ '[\u0001-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]' THEN
        NEW := jsonb_populate_record(NEW, regexp_replace(
            to_jsonb(NEW)::text, '(\\\\)|\\(?:b|f|u00(?:0[1-8be]|0f|1[0-9a-f]))|[\ufffe\uffff]', '\1', 'g')::jsonb);
    END IF;
    RETURN NEW;
END $$;
"""
# "a_" because triggers run in the order of their names, and the words are indexed as they are stored.
TRIGGER = """
CREATE TRIGGER a_controls_dropped BEFORE INSERT OR UPDATE ON {table}
    FOR EACH ROW EXECUTE FUNCTION practices_drop_controls();
"""
TABLES = (
    "city", "network", "membership", "contactroute", "confirmation", "enquiry", "report", "source", "figure", "picture",
    "practicetranslation", "reviewevent", "reviewcomment", "practice", "formeraddress", "curatorquestion",
    "submissionevent", "submission",
)  # fmt: skip


class Migration(migrations.Migration):
    """No text holds a character that XML cannot, wherever it comes from."""

    dependencies = [("practices", "0005_mailboxes_that_speak")]
    operations = [
        migrations.RunSQL(FUNCTION),
        *(migrations.RunSQL(TRIGGER.format(table=f"practices_{table}")) for table in TABLES),
    ]
