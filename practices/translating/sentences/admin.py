"""Translations sentence by sentence at the desk: written beside the original, and reviewed by a curator."""

from django.contrib import admin, messages
from django.db.models import Model
from django.db.models.functions import Now, TruncDate
from django.forms import HiddenInput
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from citysolidarity.desk.decisions import attempt
from citysolidarity.desk.rows import LockedWhileSaving, NoneDeleted
from practices.models.sentences import SentenceTranslation
from practices.translating.beginning import BegunOnce
from practices.translating.sentences.forms import language_of, pairs
from practices.vocabularies.languages import direction, name_in_sentence, name_of


class SentencesAdmin(LockedWhileSaving, NoneDeleted, BegunOnce, admin.ModelAdmin):
    change_form_template = "admin/practices/sentences/change_form.html"
    list_display = ["__str__", "language_name", "stands", "translated_on"]
    list_filter = ["language", ("reviewed_at", admin.EmptyFieldListFilter)]
    # What readers see while sentences are missing.
    until_whole = gettext_lazy("sentences are missing: readers see these in English")

    @property
    def original(self) -> str:
        return self.model.translates

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        form.user = request.user
        return form

    def get_fields(self, request, obj=None):
        return ["seen_texts"] if obj else [self.original, "language"]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        # Without the stock buttons to add or change an original: it is chosen on its own page.
        if db_field.name == self.original:
            return db_field.formfield(widget=HiddenInput)
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        form = context["adminform"].form
        may_write = self.has_change_permission(request, obj) if obj else self.has_add_permission(request)
        own = {
            "source": form.original,
            "source_url": form.original and page_of(form.original),
            "practice": form.original and {"language": language_of(form.original)},  # which pairs.html asks for
            "until_whole": self.until_whole,
            "language": form.language,
            "language_dir": direction(form.language),
            "original_dir": form.original and direction(language_of(form.original)),
            "pairs": pairs(form.instance, form.sentences, form if may_write else None),
            "may_write": may_write,
            "whole": bool(obj and self.is_whole(obj)),
            "show_save_and_add_another": False,
            "title": _("Translation into %(language)s") % {"language": name_in_sentence(form.language)},
            "subtitle": form.original and str(form.original),
        }
        return super().render_change_form(request, context | own, add, change, form_url, obj)

    def save_model(self, request, obj, form, change):
        before = self.model.objects.get(pk=obj.pk).phrases if change else None
        if obj.phrases != before:
            obj.reviewed_at = obj.reviewed_by = None
            obj.translated_on = TruncDate(Now())
            super().save_model(request, obj, form, change)
        if "_reviewed" in request.POST:
            self._review(request, obj)

    def _review(self, request, obj) -> None:
        done = _("Reviewed.")

        def decide():
            obj.review(request.user)
            self.log_change(request, obj, [{"changed": {"fields": [done]}}])
            return done

        if attempt(request, decide, _("Saved, and not marked as reviewed: %(reason)s")):
            messages.success(request, done)

    def response_post_save_change(self, request, obj):
        return redirect(f"admin:practices_{self.opts.model_name}_change", obj.pk)

    response_post_save_add = response_post_save_change

    def is_whole(self, row: SentenceTranslation) -> bool:
        return row.is_whole()

    def is_read(self, row: SentenceTranslation) -> bool:
        """Whether a page shows it: always, where what it translates is always public."""
        return True

    def view_on_site(self, row):
        """The page that shows it; None where readers see the original."""
        if not self.is_read(row):
            return None
        with override(row.language):
            return row.original.get_absolute_url()

    @admin.display(description=gettext_lazy("language"), ordering="language")
    def language_name(self, row):
        return name_of(row.language)

    @admin.display(description=gettext_lazy("state"))
    def stands(self, row):
        """How a translation that the desk has fetched stands, in a few words."""
        if not self.is_whole(row):
            return self.until_whole
        if row.reviewed_at:
            return _("reviewed on %(day)s") % {"day": date_format(row.reviewed_at, "DATE_FORMAT")}
        return _("not reviewed")


def page_of(row: Model) -> str:
    return reverse(f"admin:practices_{row._meta.model_name}_change", args=[row.pk])
