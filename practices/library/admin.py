"""Documents of the library with their points, cities and practices, at the desk."""

from django.contrib import admin, messages
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db.models import DateTimeField, Q
from django.db.models.functions import Cast
from django.forms import BaseInlineFormSet, ChoiceField, ModelForm
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from citysolidarity.desk.acts import log_act
from citysolidarity.desk.forms import DeskForm
from citysolidarity.desk.rows import LockedWhileSaving, NoneAddedOrDeleted, RemovedByEditing
from citysolidarity.desk.todo import ToDo, WaitsFilter
from citysolidarity.http.link_checker import Outcome
from practices.desk.fields import CityByAddress, LinesField, PracticeByAddress, SameAsPublic
from practices.desk.link_checks import OUTCOMES
from practices.desk.sources import PartForm
from practices.desk.translations import ListsTranslations
from practices.models import (
    City,
    DocumentCheck,
    DocumentCity,
    DocumentPoint,
    DocumentPractice,
    LibraryDocument,
    Practice,
)
from practices.vocabularies import languages

# Where a curator keeps the document as it is, nothing is left to do.
TO_MEND = Q(broken_since__isnull=False, kept_at__isnull=True, withdrawn_on__isnull=True)
BROKEN = ToDo("broken", _("Broken links of the library"), TO_MEND, Cast("broken_since", DateTimeField()))


class LibraryDocumentForm(DeskForm, ModelForm):
    title_language = ChoiceField(label=_("Language of the title"), choices=languages.choices)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "title_language" in self.fields:
            self.fields["title_language"].choices = lambda: languages.choices(chosen=self.instance.title_language)

    def clean_languages(self):
        codes = self.cleaned_data["languages"]
        if unknown := [code for code in codes if not languages.is_known(code)]:
            raise ValidationError(_("Unknown: %(codes)s"), params={"codes": ", ".join(unknown)}, code="unknown")
        return codes


class ShownPracticeForm(PartForm):
    practice = PracticeByAddress(Practice.objects.defer("search"))


class NamedCityForm(PartForm):
    city = CityByAddress(City.objects.defer("keywords"), required=False, label=_("its page here"))


class PlaceFormSet(BaseInlineFormSet):
    def clean(self):
        super().clean()
        ticked = [name for name in self.data if name.startswith("points-") and name.endswith("-DELETE")]
        removed = {self.data.get(name.removesuffix("DELETE") + "id", "") for name in ticked if self.data.get(name)}
        for form in self.forms:
            row = getattr(form, "cleaned_data", {})
            if row.get("point") and not row.get("DELETE") and str(row["point"].pk) in removed:
                form.add_error("point", _("This key point is being removed: select another one."))


class DocumentPartInline(SameAsPublic, RemovedByEditing, admin.StackedInline):
    form = PartForm
    extra = 1  # one empty form, for those without a script


class PointInline(DocumentPartInline):
    model = DocumentPoint
    fields = ["text", ("position", "anchor")]


class CityInline(DocumentPartInline):
    model = DocumentCity
    form = NamedCityForm
    fields = [("name", "country"), "city"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("city")


class PlaceInline(DocumentPartInline):
    model = DocumentPractice
    form = ShownPracticeForm
    formset = PlaceFormSet
    fields = ["practice", "point"]
    verbose_name = _("practice")
    verbose_name_plural = _("practices (save a new key point before you put a practice to it)")

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("practice__city")

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "point":
            kwargs["queryset"] = DocumentPoint.objects.filter(document=request.resolver_match.kwargs.get("object_id"))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class CheckInline(NoneAddedOrDeleted, admin.StackedInline):
    model = DocumentCheck
    fields = [("checked_at", "found", "status", "moved_to")]
    readonly_fields = ["checked_at", "found", "status", "moved_to"]
    extra = 0

    @admin.display(description=_("outcome"))
    def found(self, check):
        return OUTCOMES[Outcome(check.outcome)]


@admin.action(description=_("Checked: keep the selected documents as they are"), permissions=["change"])
def keep(desk, request, queryset):
    """A curator has seen that the addresses do not answer, and keeps the documents."""
    kept = [document for document in queryset if not document.why_not_keep()]
    for document in kept:
        document.keep()
        log_act(document, request.user, _("The document stays as it is and is no longer listed."))
    skipped = len(queryset) - len(kept)
    said = ngettext("%(count)d document stays as it is.", "%(count)d documents stay as they are.", len(kept))
    messages.success(request, said % {"count": len(kept)})
    if skipped:
        said = ngettext(
            "%(count)d was skipped: nothing had to be kept.", "%(count)d were skipped: nothing had to be kept.", skipped
        )
        messages.warning(request, said % {"count": skipped})


@admin.register(LibraryDocument)
class LibraryDocumentAdmin(ListsTranslations, SameAsPublic, LockedWhileSaving, admin.ModelAdmin):
    """Nobody deletes a document: it is withdrawn by a date, and its address says so."""

    form = LibraryDocumentForm
    formfield_overrides = {ArrayField: {"form_class": LinesField}}
    list_display = ["title", "kind", "publisher", "year", "published_on", "withdrawn_on", "broken_since"]
    list_filter = [WaitsFilter, "kind", ("broken_since", admin.EmptyFieldListFilter)]
    todos = [BROKEN]
    actions = [keep]
    search_fields = ["title__unaccent", "english_title__unaccent", "slug", "publisher__unaccent", "url"]
    inlines = [PointInline, CityInline, PlaceInline, CheckInline]
    readonly_fields = ["updated_at", "last_seen_on", "broken_since", "kept_at"]
    fieldsets = [
        (
            _("What it is"),
            {
                "fields": [
                    "title", "title_language", "english_title", "slug", "kind", "publisher", "organisations", "year",
                    "dates", "place", "languages", "summary", "themes",
                ]
            },
        ),
        (_("Where it is read"), {"fields": ["url", "more_urls", ("last_seen_on", "broken_since", "kept_at")]}),
        (_("What this rests on"), {"fields": ["basis", "note"]}),
        (_("State"), {"fields": [("published_on", "withdrawn_on"), "updated_at"]}),
    ]  # fmt: skip

    def get_inlines(self, request, obj):
        return self.inlines if obj else self.inlines[:2]

    def get_readonly_fields(self, request, obj=None):
        # Links and printed copies rest on the address of a public document. Asked of the database: ``obj`` holds what was typed.
        rows = LibraryDocument.objects.filter(published_on__lte=timezone.localdate())
        is_public = obj is not None and rows.filter(pk=obj.pk).exists()
        return [*self.readonly_fields, "slug"] if is_public else self.readonly_fields

    def get_prepopulated_fields(self, request, obj=None):
        return {} if "slug" in self.get_readonly_fields(request, obj) else {"slug": ["title"]}

    def save_related(self, request, form, formsets, change):
        # The points last: a practice that is moved from one that is removed with the same save must not lose its place.
        super().save_related(
            request, form, sorted(formsets, key=lambda formset: formset.model is DocumentPoint), change
        )

    def view_on_site(self, document):
        return (
            document.get_absolute_url() if LibraryDocument.objects.published().filter(pk=document.pk).exists() else None
        )
