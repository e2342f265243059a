from django.db import migrations

from pledges import triggers


class Migration(migrations.Migration):
    """Triggers: valid versions and events never change, signatures keep origin and version."""

    dependencies = [("pledges", "0001_statement_and_signatures")]
    operations = [
        migrations.RunSQL(triggers.STATEMENT),
        migrations.RunSQL(triggers.EVENTS),
        migrations.RunSQL(triggers.SIGNATURES),
        migrations.RunSQL(triggers.COMPLETE),
    ]
