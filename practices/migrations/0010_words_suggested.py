from django.db import migrations

from practices import lexicon


class Migration(migrations.Migration):
    """Indexes for what is suggested while somebody types."""

    dependencies = [("practices", "0009_index_once")]
    operations = [migrations.RunSQL(lexicon.SUGGESTING, migrations.RunSQL.noop)]
