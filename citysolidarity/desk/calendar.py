"""What will happen by itself in the next weeks, unless somebody decides before."""

from datetime import datetime, timedelta
from itertools import groupby
from typing import NamedTuple

from django.contrib import admin
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from citysolidarity.login.page import page

AHEAD = timedelta(days=60)
MOST = 100  # rows of each kind


class Event(NamedTuple):
    at: datetime
    label: str
    row: str
    url: str


@require_safe
def calendar(request):
    events = sorted(event for desk in admin.site._registry.values() for event in events_of(request, desk))
    days = [(day, list(events)) for day, events in groupby(events, key=lambda event: event.at.date())]
    return page(request, "admin/desk/calendar.html", _("What comes"), days=days, ahead=AHEAD.days)


def events_of(request, desk):
    """The events of one list, where the person may see it."""
    comings = getattr(desk, "comings", ())
    if not (comings and desk.has_view_permission(request)):
        return
    name = f"admin:{desk.opts.app_label}_{desk.opts.model_name}_change"
    for coming in comings:
        rows = desk.get_queryset(request).filter(coming.condition).annotate(comes_at=coming.at)
        soon = rows.filter(comes_at__gte=Now(), comes_at__lt=Now() + AHEAD)
        if isinstance(desk.list_select_related, list | tuple):
            soon = soon.select_related(*desk.list_select_related)
        for row in soon.order_by("comes_at", "pk")[:MOST]:
            yield Event(row.comes_at, str(coming.label), named(row), reverse(name, args=[row.pk]))


def named(row) -> str:
    """The row and the entry it is about, as far as they tell different things."""
    entry = getattr(row, "practice", None)
    return " · ".join(dict.fromkeys(filter(None, [str(row), entry and str(entry)])))
