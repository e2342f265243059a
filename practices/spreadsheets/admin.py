"""Export of the list as it is filtered; a template; and import, of which each step is shown before it is made."""

from django import forms
from django.contrib import messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models.functions import Now
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from citysolidarity.desk.acts import log_act
from citysolidarity.desk.exports import log_export
from citysolidarity.desk.page import render_page
from citysolidarity.desk.tables import TYPES, WRITERS, BadSheet
from citysolidarity.worker import backlog
from practices.entries.differences import Difference, label_of
from practices.models import SheetImport
from practices.models.entries.sheet_import import UNDONE_WITHIN
from practices.spreadsheets.export import export
from practices.spreadsheets.import_plan import OUTCOMES
from practices.spreadsheets.matching import MatchForm
from practices.spreadsheets.sheets import MOST_ROWS
from practices.spreadsheets.tasks import handle_sheet
from practices.spreadsheets.template import template
from practices.spreadsheets.undo import changed_since

MOST_BYTES = 20_000_000
LIST = "admin:practices_practice_changelist"
PAGE = "admin:practices_practice_sheet"
REFRESH = 3  # seconds
SHOWN = 50  # changes on a page
RECENT = 20
NAMES = {
    "new": gettext_lazy("new, as drafts"),
    "changed": gettext_lazy("changed"),
    "unchanged": gettext_lazy("unchanged"),
    "refused": gettext_lazy("refused"),
}


class FileForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Spreadsheet"),
        help_text=gettext_lazy("CSV or XLSX, at most %(rows)s rows and 20 MB.") % {"rows": f"{MOST_ROWS:,}"},
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
    )

    def clean_file(self):
        if self.cleaned_data["file"].size > MOST_BYTES:
            raise forms.ValidationError(_("The file is larger than 20 MB. Please split it."))
        return self.cleaned_data["file"]


def as_file(content: bytes, name: str, kind: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}.{kind}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type=TYPES[kind], headers=headers)


@require_POST
def export_list(request, kind, desk):
    if kind not in TYPES:
        raise Http404
    if not desk.has_view_permission(request):
        raise PermissionDenied
    try:
        rows = desk.get_changelist_instance(request).get_queryset(request)
        content = export(rows, kind)
    except IncorrectLookupParameters:
        return redirect(LIST)
    except BadSheet as problem:
        messages.error(request, str(problem))
        return redirect(LIST)
    log_export(desk, request, kind, rows.count())
    return as_file(content, f"practices-{timezone.localdate():%Y-%m-%d}", kind)


def may_import(desk, request) -> None:
    if not (desk.has_add_permission(request) and desk.has_change_permission(request)):
        raise PermissionDenied


@require_safe
def empty_sheet(request, desk):
    may_import(desk, request)
    return as_file(template(), "practices-template", "xlsx")


@require_http_methods(["GET", "HEAD", "POST"])
def import_file(request, desk):
    """Takes a file for the worker, who reads it; no file is opened here."""
    may_import(desk, request)
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        with transaction.atomic():
            sheet = SheetImport.objects.create(name=upload.name[:300], content=upload.read(), by=request.user)
            handle_sheet.enqueue(sheet.pk)
            log_import(request, sheet, _("A file was sent for import."))
        return redirect(PAGE, sheet.pk)
    recent = SheetImport.objects.select_related("by", "undone_by").defer("content", "heading")[:RECENT]
    return _page(request, desk, "import", form=form, recent=[(one, _counted(one)) for one in recent])


@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request, number, desk):
    """One import on its way: being read, columns to match, looked at, saved, taken back."""
    may_import(desk, request)
    one = get_object_or_404(
        SheetImport.objects.select_related("by", "asked_by", "undone_by").defer("content"), pk=number
    )
    act = request.POST.get("act") if request.method == "POST" else ""
    matching = not one.asked_at and one.heading and ("match" in request.GET or not (one.fingerprint or one.problem))
    if act == "match" and one.heading:
        form = MatchForm(one, request.POST)
        if form.is_valid():
            with transaction.atomic():
                one.read_again(columns=form.cleaned_data["columns"], fixed=form.cleaned_data["fixed"])
                handle_sheet.enqueue(one.pk)
            return redirect(PAGE, one.pk)
        return _page(request, desk, "match", one=one, form=form)
    if act in ASKED:
        _ask(request, one, act)
        return redirect(PAGE, one.pk)
    if one.is_waiting:
        answer = _page(request, desk, "sheet", one=one, workers=backlog.standing()["workers"])
        answer.headers["Refresh"] = str(REFRESH)
        return answer
    if matching:
        return _page(request, desk, "match", one=one, form=MatchForm(one))
    return _page(request, desk, "sheet", one=one, **_told(request, one))


ASKED = {
    "save": gettext_lazy("An import was saved."),
    "part": gettext_lazy("The sound rows of an import were saved."),
    "undo": gettext_lazy("An import was undone."),
    "undo-rest": gettext_lazy("The rows of an import that nobody changed since were undone."),
}


def log_import(request, one: SheetImport, sentence) -> None:
    log_act(one, request.user, sentence, _("Import %(number)d") % {"number": one.pk})


def _ask(request, one: SheetImport, act: str) -> None:
    """A press of a button. Two presses ask once: the row is changed only where it still stands as it was looked at."""
    rows = SheetImport.objects.filter(pk=one.pk)
    if act in ("save", "part"):
        rows = rows.filter(asked_at=None, content__isnull=False, fingerprint=request.POST.get("fingerprint") or "-")
        if act == "save" and one.counts.get("refused"):
            rows = rows.none()
        asked = {"asked_at": Now(), "asked_by": request.user, "only_sound": act == "part", "done": 0, "problem": ""}
    else:
        rows = rows.filter(saved_at__gt=Now() - UNDONE_WITHIN, undo_asked_at=None)
        asked = {"undo_asked_at": Now(), "undone_by": request.user, "undo_the_rest": act == "undo-rest", "problem": ""}
    with transaction.atomic():
        if rows.update(**asked):
            handle_sheet.enqueue(one.pk)
            log_import(request, one, ASKED[act])
        elif not one.is_waiting:
            messages.warning(request, _("Nothing was done: this page was not up to date. Look again, please."))


def _told(request, one: SheetImport) -> dict:
    """What the page says of an import that waits for a person, or that is done."""
    changed = Paginator(one.rows.filter(outcome="changed"), SHOWN).get_page(request.GET.get("page"))
    for row in changed:
        row.differences = [Difference(name, label_of(name), before, after) for name, before, after in row.changes]
    may_be_undone = one.may_be_undone()
    return {
        "counted": _counted(one),
        "sound": one.counts.get("new", 0) + one.counts.get("changed", 0),
        "refused": one.rows.filter(outcome="refused"),
        "changed": changed,
        "new": one.rows.filter(outcome="new"),
        "matched": [(name, ours) for name, ours in one.columns.items() if ours],
        "may_be_undone": may_be_undone,
        "undone_until": one.saved_at and one.saved_at + UNDONE_WITHIN,
        "changed_since": changed_since(one) if may_be_undone and one.problem else [],
    }


def _counted(one: SheetImport) -> str:
    return ", ".join(f"{one.counts[outcome]:,} {NAMES[outcome]}" for outcome in OUTCOMES if one.counts.get(outcome))


@require_safe
def refused_rows(request, number, kind, desk):
    """The rows that were not taken, as they stood in the file, with the reasons in a column that an import passes over."""
    may_import(desk, request)
    one = get_object_or_404(SheetImport.objects.defer("content"), pk=number)
    rows = list(one.rows.filter(outcome="refused").exclude(cells={}))
    if kind not in WRITERS or not rows:
        raise Http404
    columns = list(rows[0].cells)
    lines = [[f"{row.line}: {'; '.join(row.reasons)}", *(row.cells.get(name, "") for name in columns)] for row in rows]
    return as_file(WRITERS[kind]([["(why not)", *columns], *lines]), "refused-rows", kind)


def _page(request, desk, template_name: str, **context):
    title = {"title": _("Import practices")}
    return render_page(request, desk, f"admin/practices/practice/{template_name}.html", title | context)
