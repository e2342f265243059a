"""Practices with their sources and figures, at the desk."""

from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.contrib.postgres.fields import ArrayField
from django.forms import ModelForm
from django.utils.translation import gettext_lazy as _

from practices.admin.actions import archive, publish
from practices.admin.fields import LinesField
from practices.admin.filters import NAMES, StateFilter, by_word, state_of
from practices.admin.sources import FigureInline, SourceInline
from practices.models import Practice
from practices.vocabularies import FRESHNESS, SUBREGIONS


class PracticeForm(ModelForm):
    class Meta:
        widgets = {"summary": AdminTextareaWidget(attrs={"rows": 3})}


@admin.register(Practice)
class PracticeAdmin(admin.ModelAdmin):
    form = PracticeForm
    formfield_overrides = {ArrayField: {"form_class": LinesField}}
    list_display = ["title", "city", "state", "freshness_name", "updated_at"]
    list_filter = [StateFilter, "status", "instrument", by_word("city__region", SUBREGIONS, _("region"))]
    list_select_related = ["city"]
    search_fields = ["title", "slug", "summary", "city__name"]
    autocomplete_fields = ["city"]
    inlines = [SourceInline, FigureInline]
    actions = [publish, archive]
    readonly_fields = [
        "state", "published_at", "archived_at", "confirmed_at", "freshness_name", "updated_at",
    ]  # fmt: skip
    fieldsets = [
        (_("What and where"), {"fields": ["title", "slug", "city", "area", "language", "summary"]}),
        (_("The story"), {"fields": ["challenge", "approach", "results", "lessons", "what_did_not_work"]}),
        (
            _("The words it is found by"),
            {"fields": ["themes", "populations", "groups", "instrument", "contexts", "gcr_objectives", "sdgs"]},
        ),
        (_("When and who"), {"fields": [("started", "ended"), "status", "lead", "partners", "funders"]}),
        (_("What it took"), {"fields": ["cost_band", ("cost_currency", "cost_year")]}),
        (_("What is known of its effect"), {"fields": ["evidence_level"]}),
        (
            _("State"),
            {
                "fields": ["state", "published_at", "archived_at", ("confirmed_at", "freshness_name"), "updated_at"],
                "description": _("Practices are published and archived by the actions of the list."),
            },
        ),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).defer("search")

    def get_readonly_fields(self, request, obj=None):
        # Once an entry was public, links and printed briefs rest on its address.
        was_public = obj is not None and obj.published_at is not None
        return [*self.readonly_fields, "slug"] if was_public else self.readonly_fields

    def get_prepopulated_fields(self, request, obj=None):
        return {} if "slug" in self.get_readonly_fields(request, obj) else {"slug": ["title"]}

    def view_on_site(self, practice):
        return practice.get_absolute_url() if state_of(practice) == "public" else None

    @admin.display(description=_("state"))
    def state(self, practice):
        return NAMES[state_of(practice)]

    @admin.display(description=_("freshness"))
    def freshness_name(self, practice):
        return FRESHNESS.label(practice.freshness)
