"""Lists of the desk as CSV and XLSX: the rows as the list is filtered, the columns that its reader may see."""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from django.contrib import messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from citysolidarity.desk.acts import TAKEN_OUT, log_about
from citysolidarity.desk.tables import TYPES, WRITERS, BadSheet

MOST = 50_000  # rows; more would hold a web process for long


class Column(NamedTuple):
    """A heading and what stands below it: a path such as ``practice__slug``, or a function of the row."""

    name: str
    of: str | Callable = ""
    is_private: bool = False

    def cell(self, row):
        if callable(self.of):
            return _plain(self.of(row))
        value = row
        for part in (self.of or self.name).split("__"):
            try:
                value = getattr(value, part)
            except (AttributeError, ObjectDoesNotExist):  # a signature without a contact
                return ""
        return _plain(value)


class ExportedList:
    """Part of a ModelAdmin whose list can be taken away. ``export_columns`` are those of the file."""

    export_columns: tuple[Column, ...] = ()
    change_list_template = "admin/desk/exported_list.html"

    def sees_private(self, request) -> bool:
        """Whether private columns are for this reader: by default for whoever decides on these rows."""
        return self.has_change_permission(request)

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_export"
        return [path("export/<slug:kind>/", self.admin_site.admin_view(self.export), name=name), *super().get_urls()]

    def export(self, request, kind):
        """By POST, because the log says who took what away."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not self.has_view_permission(request):
            raise PermissionDenied
        if kind not in TYPES:
            raise Http404
        here = f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist"
        columns = [column for column in self.export_columns if not column.is_private or self.sees_private(request)]
        try:
            rows = self.get_changelist_instance(request).get_queryset(request)[:MOST]
            table = [[column.name for column in columns], *([column.cell(row) for column in columns] for row in rows)]
            content = WRITERS[kind](table)
        except IncorrectLookupParameters:
            return redirect(here)
        except BadSheet as problem:
            messages.error(request, str(problem))
            return redirect(here)
        if len(table) > MOST:
            messages.warning(request, _("Only the first %d rows are in the file: filter the list.") % MOST)
        log_export(self, request, kind, len(table) - 1)
        name = f"{self.opts.model_name}-{timezone.localdate():%Y-%m-%d}.{kind}"
        headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
        return HttpResponse(content, content_type=TYPES[kind], headers=headers)


def log_export(desk, request, kind: str, count: int) -> None:
    log_file(desk.model, str(desk.opts.verbose_name_plural), request, kind, count)


def log_file(model, label: str, request, kind: str, count: int) -> None:
    """The line about a file with rows of a model; None where it is about several."""
    sentence = ngettext("%(count)d row exported as %(kind)s.", "%(count)d rows exported as %(kind)s.", count)
    log_about(model, request.user, sentence % {"count": count, "kind": kind.upper()}, label, TAKEN_OUT)


def _plain(value):
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, int | float):
        return value
    if isinstance(value, list | tuple):
        return "\n".join(map(str, value))
    return str(value)
