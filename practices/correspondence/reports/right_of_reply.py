"""The right of reply: whoever answers for an entry hears that it is marked as under review."""

from django.db import IntegrityError, transaction

from practices.correspondence import emails
from practices.models import Report
from practices.models.correspondence.report import Problem


def tell_cities() -> int:
    """Writes about every marked entry, once for each report; returns how many letters were posted."""
    reports = Report.objects.marking().exclude(kind=Problem.REPLY).exclude(letters__name=emails.under_review.name)
    return sum(map(tell_city, list(reports.select_related("practice"))))


def tell_city(report: Report) -> bool:
    """Posts the letter about one report; False without a working mailbox, or where it has left."""
    route = report.practice.routes.speaking().order_by("-seat").first()
    if route is None or report.kind == Problem.REPLY:
        return False
    try:
        with transaction.atomic():
            emails.post_to(route, emails.under_review, report)
    except IntegrityError:
        return False
    return True
