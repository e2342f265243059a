"""Practices with their sources and figures, at the desk."""

from django.contrib import admin
from django.contrib.postgres.fields import ArrayField
from django.forms import Script
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from practices import facets
from practices.admin import history
from practices.admin.actions import ACTIONS, WhyForm
from practices.admin.choosing import CitySelect
from practices.admin.fields import LinesField
from practices.admin.filters import StateFilter, by_word
from practices.admin.form import PracticeForm
from practices.admin.pages import urls_of
from practices.admin.pictures import PictureInline
from practices.admin.routes import RouteInline
from practices.admin.sources import FigureInline, SourceInline
from practices.admin.todo import BOUNCED, DUE, GIVEN_UP, IN_REVIEW, WaitsFilter
from practices.admin.translation import languages_of
from practices.differences import label_of
from practices.hints import numbers_without_year
from practices.models import City, Practice
from practices.models.moves import STATES
from practices.models.version import Version
from practices.records import LONG_TEXTS
from practices.vocabularies import FRESHNESS, SUBREGIONS


@admin.register(Practice)
class PracticeAdmin(admin.ModelAdmin):
    form = PracticeForm
    action_form = WhyForm
    formfield_overrides = {ArrayField: {"form_class": LinesField}}
    list_display = ["title", "city", "state", "freshness_name", "updated_at"]
    list_filter = [WaitsFilter, StateFilter, "status", "instrument", by_word("city__region", SUBREGIONS, _("region"))]
    list_select_related = ["city"]
    search_fields = ["title", "slug", "summary", "city__name"]
    inlines = [SourceInline, FigureInline, PictureInline, RouteInline]
    actions = ACTIONS
    todos = [IN_REVIEW, DUE, BOUNCED, GIVEN_UP]
    readonly_fields = [
        "state", "submitted_at", "published_at", "archived_at", "confirmed_at", "freshness_name", "updated_at",
        "loose_numbers", "similar_entries",
    ]  # fmt: skip
    fieldsets = [
        (_("What and where"), {"fields": ["title", "slug", "city", "area", "language", "summary"]}),
        (_("The story"), {"fields": [*LONG_TEXTS, "loose_numbers"]}),
        (
            _("The words it is found by"),
            {"fields": ["themes", "populations", "groups", "instrument", "contexts", "gcr_objectives", "sdgs"]},
        ),
        (_("When and who"), {"fields": [("started", "ended"), "status", "lead", "partners", "funders"]}),
        (_("What it took"), {"fields": ["cost_band", ("cost_currency", "cost_year")]}),
        (_("What is known of its effect"), {"fields": ["evidence_level"]}),
        (_("Is it here already?"), {"fields": ["similar_entries"]}),
        (
            _("State"),
            {
                "fields": [
                    "state", ("submitted_at", "published_at", "archived_at"), ("confirmed_at", "freshness_name"),
                    "updated_at",
                ],
                "description": _("An entry moves on its page “Review”, or by the actions of the list."),
            },
        ),
    ]  # fmt: skip

    class Media:
        js = [Script("js/counts.js", defer=True)]

    def get_urls(self):
        return [*urls_of(self), *super().get_urls()]

    def history_view(self, request, object_id, extra_context=None):
        return history.history(request, object_id, desk=self)

    def get_queryset(self, request):
        return super().get_queryset(request).defer("search")

    def get_object(self, request, object_id, from_field=None):
        # Whoever saves holds the row from here on: two saves at once come one after the other.
        practice = super().get_object(request, object_id, from_field)
        if practice is None or request.method != "POST":
            return practice
        return self.get_queryset(request).select_for_update(of=["self"]).filter(pk=practice.pk).first()

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
        super().save_related(request, form, formsets, change)
        Version.objects.keep([form.instance.pk], by=request.user)

    def view_on_site(self, practice):
        return practice.get_absolute_url() if practice.state in ("public", "ended") else None

    @admin.display(description=_("state"))
    def state(self, practice):
        return STATES[practice.state]

    @admin.display(description=_("freshness"))
    def freshness_name(self, practice):
        return FRESHNESS.label(practice.freshness)

    @admin.display(description=_("numbers without a year"))
    def loose_numbers(self, practice):
        """Sentences to look at again: a number stands with its year and, as a figure, with its source."""
        known = [figure.value for figure in practice.figures.all()] if practice.pk else []
        found = [
            (label_of(name), sentence)
            for name in ("summary", *LONG_TEXTS)
            for sentence in numbers_without_year(getattr(practice, name), known)
        ]
        if not found:
            return _("None found.")
        listed = format_html_join("", "<li><b>{}</b>: {}</li>", found)
        advice = _("Say of which year each number is, or add it below as a figure with its year and source.")
        return format_html("<p>{}</p><ul>{}</ul>", advice, listed)

    @admin.display(description=_("similar public entries"))
    def similar_entries(self, practice):
        """Public entries with the most in common, so that nothing is told twice."""
        found = list(Practice.objects.similar_to(practice).select_related("city")) if practice.pk else []
        if not found:
            return _("None found.")
        rows = [
            (reverse("admin:practices_practice_change", args=[one.pk]), one.title, one.city, _in_common(practice, one))
            for one in found
        ]
        return format_html("<ul>{}</ul>", format_html_join("", '<li><a href="{}">{}</a>, {}. {}</li>', rows))


def _in_common(one: Practice, other: Practice) -> str:
    shared = facets.shared(one.tags, other.tags).items()
    return ", ".join(facets.BY_NAME[name].vocabulary.label(code) for name, codes in shared for code in codes)
