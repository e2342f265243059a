"""What curators hear of a report by e-mail: at once, and again when the 72 hours are nearly over.

Nothing that was reported stands in these e-mails: it is private, and a mailbox is not the desk.
"""

from datetime import timedelta

from django.conf import settings
from django.tasks import task
from django.urls import reverse

from citysolidarity.desk.emails.posting import tell_at_once, to_staff
from citysolidarity.mail.postbox import QUEUE
from practices.correspondence.emails import facts_of
from practices.models import Report
from practices.models.correspondence.report import MARKED_WITHIN, Problem

DECIDE = "practices.change_report"
# Before the entry is shown as under review by itself: a working day to look into it.
WARNED_BEFORE = timedelta(hours=24)


def facts_about(report: Report) -> dict:
    page = reverse("admin:practices_report_change", args=[report.pk])
    return facts_of(report.practice) | {
        "reference": report.reference,
        "kind": report.get_kind_display(),
        "is_harmful": report.kind == Problem.HARMFUL,
        "marked_at": report.sent_at + MARKED_WITHIN,
        "desk_page": settings.SITE_URL + page,
        "choose": settings.SITE_URL + reverse("admin:emails_to_me"),
    }


@to_staff(DECIDE, suits=lambda report: report.closed_at is None)
def report_to_staff(report):
    """When the report has arrived."""
    return facts_about(report)


def nobody_has_looked(report: Report) -> bool:
    """Whoever sent it: a report that marks nothing by itself may be one of harm, too."""
    return not report.why_not_take_up()


@to_staff(DECIDE, suits=nobody_has_looked)
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
