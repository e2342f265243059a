from django.db import migrations

from pledges import edition


class Migration(migrations.Migration):
    """A change of a public signature moves the directory's edition."""

    dependencies = [("pledges", "0005_longer_purposes"), ("practices", "0012_edition")]
    operations = [migrations.RunSQL(edition.install(), edition.uninstall())]
