"""Export of the list as it is filtered, and import with a look at every change before it is made."""

import base64
import binascii
import zlib

from django import forms
from django.contrib import messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from practices.sheets import BadSheet, Plan, read_sheet
from practices.sheets.export import TYPES, export
from practices.sheets.plan import OUTCOMES

# Larger files are for the command import_practices. The file comes back with the confirmation, packed and in
# letters, and a form may weigh DATA_UPLOAD_MAX_MEMORY_SIZE: 2,621,440 bytes.
MOST_ROWS = 1_000
MOST_PACKED = 1_800_000  # bytes
MOST_BYTES = 20_000_000
LIST = "admin:practices_practice_changelist"
NAMES = {
    "new": gettext_lazy("new, as drafts"),
    "changed": gettext_lazy("changed"),
    "unchanged": gettext_lazy("unchanged"),
    "refused": gettext_lazy("refused"),
}


class FileForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Spreadsheet"),
        help_text=gettext_lazy("CSV or XLSX as it was exported here, at most %(rows)d rows.") % {"rows": MOST_ROWS},
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
    )

    def clean_file(self):
        if self.cleaned_data["file"].size > MOST_BYTES:
            raise forms.ValidationError(too_large())
        return self.cleaned_data["file"]


def too_large() -> str:
    """What to do with a file that the desk does not take."""
    return _(
        "The desk takes at most %(rows)d rows and %(bytes)s bytes, packed. Split the file, or have the command "
        "“import_practices” run on the server."
    ) % {"rows": MOST_ROWS, "bytes": f"{MOST_PACKED:,}"}


@require_safe
def export_list(request, kind, desk):
    """The entries of the list, under the filters and the search of the address, as a file."""
    if kind not in TYPES:
        raise Http404
    if not desk.has_view_permission(request):
        raise PermissionDenied
    try:
        found = desk.get_changelist_instance(request).get_queryset(request)
        content = export(found, kind)
    except IncorrectLookupParameters:
        return redirect(LIST)
    except BadSheet as problem:
        messages.error(request, str(problem))
        return redirect(LIST)
    name = f"practices-{timezone.localdate():%Y-%m-%d}.{kind}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type=TYPES[kind], headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
def import_file(request, desk):
    """Takes a file and shows what it would change; takes it again, with that plan's fingerprint, and does it."""
    if not (desk.has_add_permission(request) and desk.has_change_permission(request)):
        raise PermissionDenied
    if request.method != "POST":
        return _page(request, desk, form=FileForm())
    if "packed" in request.POST:
        return _confirmed(request, desk)
    form = FileForm(request.POST, request.FILES)
    if form.is_valid():
        upload = form.cleaned_data["file"]
        return _planned(request, desk, upload.name, upload.read(), form)
    return _page(request, desk, form=form)


def _planned(request, desk, name: str, content: bytes, form: FileForm):
    packed = zlib.compress(content, 9)
    try:
        sheet = read_sheet(name, content)
        if len(sheet.rows) > MOST_ROWS or len(packed) > MOST_PACKED:
            raise BadSheet(too_large())
        plan = Plan(sheet)
    except BadSheet as problem:
        form.add_error("file", str(problem))
        return _page(request, desk, form=form)
    return _page(request, desk, plan=plan, name=name, packed=base64.b64encode(packed).decode())


def _confirmed(request, desk):
    name = request.POST.get("name", "")[:300]
    try:
        unpacker = zlib.decompressobj()
        content = unpacker.decompress(base64.b64decode(request.POST["packed"], validate=True), MOST_BYTES)
        with transaction.atomic():
            plan = Plan(read_sheet(name, content), lock=True)
            if not plan.is_sound or plan.fingerprint != request.POST.get("fingerprint"):
                messages.warning(request, _("Nothing was saved: an entry has changed since. Look again, please."))
                return _page(request, desk, plan=plan, name=name, packed=request.POST["packed"])
            plan.carry_out(by=request.user)
    except (BadSheet, binascii.Error, zlib.error, ValueError) as problem:
        messages.error(request, _("Nothing was saved: the file did not come through (%s).") % problem)
        return redirect("admin:practices_practice_import")
    except DatabaseError as problem:
        messages.error(request, _("Nothing was saved: the database refused a row (%s).") % problem)
        return redirect("admin:practices_practice_import")
    told = ", ".join(f"{plan.counts[outcome]} {NAMES[outcome]}" for outcome in OUTCOMES if plan.counts[outcome])
    messages.success(request, _("Imported from %(name)s: %(told)s.") % {"name": name, "told": told})
    return redirect(LIST)


def _page(request, desk, **context):
    request.current_app = desk.admin_site.name
    if plan := context.get("plan"):
        context["counts"] = [(NAMES[outcome], plan.counts[outcome]) for outcome in OUTCOMES]
        context["by_outcome"] = {
            outcome: [change for change in plan.changes if change.outcome == outcome] for outcome in OUTCOMES
        }
    common = desk.admin_site.each_context(request) | {"title": _("Import practices"), "opts": desk.opts}
    return render(request, "admin/practices/practice/import.html", common | context)
