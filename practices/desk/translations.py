"""The languages of what is translated sentence by sentence, at the top of its page at the desk."""

from django.contrib import admin
from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext as _

from practices.translating.admin import TranslationStatus
from practices.translating.sentences.admin import page_of
from practices.translating.sentences.forms import language_of
from practices.vocabularies.languages import LANGUAGES, own_name


def languages_of(request, original: Model) -> list[TranslationStatus]:
    """The site's languages but that of the original, each with how its translation stands."""
    model = original._meta.get_field("translations").related_model
    desk = admin.site.get_model_admin(model)
    rows = {row.language: row for row in desk.get_queryset(request).filter(**{model.translates: original})}
    may_view, may_add = desk.has_view_permission(request), desk.has_add_permission(request)
    languages = []
    for code in LANGUAGES:
        if code in rows:
            page = page_of(rows[code]) if may_view else ""
            languages.append(TranslationStatus(code, own_name(code), str(desk.stands(rows[code])), page))
        elif code != language_of(original):
            add = reverse(f"admin:practices_{model._meta.model_name}_add")
            page = f"{add}?{model.translates}={original.pk}&language={code}"
            languages.append(TranslationStatus(code, own_name(code), _("none yet"), page if may_add else ""))
    return languages


class ListsTranslations:
    """Mixed into the desk of originals: the page of each lists its languages."""

    change_form_template = "admin/practices/sentences/original.html"

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        own = {"translations": languages_of(request, obj) if obj else []}
        return super().render_change_form(request, context | own, add, change, form_url, obj)
