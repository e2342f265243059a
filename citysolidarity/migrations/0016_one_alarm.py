from django.db import migrations


class Migration(migrations.Migration):
    """That no back-up succeeds is an alarm like any other; e-mails about it that were not sent yet would have no text."""

    dependencies = [("citysolidarity", "0015_watch_over_the_site")]
    operations = [
        migrations.RunSQL(
            "DELETE FROM citysolidarity_staffemail WHERE name = 'backup_alarm_to_staff'", migrations.RunSQL.noop
        ),
        migrations.DeleteModel("BackupAlarm"),
    ]
