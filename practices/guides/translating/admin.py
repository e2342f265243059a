"""Translations of guides at the desk: written beside the original, and reviewed by a curator."""

from django.contrib import admin, messages
from django.db.models import Exists, OuterRef
from django.db.models.functions import Now, TruncDate
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from citysolidarity.desk.decisions import attempt
from citysolidarity.desk.rows import LockedWhileSaving, NoneDeleted
from practices.guides.translating.forms import GuideTranslationForm, pairs
from practices.models import Guide, GuideTranslation
from practices.translating.admin import TranslationStatus
from practices.translating.beginning import BegunOnce
from practices.vocabularies.languages import LANGUAGES, base_of, direction, name_in_sentence, name_of, own_name


@admin.register(GuideTranslation)
class GuideTranslationAdmin(LockedWhileSaving, NoneDeleted, BegunOnce, admin.ModelAdmin):
    original = "guide"
    say_where = gettext_lazy("Open the guide that you want to translate: its page lists the languages.")
    form = GuideTranslationForm
    list_display = ["guide", "language_name", "stands", "translated_on"]
    list_filter = ["language", ("reviewed_at", admin.EmptyFieldListFilter)]
    list_select_related = ["guide"]
    search_fields = ["guide__title__unaccent", "guide__slug"]

    def get_queryset(self, request):
        whole = GuideTranslation.objects.whole().filter(pk=OuterRef("pk"))
        return super().get_queryset(request).annotate(whole=Exists(whole))

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        form.user = request.user
        return form

    def get_fields(self, request, obj=None):
        return ["seen_texts"] if obj else ["guide", "language"]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        # Without the stock buttons to add or change a guide: it is chosen on its own page.
        if db_field.name == "guide":
            return db_field.formfield(widget=GuideTranslationForm.Meta.widgets["guide"])
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        form = context["adminform"].form
        may_write = self.has_change_permission(request, obj) if obj else self.has_add_permission(request)
        own = {
            "guide": form.guide,
            "practice": form.guide,  # whose language pairs.html asks for
            "language": form.language,
            "language_dir": direction(form.language),
            "original_dir": form.guide and direction(form.guide.language),
            "pairs": pairs(form.instance, form.sentences, form if may_write else None),
            "may_write": may_write,
            "whole": bool(obj and obj.whole),
            "show_save_and_add_another": False,
            "title": _("Translation into %(language)s") % {"language": name_in_sentence(form.language)},
            "subtitle": form.guide and form.guide.title,
        }
        return super().render_change_form(request, context | own, add, change, form_url, obj)

    def save_model(self, request, obj, form, change):
        before = GuideTranslation.objects.get(pk=obj.pk).phrases if change else None
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
        return redirect("admin:practices_guidetranslation_change", obj.pk)

    response_post_save_add = response_post_save_change

    def view_on_site(self, row):
        """The page that shows it; None where readers see the original."""
        is_read = row.is_whole() and Guide.objects.published().filter(pk=row.guide_id).exists()
        if not is_read:
            return None
        with override(row.language):
            return row.guide.get_absolute_url()

    @admin.display(description=gettext_lazy("language"), ordering="language")
    def language_name(self, row):
        return name_of(row.language)

    @admin.display(description=gettext_lazy("state"))
    def stands(self, row):
        return state_of(row)


def state_of(row) -> str:
    """How a translation stands that the desk has fetched, in a few words."""
    if not row.whole:
        return _("sentences are missing: readers see the original")
    if row.reviewed_at:
        return _("reviewed on %(day)s") % {"day": date_format(row.reviewed_at, "DATE_FORMAT")}
    return _("not reviewed")


def languages_of(request, guide: Guide) -> list[TranslationStatus]:
    """The site's languages but the guide's own (1 query)."""
    desk = admin.site.get_model_admin(GuideTranslation)
    rows = {row.language: row for row in desk.get_queryset(request).filter(guide=guide)}
    may_view, may_add = desk.has_view_permission(request), desk.has_add_permission(request)
    languages = []
    for code in LANGUAGES:
        if code in rows:
            page = reverse("admin:practices_guidetranslation_change", args=[rows[code].pk])
            languages.append(TranslationStatus(code, own_name(code), state_of(rows[code]), page if may_view else ""))
        elif code != base_of(guide.language):
            page = f"{reverse('admin:practices_guidetranslation_add')}?guide={guide.pk}&language={code}"
            languages.append(TranslationStatus(code, own_name(code), _("none yet"), page if may_add else ""))
    return languages
