"""One search over everything at the desk that somebody may see: each list searches as its own search box does."""

from typing import NamedTuple
from urllib.parse import urlencode

from django.contrib import admin
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from citysolidarity.login.page import page

LONGEST = 200  # characters
SHOWN = 10  # rows of each list


class Found(NamedTuple):
    """``rows`` are pairs of a row and its page; ``more`` leads to the whole list where there are others."""

    label: str
    rows: list[tuple]
    more: str


@require_safe
def search(request):
    words = " ".join(request.GET.get("q", "").replace("\0", "").split())[:LONGEST]
    found = list(filter(None, (search_list(request, desk, words) for desk in lists_of(request)))) if words else []
    return page(request, "admin/desk/search.html", _("Search the desk"), words=words, found=found)


def lists_of(request) -> list[admin.ModelAdmin]:
    return [
        desk
        for desk in admin.site._registry.values()
        if desk.get_search_fields(request) and desk.has_view_permission(request)
    ]


def search_list(request, desk, words: str) -> Found | None:
    rows, may_repeat = desk.get_search_results(request, desk.get_queryset(request), words)
    if related := desk.list_select_related:
        rows = rows.select_related(*related) if isinstance(related, list | tuple) else rows
    if may_repeat:
        rows = rows.distinct()
    first = list(rows[: SHOWN + 1])
    if not first:
        return None
    start = f"admin:{desk.opts.app_label}_{desk.opts.model_name}"
    pages = [(desk.found_as(row) if hasattr(desk, "found_as") else row, reverse(f"{start}_change", args=[row.pk]))
             for row in first[:SHOWN]]  # fmt: skip
    more = f"{reverse(f'{start}_changelist')}?{urlencode({'q': words})}" if len(first) > SHOWN else ""
    return Found(capfirst(desk.opts.verbose_name_plural), pages, more)
