"""What is read and what is searched for, for curators: one page, and the counts behind it as CSV."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from citysolidarity.desk.exports import MOST, log_file
from citysolidarity.desk.tables import TYPES, write_csv
from citysolidarity.login.page import page
from citysolidarity.operation.visits import figures
from citysolidarity.operation.visits.models import PageCount, SearchWord
from citysolidarity.yearly.period import Period, PeriodForm
from pledges.models.workflow import CURATE

PAGE = "statistics:statistics"


@require_safe
def statistics(request):
    form, period = asked(request)
    context = {"growth": figures.by_month(), "fewest": SearchWord.FEWEST}
    if period:
        missing, searches = figures.searches(period)
        context |= {
            "missing": missing,
            "searches": searches,
            "practices": figures.most_read(period, "practice"),
            "cities": figures.most_read(period, "city"),
            "kinds": figures.by_kind(period),
            "languages": figures.by_language(period),
        }
    return page(
        request,
        "admin/operation/visits/statistics.html",
        _("Statistics of visits"),
        form=form,
        period=period,
        **context,
    )


@require_POST
def pages_csv(request):
    """One line for each day, page and language. By POST, because the log says who took what away."""
    return as_csv(request, "pages", PageCount, "day", "kind", "slug", "language", "views")


@require_POST
def searches_csv(request):
    """One line for each month, search and language."""
    return as_csv(request, "searches", SearchWord, "month", "language", "words", "networks", "found")


def as_csv(request, name: str, model: type[Model], *columns: str) -> HttpResponse:
    _form, period = asked(request)
    if period is None:
        return redirect(PAGE)
    rows = model.objects.between(*period).order_by(*columns).values_list(*columns)
    table = [["" if value is None else value for value in row] for row in rows[:MOST]]
    if len(table) == MOST:
        messages.warning(request, _("Only the first %d rows are in the file: choose fewer days.") % MOST)
    log_file(None, f"{_('Statistics of visits')}: {period.first} – {period.last}", request, "csv", len(table))
    response = HttpResponse(write_csv([columns, *table]), content_type=TYPES["csv"])
    response.headers["Content-Disposition"] = f'attachment; filename="{name}-{period.first}-{period.last}.csv"'
    return response


def asked(request) -> tuple[PeriodForm, Period | None]:
    if not request.user.has_perm(CURATE):
        raise PermissionDenied
    return PeriodForm.of(request.GET)
