"""Practices with their sources and figures, at the desk."""

from django.contrib import admin
from django.contrib.postgres.fields import ArrayField
from django.forms import Script
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from citysolidarity.desk.filters import by_word
from citysolidarity.desk.rows import LockedWhileSaving
from citysolidarity.desk.todo import WaitsFilter
from practices.cities.widgets import CitySelect
from practices.desk import history
from practices.desk.bulk_actions import ACTIONS, WhyForm
from practices.desk.changes import DraftedChanges, note_of_draft
from practices.desk.contacts import RouteInline, ask_and_vouch
from practices.desk.fields import LinesField, SameAsPublic
from practices.desk.filters import PracticeStateFilter, UntranslatedFilter
from practices.desk.forms import PracticeForm
from practices.desk.keywords import KeywordsInline
from practices.desk.pictures import PictureInline
from practices.desk.proofreading import numbers_without_year
from practices.desk.sources import FactInline, FigureInline, SourceInline, TransferInline
from practices.desk.todo import BOUNCED, DUE, GIVEN_UP, IN_REVIEW, NOBODY, YEARLY
from practices.desk.urls import urls_of
from practices.entries.differences import label_of
from practices.models import City, ContactRoute, Picture, Practice, Source
from practices.models.entries.record import LONG_TEXTS
from practices.models.entries.review import Move
from practices.models.entries.version import Version
from practices.models.entries.workflow import STATES
from practices.translating.admin import languages_of
from practices.vocabularies import FRESHNESS, SUBREGIONS, facets


@admin.register(Practice)
class PracticeAdmin(DraftedChanges, SameAsPublic, LockedWhileSaving, admin.ModelAdmin):
    form = PracticeForm
    action_form = WhyForm
    formfield_overrides = {ArrayField: {"form_class": LinesField}}
    list_display = ["title", "city", "state", "freshness_name", "updated_at"]
    list_filter = [
        WaitsFilter,
        PracticeStateFilter,
        "status",
        "instrument",
        by_word("city__region", SUBREGIONS, _("region")),
        UntranslatedFilter,
    ]
    list_select_related = ["city"]
    search_fields = [
        "title__unaccent",
        "slug",
        "summary",
        *LONG_TEXTS,
        "city__keywords__unaccent",
        "sources__title",
        "sources__url",
    ]
    inlines = [SourceInline, FigureInline, FactInline, TransferInline, KeywordsInline, PictureInline, RouteInline]
    actions = ACTIONS
    todos = [IN_REVIEW, DUE, BOUNCED, GIVEN_UP, NOBODY]
    comings = [YEARLY]
    readonly_fields = [
        "state", "submitted_at", "published_at", "archived_at", "confirmed_at", "freshness_name", "updated_at",
        "loose_numbers", "similar_entries", "what_is_missing",
    ]  # fmt: skip
    fieldsets = [
        (_("What and where"), {"fields": ["title", "slug", "city", "area", "language", "summary"]}),
        (_("The story"), {"fields": [*LONG_TEXTS, "loose_numbers"]}),
        (
            _("The words it is found by"),
            {"fields": ["themes", "populations", "groups", "instrument", "contexts", "gcr_objectives", "sdgs"]},
        ),
        (_("When and who"), {"fields": [("started", "ended"), "status", "lead", "partners", "funders"]}),
        (_("What it took"), {"fields": ["cost_band", ("cost_currency", "cost_year"), "cost_basis", "conditions"]}),
        (_("What is known of its effect"), {"fields": ["evidence_level", "evidence_reason"]}),
        (_("Is it already here?"), {"fields": ["similar_entries"]}),
        (
            _("State"),
            {
                "fields": [
                    "state", ("submitted_at", "published_at", "archived_at"), ("confirmed_at", "freshness_name"),
                    "updated_at", "what_is_missing",
                ],
                "description": _("You can change the state on the page “Review” or with the actions of the list."),
            },
        ),
    ]  # fmt: skip

    class Media:
        js = [Script("js/counts.js", defer=True)]

    def get_urls(self):
        return [*urls_of(self), *super().get_urls()]

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        form.user = request.user
        return form

    def get_inline_formsets(self, request, formsets, inline_instances, obj=None, **kwargs):
        """Sources or figures that only the other one changed are shown as they are saved now."""
        taken = getattr(obj, "parts_taken", ())
        formsets = [type(one)(instance=obj, prefix=one.prefix) if one.prefix in taken else one for one in formsets]
        return super().get_inline_formsets(request, formsets, inline_instances, obj, **kwargs)

    def get_search_fields(self, request):
        fields = super().get_search_fields(request)
        return [*fields, "routes__email"] if self.has_change_permission(request) else fields

    def history_view(self, request, object_id, extra_context=None):
        return history.history(request, object_id, desk=self)

    def get_queryset(self, request):
        return super().get_queryset(request).defer("search")

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "city":
            kwargs["queryset"] = City.objects.defer("keywords").in_name_order()
            kwargs["widget"] = CitySelect(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "city":
            # Beside the choice of a city this would read as "clear the choice".
            field.widget.can_delete_related = False
        return field

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        own = {"translations": languages_of(request, obj) if obj else []}
        return super().render_change_form(request, context | own, add, change, form_url, obj)

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or not self.has_change_permission(request, obj):
            return fieldsets
        (first, options), *others = fieldsets
        return [(first, options | {"fields": [*options["fields"], "seen_revision"]}), *others]

    def get_readonly_fields(self, request, obj=None):
        # Once an entry was public, links and printed briefs rest on its address.
        was_public = obj is not None and obj.published_at is not None
        return [*self.readonly_fields, "slug"] if was_public else self.readonly_fields

    def get_prepopulated_fields(self, request, obj=None):
        return {} if "slug" in self.get_readonly_fields(request, obj) else {"slug": ["title"]}

    def save_model(self, request, obj, form, change):
        if change:
            Version.objects.keep([obj.pk])
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        # What rests on sources first: it may let go of one that is removed with the same save.
        parts_first = sorted(formsets, key=lambda formset: formset.model in (Source, Picture, ContactRoute))
        super().save_related(request, form, parts_first, change)
        Version.objects.keep([form.instance.pk], by=request.user, note=note_of_draft(request))
        if not hasattr(request, "is_preview"):
            ask_and_vouch(request, form.instance, formsets)

    def view_on_site(self, practice):
        return practice.get_absolute_url() if practice.state in ("public", "ended") else None

    @admin.display(description=_("state"))
    def state(self, practice):
        return STATES[practice.state]

    @admin.display(description=_("before it can be published"))
    def what_is_missing(self, practice):
        if practice.pk is None or practice.state not in ("draft", "in-review"):
            return "–"
        return practice.why_not(Move.PUBLISHED) or _("Nothing is missing: you can publish it on the page “Review”.")

    @admin.display(description=_("freshness"))
    def freshness_name(self, practice):
        return FRESHNESS.label(practice.freshness)

    @admin.display(description=_("numbers without a year"))
    def loose_numbers(self, practice):
        """Sentences to look at again: a number stands with its year and, as a figure, with its source."""
        figures = [figure.value for figure in practice.figures.all()] if practice.pk else []
        sentences = [
            (label_of(name), sentence)
            for name in ("summary", *LONG_TEXTS)
            for sentence in numbers_without_year(getattr(practice, name), figures)
        ]
        if not sentences:
            return _("None found.")
        listed = format_html_join("", "<li><b>{}</b>: {}</li>", sentences)
        advice = _("Give the year of each number, or add it below as a figure with its year and source.")
        return format_html("<p>{}</p><ul>{}</ul>", advice, listed)

    @admin.display(description=_("similar public entries"))
    def similar_entries(self, practice):
        entries = list(Practice.objects.similar_to(practice).select_related("city")) if practice.pk else []
        if not entries:
            return _("None found.")
        address = "admin:practices_practice_change"
        rows = [
            (reverse(address, args=[entry.pk]), entry.title, entry.city, _in_common(practice, entry))
            for entry in entries
        ]
        return format_html("<ul>{}</ul>", format_html_join("", '<li><a href="{}">{}</a>, {}. {}</li>', rows))


def _in_common(practice: Practice, other: Practice) -> str:
    shared = facets.shared_codes(practice.tags, other.tags).items()
    return ", ".join(facets.BY_NAME[name].vocabulary.label(code) for name, codes in shared for code in codes)
