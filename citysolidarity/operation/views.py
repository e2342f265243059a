"""How the site is, for curators: what is wrong first. And for lead curators: what remains to be done when it is installed."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from citysolidarity.languages.alphabet import alphabetical
from citysolidarity.login.page import page
from citysolidarity.operation import database
from citysolidarity.operation.alarms import LOOKS_AFTER
from citysolidarity.operation.checks import SLOW, all_checks
from citysolidarity.operation.first_steps import first_steps
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


@require_safe
def beginning(request):
    if not request.user.has_perm(LOOKS_AFTER):
        raise PermissionDenied
    steps = first_steps(request.get_host())
    return page(
        request,
        "admin/operation/first_steps.html",
        _("Before the site opens"),
        steps=steps,
        left=sum(step.is_done is False for step in steps),
    )
