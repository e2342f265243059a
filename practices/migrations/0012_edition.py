from django.db import migrations

from practices.index import triggers


class Migration(migrations.Migration):
    """The edition row that moves with every change to what the public sees."""

    dependencies = [("practices", "0011_letters_and_yearly_questions")]
    operations = [migrations.RunSQL(triggers.install(), triggers.uninstall())]
