"""Versions of the statement: copied as drafts, looked at as the public will see them, and made valid for good."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from citysolidarity.desk.forms import DeskForm, WholeTexts
from citysolidarity.desk.page import render_page, render_preview
from citysolidarity.desk.rows import LockedWhileSaving, NoneDeleted, RemovedByEditing
from pledges.models import Clause, StatementVersion
from pledges.models.statement import fingerprint
from pledges.models.workflow import CURATE, LEAD
from pledges.vocabularies import CLAUSE_CODES


class VersionForm(DeskForm, forms.ModelForm):
    class Meta:
        model = StatementVersion
        fields = ["title", "preamble", "closing", "note"]


class ClauseForm(DeskForm, forms.ModelForm):
    class Meta:
        model = Clause
        fields = ["position", "code", "title", "promise"]
        help_texts = {"code": gettext_lazy("It stays the same from version to version: practices hang on it.")}


class ClauseInline(RemovedByEditing, admin.StackedInline):
    model = Clause
    form = ClauseForm
    extra = 0
    fields = ["position", "code", "title", "promise"]

    def has_view_permission(self, request, obj=None):
        return True

    def has_add_permission(self, request, obj=None):
        return self.has_change_permission(request, obj)

    def has_change_permission(self, request, obj=None):
        return request.user.has_perm(LEAD) and obj is not None and obj.valid_from is None


class EnactForm(WholeTexts, forms.Form):
    valid_from = forms.DateField(
        label=gettext_lazy("Valid from"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("From this day on it is signed. The text can never change again."),
    )

    def clean_valid_from(self):
        if self.cleaned_data["valid_from"] < timezone.localdate():
            raise ValidationError(_("This date has passed. Enter today’s date or a later one."), code="past")
        return self.cleaned_data["valid_from"]


@admin.action(description=gettext_lazy("Copy as drafts of the next version"), permissions=["lead"])
def copy_as_drafts(desk, request, queryset):
    """One draft for each language; a language that has a draft of that number is skipped."""
    newest = StatementVersion.objects.valid().values_list("number", flat=True).first() or 0
    copied = 0
    for version in queryset.prefetch_related("clauses").order_by("language", "-number"):
        copied += version.copy_as_draft(newest + 1) is not None
    sentence = ngettext("%(count)d draft has been made.", "%(count)d drafts have been made.", copied)
    level = messages.SUCCESS if copied else messages.WARNING
    desk.message_user(request, sentence % {"count": copied}, level)


@admin.register(StatementVersion)
class StatementVersionAdmin(LockedWhileSaving, NoneDeleted, admin.ModelAdmin):
    form = VersionForm
    change_form_template = "admin/pledges/version/change_form.html"
    list_display = ["title", "number", "language", "valid_from", "fingerprint"]
    list_filter = ["language"]
    ordering = ["-number", "language"]
    actions = [copy_as_drafts]
    inlines = [ClauseInline]
    fields = ["number", "language", "title", "preamble", "closing", "note", "valid_from", "fingerprint"]
    readonly_fields = ["number", "language", "valid_from", "fingerprint"]

    def get_urls(self):
        enact = self.admin_site.admin_view(require_http_methods(["GET", "HEAD", "POST"])(self.enact_view))
        preview = self.admin_site.admin_view(require_safe(self.preview_view))
        return [
            path("<int:object_id>/preview/", preview, name="pledges_statementversion_preview"),
            path("<int:object_id>/enact/", enact, name="pledges_statementversion_enact"),
            *super().get_urls(),
        ]

    def has_add_permission(self, request):
        # A version begins as a copy, so that no clause is forgotten.
        return False

    def has_lead_permission(self, request):
        return request.user.has_perm(LEAD)

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm(CURATE)

    def has_change_permission(self, request, obj=None):
        return self.has_lead_permission(request) and (obj is None or obj.valid_from is None)

    @admin.display(description=gettext_lazy("fingerprint of the text (SHA-256)"))
    def fingerprint(self, version):
        return version.sha256 or _("Not yet: this is a draft")

    def _row(self, request, object_id) -> StatementVersion:
        version = self.get_object(request, str(object_id))
        if version is None:
            raise Http404
        return version

    def preview_view(self, request, object_id):
        """The text as the public will see it."""
        version = self._row(request, object_id)
        if not self.has_view_permission(request, version):
            raise PermissionDenied
        context = {"version": version, "clauses": list(version.clauses.all())}
        return render_preview(request, "pledges/signatories/version_preview.html", context)

    @transaction.atomic  # the row is locked by a POST
    def enact_view(self, request, object_id):
        """Shows the text with its fingerprint; the button makes it valid from a day on."""
        version = self._row(request, object_id)
        if not self.has_lead_permission(request):
            raise PermissionDenied
        page = redirect("admin:pledges_statementversion_change", version.pk)
        if version.valid_from:
            messages.warning(request, _("This version is valid already, so nothing was changed."))
            return page
        form = EnactForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            wrong = problems_of(version)
            if not wrong:
                version.enact(form.cleaned_data["valid_from"])
                self.log_change(request, version, _("The version is valid."))
                messages.success(request, _("The version is valid from the day that you chose."))
                return page
            form.add_error(None, wrong)
        context = {
            "title": _("Make this version valid"),
            "subtitle": None,
            "version": version,
            "clauses": list(version.clauses.all()),
            "sha256": fingerprint(version.canonical_text()),
            "problems": problems_of(version),
            "form": form,
        }
        return render_page(request, self, "admin/pledges/version/enact.html", context)


def problems_of(version: StatementVersion) -> list[str]:
    """Why this draft cannot become valid, as sentences."""
    codes = [clause.code for clause in version.clauses.all()]
    problems = []
    if missing := [code for code in CLAUSE_CODES if code not in codes]:
        # Practices and commitments hang on the codes: without one their numbers would be shown nowhere.
        problems.append(_("These promises are missing: %(codes)s.") % {"codes": ", ".join(missing)})
    if unknown := [code for code in codes if code not in CLAUSE_CODES]:
        problems.append(_("These codes are not known: %(codes)s.") % {"codes": ", ".join(unknown)})
    return problems
