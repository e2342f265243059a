"""Guides with their steps, and with what stands under each step, at the desk."""

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.forms import BaseInlineFormSet, ModelForm
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from citysolidarity.desk.forms import DeskForm
from citysolidarity.desk.rows import LockedWhileSaving, RemovedByEditing
from practices.desk.fields import PracticeByAddress, SameAsPublic, keep_language
from practices.desk.sources import PartForm
from practices.desk.translations import ListsTranslations
from practices.models import Guide, GuideDocument, GuidePractice, GuideStep, Practice
from practices.models.entries.workflow import STATES
from practices.vocabularies.languages import base_of


class GuideForm(DeskForm, ModelForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        keep_language(self)

    def clean_language(self):
        language = self.cleaned_data["language"]
        if self.instance.pk and self.instance.translations.filter(language=base_of(language)).exists():
            raise ValidationError(_("There is a translation into this language: the original is in another one."))
        return language


class GuidePlaceForm(PartForm):
    practice = PracticeByAddress(Practice.objects.defer("search"))


class DocumentForm(PartForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        keep_language(self)


class StepInline(SameAsPublic, RemovedByEditing, admin.StackedInline):
    model = GuideStep
    form = PartForm
    fields = ["heading", "text", "position"]
    extra = 1  # one empty form, for those without a script
    verbose_name_plural = _("steps (what stands under a step is removed with it)")


class InStepFormSet(BaseInlineFormSet):
    def clean(self):
        super().clean()
        removed = removed_steps(self.data)
        for form in self.forms:
            row = getattr(form, "cleaned_data", {})
            if form.has_changed() and row.get("step") and not row.get("DELETE") and str(row["step"].pk) in removed:
                form.add_error("step", _("This step is being removed: select another one."))


def removed_steps(data) -> set[str]:
    """The keys of the steps that this form removes, as they were sent."""
    ticked = [name.removesuffix("-DELETE") for name in data if name.startswith("steps-") and name.endswith("-DELETE")]
    return {data.get(f"{step}-id", "") for step in ticked if data.get(f"{step}-DELETE")}


class InStepInline(SameAsPublic, RemovedByEditing, admin.StackedInline):
    form = PartForm
    formset = InStepFormSet
    extra = 1  # one empty form, for those without a script

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "step":
            guide = request.resolver_match.kwargs.get("object_id")
            kwargs["queryset"] = GuideStep.objects.filter(guide=guide) if guide else GuideStep.objects.none()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class PracticeInline(InStepInline):
    model = GuidePractice
    form = GuidePlaceForm
    fields = [("step", "position"), "practice", "state", "why"]
    readonly_fields = ["state"]
    verbose_name = _("practice")
    verbose_name_plural = _("practices (save a new step before you put a practice into it)")

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("practice__city")

    @admin.display(description=_("state"))
    def state(self, row):
        """A practice that is not public is left out of the page without a trace."""
        if not row.practice_id:
            return "–"
        state = row.practice.state
        sentence = (
            _("%(state)s: readers see it here.") if state in ("public", "ended") else _("%(state)s: left out here.")
        )
        return sentence % {"state": STATES[state]}


class DocumentInline(InStepInline):
    model = GuideDocument
    form = DocumentForm
    fields = [("step", "position"), "title", "url", ("publisher", "year", "language"), "why"]
    verbose_name = _("document")
    verbose_name_plural = _("documents")


@admin.register(Guide)
class GuideAdmin(ListsTranslations, SameAsPublic, LockedWhileSaving, admin.ModelAdmin):
    form = GuideForm
    list_display = ["title", "question", "published_on", "withdrawn_on", "updated_at"]
    search_fields = ["title__unaccent", "slug", "question", "introduction"]
    inlines = [StepInline, PracticeInline, DocumentInline]
    readonly_fields = ["updated_at"]
    fieldsets = [
        (_("What it is about"), {"fields": ["title", "slug", "question", "for_whom", "introduction", "language"]}),
        (
            _("State"),
            {
                "fields": [("published_on", "withdrawn_on"), "position", "updated_at"],
                "description": _("Readers see a guide as soon as something in it is public."),
            },
        ),
    ]

    def get_inlines(self, request, obj):
        return self.inlines if obj else self.inlines[:1]

    def get_readonly_fields(self, request, obj=None):
        # Links and printed copies rest on the address of a public guide. Asked of the database: ``obj`` holds what was typed.
        is_public = obj is not None and Guide.objects.filter(pk=obj.pk, published_on__lte=timezone.localdate()).exists()
        return [*self.readonly_fields, "slug"] if is_public else self.readonly_fields

    def get_prepopulated_fields(self, request, obj=None):
        return {} if "slug" in self.get_readonly_fields(request, obj) else {"slug": ["title"]}

    def save_related(self, request, form, formsets, change):
        # The steps last: what is moved out of one that is removed with the same save must not go with it.
        super().save_related(request, form, sorted(formsets, key=lambda formset: formset.model is GuideStep), change)

    def view_on_site(self, guide):
        return guide.get_absolute_url() if Guide.objects.published().filter(pk=guide.pk).exists() else None
