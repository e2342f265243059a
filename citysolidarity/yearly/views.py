"""The report for a network's board or a funder: one page, and the same figures as CSV."""

import csv

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from citysolidarity.desk.exports import log_file
from citysolidarity.login.page import page
from citysolidarity.yearly.period import Period, PeriodForm
from citysolidarity.yearly.tables import tables_of
from pledges.models.workflow import CURATE


@require_safe
def report(request):
    form, period = asked(request)
    tables = list(tables_of(period)) if period else []
    title = _("Report for a period")
    return page(request, "admin/yearly/report.html", title, form=form, period=period, tables=tables)


@require_POST
def report_csv(request):
    """One line for each figure: table, row, column, value. By POST, because the log says who took what away."""
    form, period = asked(request)
    if period is None:
        return page(request, "admin/yearly/report.html", _("Report for a period"), form=form, period=None, tables=[])
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="report-{period.first}-{period.last}.csv"'
    response.write("\ufeff")  # Excel reads UTF-8 only with this mark.
    writer = csv.writer(response)
    writer.writerow(["from", "until", "table", "row", "column", "value"])
    figures = [
        [period.first, period.last, table.code, label, column, "" if value is None else value]
        for table in tables_of(period)
        for label, values in table.rows
        for column, value in zip(table.columns, values, strict=True)
    ]
    writer.writerows(figures)
    log_file(None, f"{_('Report for a period')}: {period.first} – {period.last}", request, "csv", len(figures))
    return response


def asked(request) -> tuple[PeriodForm, Period | None]:
    """For curators: small figures speak of single cities."""
    if not request.user.has_perm(CURATE):
        raise PermissionDenied
    return PeriodForm.of(request.GET)
