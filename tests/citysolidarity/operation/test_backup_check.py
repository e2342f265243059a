"""What the status page says of back-ups."""

import pytest
from django.db.models.functions import Now

from citysolidarity.backups.models import LATE_AFTER, BackupRun
from citysolidarity.operation.checks import Level, check_backup

pytestmark = pytest.mark.django_db


def test_it_knows_the_last_one_and_when_there_should_have_been_another(settings, tmp_path):
    run = BackupRun.begin()
    BackupRun.objects.filter(pk=run.pk).update(ended_at=Now())
    settings.BACKUPS_ROOT = None
    assert check_backup().level is Level.LOOK
    settings.BACKUPS_ROOT = tmp_path
    assert check_backup().level is Level.WELL
    BackupRun.objects.update(ended_at=Now() - LATE_AFTER)
    assert check_backup().level is Level.WRONG
    BackupRun.objects.all().delete()
    assert check_backup().level is Level.WRONG and check_backup().fact == "None has succeeded yet."
