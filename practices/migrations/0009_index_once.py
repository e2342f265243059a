from django.db import migrations

from practices import triggers


class Migration(migrations.Migration):
    """An entry is not indexed again for a revision that a source or a figure counts."""

    dependencies = [("practices", "0008_places_to_choose_from")]
    operations = [migrations.RunSQL(triggers.INDEXED)]
