"""How the site is, for curators: what is wrong first, and what to do."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from citysolidarity.languages.alphabet import alphabetical
from citysolidarity.login.page import page
from citysolidarity.operation import database
from citysolidarity.operation.checks import SLOW, all_checks
from citysolidarity.operation.models import Alarm
from citysolidarity.worker.housekeeping import Housekeeping
from pledges.models.workflow import CURATE

ALARMS = 20


@require_safe
def status(request):
    if not request.user.has_perm(CURATE):
        raise PermissionDenied
    checks = all_checks()
    return page(
        request,
        "admin/operation/status.html",
        _("How the site is"),
        checks=[check for check in checks if not check.is_well],
        well=[check for check in checks if check.is_well],
        rules=sorted(Housekeeping.objects.all(), key=alphabetical),
        slowest=database.slowest(SLOW) or [],
        alarms=Alarm.objects.all()[:ALARMS],
    )
