from django.db import migrations

from practices import indexing


class Migration(migrations.Migration):
    """The text configurations, and the triggers that keep tags, search vectors and sources."""

    dependencies = [("practices", "0001_directory")]
    operations = [
        migrations.RunSQL(indexing.CONFIGURATIONS),
        migrations.RunSQL(indexing.install()),
        migrations.RunSQL(indexing.TRIGGERS),
        migrations.RunSQL(indexing.SOURCED),
    ]
