"""The right of reply: whoever answers for an entry hears that it is marked as under review."""

from django.db import IntegrityError, transaction
from django.utils import translation

from practices import emails
from practices.models import Report
from practices.models.report import Problem


def tell_cities() -> int:
    """Writes about every entry that is marked, once for each report; returns how many letters were posted."""
    untold = Report.objects.marking().exclude(kind=Problem.REPLY).exclude(letters__name=emails.under_review.name)
    return sum(map(told, list(untold.select_related("practice"))))


def told(report: Report) -> bool:
    """Posts the letter about one report; False without a working mailbox, or where it has left."""
    route = report.practice.routes.working().order_by("-seat").first()
    if route is None or report.kind == Problem.REPLY:
        return False
    try:
        with transaction.atomic(), translation.override(route.letters_in):
            emails.under_review.post(report, route=route)
    except IntegrityError:
        return False
    return True
