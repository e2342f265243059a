from django.db import migrations

# An entry shows whom to ask, when it was looked at, and which words of an earlier version were changed.
SHOWN = ("contactroute", "reviewevent", "version")


class Migration(migrations.Migration):
    """Kept pages end when a contact, a review or a version changes: they showed what stood there before."""

    dependencies = [("practices", "0022_plain_words")]

    operations = [
        migrations.RunSQL(
            f"CREATE TRIGGER edition_moved BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON practices_{table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION practices_new_edition();",
            f"DROP TRIGGER edition_moved ON practices_{table};",
        )
        for table in SHOWN
    ]
