"""Writing to whoever sent a signature, a practice or a report, from its page."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from citysolidarity.desk.forms import WholeTexts
from citysolidarity.desk.page import render_page
from citysolidarity.desk.teamwork.admin import Teamwork
from citysolidarity.desk.writing.emails import from_curator
from citysolidarity.desk.writing.models import WrittenEmail
from citysolidarity.mail.letter import outcome


class WriteForm(WholeTexts, forms.ModelForm):
    class Meta:
        model = WrittenEmail
        fields = ["text"]
        labels = {"text": gettext_lazy("What you write")}
        widgets = {"text": forms.Textarea(attrs={"rows": 8, "cols": 60})}
        help_texts = {
            "text": gettext_lazy(
                "Between “Good day” and our name. Replies come to our own e-mail address. Do not include private "
                "data about others."
            )
        }


class WritesToSender(Teamwork):
    """A ModelAdmin with Teamwork whose rows have a sender; ``sender_of`` gives their e-mail address, "" for none."""

    def sender_of(self, row) -> str:
        return row.email

    def get_urls(self):
        view = self.admin_site.admin_view(require_http_methods(["GET", "HEAD", "POST"])(self.write_view))
        name = f"{self.opts.app_label}_{self.opts.model_name}_write"
        return [path("<int:object_id>/write/", view, name=name), *super().get_urls()]

    def team(self, request, row, *forms):
        team = super().team(request, row, *forms)
        if team:
            written = WrittenEmail.objects.about(row).select_related("by")
            team["written"] = [(email, outcome(email)) for email in written]
            if self.sender_of(row) and settings.CONTACT_EMAIL:
                team["write_url"] = self._write_url(row)
        return team

    def _write_url(self, row) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_write", args=[row.pk])

    @transaction.atomic  # a row that is changed is locked
    def write_view(self, request, object_id):
        """First shows the e-mail as it would leave, then sends it (``send``)."""
        row = self.get_object(request, str(object_id))
        if row is None:
            raise Http404
        if not (request.user.has_perm(self.team_permission) and self.has_view_permission(request, row)):
            raise PermissionDenied
        change = redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", row.pk)
        if not (self.sender_of(row) and settings.CONTACT_EMAIL):
            messages.warning(request, _("Nobody can be written to: there is no e-mail address, or none to answer to."))
            return change
        form = WriteForm(request.POST or None)
        reads = ""
        if request.method == "POST" and form.is_valid():
            if "send" in request.POST:
                self._send(request, row, form.cleaned_data["text"])
                return change
            reads = from_curator.preview(WrittenEmail(row=row, text=form.cleaned_data["text"]), language_of(row))
        context = {"title": _("Write to the sender"), "row": row, "subtitle": str(row), "form": form, "reads": reads}
        return render_page(request, self, "admin/desk/write.html", context)

    def _send(self, request, row, text: str) -> None:
        about = {"content_type": ContentType.objects.get_for_model(row), "object_id": row.pk}
        with translation.override(language_of(row)), transaction.atomic():
            from_curator.post({**about, "by": request.user, "text": text})
            self.log_change(request, row, "Wrote to the sender.")
        messages.success(request, _("The e-mail is on its way."))


def language_of(row) -> str:
    language = getattr(row, "language", "")
    return language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
