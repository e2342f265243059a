"""`manage.py tidy`: the daily housekeeping. The worker runs it; by hand it may be run at any time."""

import logging
from contextlib import suppress

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, close_old_connections
from django.db.models.functions import Now
from django.utils.translation import gettext_noop as _

from citysolidarity.attachments.models import delete_again
from citysolidarity.backups.models import BackupRun
from citysolidarity.caching.last_copies import copies
from citysolidarity.desk.drafts.models import KeptForm
from citysolidarity.erasures import journal
from citysolidarity.http import throttle
from citysolidarity.http.refused_domains import RefusedDomain
from citysolidarity.login.sessions import DeskSession
from citysolidarity.opendata.snapshot import monthly
from citysolidarity.operation.visits.retention import VISIT_RULES
from citysolidarity.worker.housekeeping import Housekeeping, noted
from pledges.followup.rules import RULES as FOLLOWUP
from pledges.invitations.retention import INVITATION_RULES
from pledges.retention import RULES
from pledges.supports.retention import SUPPORT_RULES
from practices.following.retention import FOLLOWING_RULES
from practices.housekeeping import RULES as PRACTICES

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = (
        "Expires drafts, erases what need not be kept any longer, shows signatures whose day has come, counts the "
        "residents who ask their cities, and asks the cities whether their entries are still right and what became of "
        "their commitments."
    )
    requires_system_checks = ()

    def handle(self, *, verbosity, **options):
        rules = (
            RULES
            | PRACTICES
            | SUPPORT_RULES
            | INVITATION_RULES
            | FOLLOWING_RULES
            | FOLLOWUP
            | VISIT_RULES
            | {
                _("uses of limits deleted"): throttle.tidy,
                _("refused domains deleted"): RefusedDomain.objects.forget,
                _("kept forms deleted"): KeptForm.objects.forget,
                _("sessions deleted"): end_sessions,
                _("files of deleted documents deleted"): delete_again,
                _("notes of erasures deleted"): journal.forget,
                _("records of back-ups deleted"): BackupRun.objects.forget,
                _("snapshots removed"): monthly.remove_outdated,
                _("snapshots begun"): monthly.begin,
            }
        )
        done, failed = {}, []
        for name, rule in rules.items():
            try:
                done[name] = noted(name, rule)
            except Exception:
                # What is private must go on time, whatever is wrong with another rule.
                logger.exception("Tidying failed: %s", name)
                failed.append(name)
                close_old_connections()  # a lost one would fail every other rule, too
        with suppress(DatabaseError):
            copies.note()
            Housekeeping.objects.forget_others([*rules, "tidy"])
        if verbosity:
            self.stdout.write(", ".join(f"{name} {number}" for name, number in done.items()))
        if failed:
            raise CommandError(f"These rules failed, the others are done: {', '.join(failed)}.")


def end_sessions() -> int:
    return DeskSession.objects.filter(expire_date__lte=Now()).delete()[0]
