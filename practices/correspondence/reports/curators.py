"""What curators hear of a report by e-mail: at once, and again when the 72 hours are nearly over.

Nothing that was reported stands in these e-mails: it is private, and a mailbox is not the desk.
"""

from datetime import timedelta

from django.conf import settings
from django.tasks import task
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from citysolidarity.desk.emails.posting import AT_THE_DESK, tell_at_once, to_staff
from citysolidarity.mail.postbox import QUEUE
from citysolidarity.mail.texts import Variable
from practices.correspondence.emails import VARIABLES as ABOUT_ENTRIES
from practices.correspondence.emails import facts_of
from practices.models import Report
from practices.models.correspondence.report import MARKED_WITHIN, Problem

DECIDE = "practices.change_report"
# Before the entry is shown as under review by itself: a working day to look into it.
WARNED_BEFORE = timedelta(hours=24)
REPORTED = {
    "": _("A report that starts the 72 hours has arrived"),
    "harmful": _("A report says that someone may be at risk"),
}
VARIABLES = {
    **{name: ABOUT_ENTRIES[name] for name in ("entry", "city", "page")},
    "reference": Variable(_("the reference of the report"), "YN5Z-5SAC"),
    "kind": Variable(_("the kind of problem"), "Something is wrong or out of date"),
    "marked_day": Variable(_("the day on which the 72 hours end"), "6 December 2026"),
    "marked_time": Variable(_("the hour at which they end, in UTC"), "14:05"),
    "desk_page": Variable(_("the report at the desk"), AT_THE_DESK, is_needed=True),
}


def facts_about(report: Report) -> dict:
    page = reverse("admin:practices_report_change", args=[report.pk])
    marked_at = report.sent_at + MARKED_WITHIN
    return facts_of(report.practice) | {
        "reference": report.reference,
        "kind": report.get_kind_display(),
        "marked_day": date_format(marked_at, "DATE_FORMAT"),
        "marked_time": date_format(marked_at, "H:i"),
        "desk_page": settings.SITE_URL + page,
        "choose": settings.SITE_URL + reverse("admin:emails_to_me"),
    }


@to_staff(DECIDE, suits=lambda report: report.closed_at is None, when=REPORTED, variables=VARIABLES)
def report_to_staff(report):
    """When the report has arrived."""
    return facts_about(report) | {"variant": "harmful" if report.kind == Problem.HARMFUL else ""}


def nobody_has_looked(report: Report) -> bool:
    """Whoever sent it: a report that marks nothing by itself may be one of harm, too."""
    return not report.why_not_take_up()


@to_staff(
    DECIDE,
    suits=nobody_has_looked,
    when=_("The 72 hours of a report are nearly over, and nobody has looked"),
    variables=VARIABLES,
)
def clock_to_staff(report):
    """When the 72 hours are nearly over and nobody has marked or closed it."""
    return facts_about(report)


@task(queue_name=QUEUE)
def warn_of_clock(report_id: int) -> None:
    report = Report.objects.filter(pk=report_id).first()
    if report and nobody_has_looked(report):
        tell_at_once(clock_to_staff, report)


def tell_curators(report: Report) -> None:
    """In the caller's transaction; a report that contests nothing waits for the digest."""
    if report.contests:
        tell_at_once(report_to_staff, report)
        warn_of_clock.using(run_after=report.sent_at + MARKED_WITHIN - WARNED_BEFORE).enqueue(report.pk)
