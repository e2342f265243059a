"""Report a problem with an entry."""

from django.utils.translation import get_language

from citysolidarity.private import private
from citysolidarity.throttle import address_block
from practices.forms.report import ReportWay
from practices.limits import REPORT_POSTS, REPORTS
from practices.models import Report
from practices.views.writing import Writing, write


@private
def practice_report(request, slug):
    """Takes a report for the curators; nothing of it is shown."""
    return write(request, slug, Writing(ReportWay, "practice_report", Report, wait, record, "reported"))


def wait(request, entry, facts) -> int:
    """For each block of addresses, and for all."""
    return REPORT_POSTS.take(address_block(request)) or REPORTS.take()


def record(entry, way, facts) -> Report:
    """The report at the desk."""
    return Report.accepted(way.stamp.key, way.answers, practice=entry, language=get_language(), **facts)
