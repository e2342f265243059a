from django.db import migrations


class Migration(migrations.Migration):
    """The table has gone to the site as a whole."""

    dependencies = [("pledges", "0006_edition"), ("citysolidarity", "0004_blocked_mailboxes")]
    operations = [migrations.SeparateDatabaseAndState(state_operations=[migrations.DeleteModel("BlockedMailbox")])]
