from django.db import migrations, models
from django.db.models.functions import Now


class Migration(migrations.Migration):
    """The list of blocked mailboxes is asked by both apps; its table comes from the pledges with its rows."""

    dependencies = [("citysolidarity", "0003_documents"), ("pledges", "0006_edition")]
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    "ALTER TABLE pledges_blockedmailbox RENAME TO citysolidarity_blockedmailbox",
                    "ALTER TABLE citysolidarity_blockedmailbox RENAME TO pledges_blockedmailbox",
                )
            ],
            state_operations=[
                migrations.CreateModel(
                    name="BlockedMailbox",
                    fields=[
                        (
                            "mailbox",
                            models.BinaryField(
                                primary_key=True, serialize=False, verbose_name="keyed hash of the address"
                            ),
                        ),
                        ("blocked_at", models.DateTimeField(db_default=Now(), editable=False, verbose_name="blocked")),
                    ],
                    options={"verbose_name": "blocked mailbox", "verbose_name_plural": "blocked mailboxes"},
                ),
            ],
        )
    ]
