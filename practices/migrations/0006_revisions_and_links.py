from django.db import migrations

from practices import triggers


class Migration(migrations.Migration):
    """What the nightly look at the links notes counts as no revision."""

    dependencies = [("practices", "0005_link_checks")]
    operations = [migrations.RunSQL(triggers.COUNT_PART)]
