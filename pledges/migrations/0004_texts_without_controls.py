from django.db import migrations

# As in the directory: what XML cannot hold would break every file that is made of a text.
TRIGGER = """
CREATE TRIGGER a_controls_dropped BEFORE INSERT OR UPDATE ON {table}
    FOR EACH ROW EXECUTE FUNCTION practices_drop_controls();
"""
TABLES = ("commitment", "signaturecontact", "evidence", "signatureevent", "milestone", "signature", "signaturesource")


class Migration(migrations.Migration):
    """No text holds a character that XML cannot, wherever it comes from."""

    dependencies = [("pledges", "0003_possible_days"), ("practices", "0006_texts_without_controls")]
    operations = [migrations.RunSQL(TRIGGER.format(table=f"pledges_{table}")) for table in TABLES]
