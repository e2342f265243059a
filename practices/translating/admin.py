"""Translations at the desk: a translator writes them beside the original, a curator publishes them."""

from typing import NamedTuple

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, F, Q
from django.forms import Script
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from citysolidarity.desk.decisions import attempt
from citysolidarity.desk.page import permitted_row, render_preview
from citysolidarity.desk.rows import LockedWhileSaving, NoneDeleted
from citysolidarity.desk.todo import Rank, ToDo, WaitsFilter
from practices.entries.page import page_of
from practices.models import Practice, PracticeTranslation
from practices.models.entries import translation
from practices.models.entries.version import Version
from practices.translating.beginning import BegunOnce
from practices.translating.exchange import admin as exchange
from practices.translating.forms import COMPARED, TranslationForm, changes_since, pairs, phrase_pairs
from practices.vocabularies.languages import LANGUAGES, base_of, direction, name_in_sentence, name_of, own_name

BEHIND = ToDo(
    "behind",
    gettext_lazy("Translations behind their original"),
    translation.STANDS & Q(Exists(translation.later_changes())),
    translation.behind_since(),
)


TO_PUBLISH = ToDo(
    "to-publish",
    gettext_lazy("Translations waiting to be published"),
    translation.TO_PUBLISH,
    F("changed_at"),
    rank=Rank.PEOPLE,
)
# With a new directory these are all of its translations: a list to work from, and nothing that waits for anybody.
UNREVIEWED = ToDo(
    "unreviewed",
    gettext_lazy("Translations nobody has reviewed"),
    translation.UNREVIEWED,
    F("changed_at"),
    on_start=False,
)


@admin.register(PracticeTranslation)
class TranslationAdmin(LockedWhileSaving, NoneDeleted, BegunOnce, admin.ModelAdmin):
    original = "practice"
    say_where = gettext_lazy("Open the entry that you want to translate: its page lists the languages.")
    form = TranslationForm
    change_list_template = "admin/practices/translation/change_list.html"
    change_form_template = "admin/practices/translation/change_form.html"
    list_display = ["title", "practice_title", "language_name", "kind", "stands", "changed_at"]
    list_filter = [WaitsFilter, "language", "kind"]
    list_select_related = ["practice"]
    search_fields = [
        "title",
        "summary",
        "practice__title",
        "practice__slug",
        "practice__city__keywords__unaccent",
        "made_by",
    ]
    todos = [BEHIND, TO_PUBLISH, UNREVIEWED]

    class Media:
        js = [Script("js/counts.js", defer=True)]

    def get_urls(self):
        view = self.admin_site.admin_view(preview)
        own = path("<path:object_id>/preview/", view, {"desk": self}, "practices_practicetranslation_preview")
        return [own, *exchange.urls_of(self), *super().get_urls()]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(behind_since=translation.behind_since())

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        form.user = request.user
        return form

    def get_fields(self, request, obj=None):
        fixed = ["practice", "language"] if obj is None else []
        seen = ["seen_revision", "seen_texts", "only_a_slip"] if obj else []
        may = self.has_change_permission(request, obj) if obj else self.has_add_permission(request)
        return [*fixed, *COMPARED, *([*seen, "seen_original"] if may else [])]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        # Without the stock buttons to add or change an entry: it is chosen on its own page.
        if db_field.name == "practice":
            return db_field.formfield(widget=TranslationForm.Meta.widgets["practice"])
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def has_publish_permission(self, request) -> bool:
        return request.user.has_perm("practices.publish_practicetranslation")

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        form = context["adminform"].form
        original = form.original
        language = obj.language if obj else form["language"].value() or ""
        may_write = self.has_change_permission(request, obj) if obj else self.has_add_permission(request)
        own = {
            "practice": original,
            "language": language,
            "language_name": name_of(language),
            "language_dir": direction(language),
            "original_dir": original and direction(original.language),
            "about": ("kind", "made_by", "only_a_slip"),
            "pairs": pairs(original, obj or form.instance, form if may_write else None) if original else [],
            "phrases": phrase_pairs(original, obj or form.instance, form if may_write else None) if original else [],
            "changes": changes_since(original, obj.follows) if obj else [],
            "behind_since": obj.behind_since if obj else None,
            "events": list(obj.events.select_related("by")) if obj else [],
            "may_write": may_write,
            "may_publish": may_write and self.has_publish_permission(request),
            "waits": bool(obj and obj.published_at and obj.changed_at > obj.published_at),
            "show_save_and_add_another": False,
            "title": _("Translation into %(language)s") % {"language": name_in_sentence(language)},
            "subtitle": original and original.title,
        }
        return super().render_change_form(request, context | own, add, change, form_url, obj)

    def save_model(self, request, obj, form, change):
        if not (form.cleaned_data.get("only_a_slip") and change):
            obj.practice = form.original
            obj.follow()
        super().save_model(request, obj, form, change)
        # What is followed can be compared with what comes later.
        Version.objects.keep([obj.practice_id])
        self._decide(request, obj)

    def _decide(self, request, obj) -> None:
        acts = {
            "_publish": (obj.publish, _("Published.")),
            "_take_back": (obj.take_back, _("Removed from the public pages.")),
        }
        button = next((name for name in acts if name in request.POST), None)
        if button is None:
            return
        if not self.has_publish_permission(request):
            raise PermissionDenied
        act, done = acts[button]

        def decide():
            act(request.user)
            self.log_change(request, obj, [{"changed": {"fields": [done]}}])
            return done

        if attempt(request, decide, _("Saved, and not published: %(reason)s")):
            messages.success(request, done)

    def response_post_save_change(self, request, obj):
        return redirect("admin:practices_practicetranslation_change", obj.pk)

    response_post_save_add = response_post_save_change

    def view_on_site(self, row):
        is_public = row.published_at and row.practice.state in ("public", "ended")
        return row.get_absolute_url() if is_public else None

    @admin.display(description=gettext_lazy("practice"))
    def practice_title(self, row):
        return row.practice.title

    @admin.display(description=gettext_lazy("language"), ordering="language")
    def language_name(self, row):
        return name_of(row.language)

    @admin.display(description=gettext_lazy("state"))
    def stands(self, row):
        return state_of(row)


def state_of(row) -> str:
    """How a translation stands that was fetched with ``behind_since``, in a few words."""
    state = _("public") if row.published_at else _("not published")
    if row.behind_since:
        day = date_format(row.behind_since, "DATE_FORMAT")
        return _("%(state)s, behind since %(day)s") % {"state": state, "day": day}
    return state


class TranslationStatus(NamedTuple):
    code: str
    name: str
    state: str
    url: str


def languages_of(request, practice) -> list[TranslationStatus]:
    """The site's languages but the entry's own (1 query)."""
    desk = admin.site.get_model_admin(PracticeTranslation)
    rows = {row.language: row for row in desk.get_queryset(request).filter(practice=practice)}
    languages = []
    for code in LANGUAGES:
        if code in rows and desk.has_view_permission(request):
            page = reverse("admin:practices_practicetranslation_change", args=[rows[code].pk])
            languages.append(TranslationStatus(code, own_name(code), state_of(rows[code]), page))
        elif code != base_of(practice.language):
            page = f"{reverse('admin:practices_practicetranslation_add')}?practice={practice.pk}&language={code}"
            languages.append(
                TranslationStatus(code, own_name(code), _("none yet"), page if desk.has_add_permission(request) else "")
            )
    return languages


@require_safe
def preview(request, object_id, desk):
    row = permitted_row(request, desk, object_id)
    entry = Practice.objects.for_its_page().get(pk=row.practice_id)
    changed = row.behind_since and row.behind_since.isoformat()
    entry.translation = {"language": row.language, "shown": row.public_texts, "changed": changed}
    context = page_of(entry) | {
        "state": state_of(row),
        "is_typed": False,
        "back": reverse("admin:practices_practicetranslation_change", args=[row.pk]),
    }
    return render_preview(request, "admin/practices/translation/preview.html", context)
