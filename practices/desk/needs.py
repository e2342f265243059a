"""What town halls ask for, with the practices that answer it, at the desk; what none answers is a list of gaps."""

from django.contrib import admin
from django.contrib.postgres.fields import ArrayField
from django.forms import ModelForm
from django.utils.translation import gettext_lazy as _

from citysolidarity.desk.forms import DeskForm
from citysolidarity.desk.rows import LockedWhileSaving, RemovedByEditing
from practices.desk.fields import LinesField, PracticeByAddress
from practices.desk.sources import PartForm
from practices.models import Need, NeedPractice, Practice


class NeedForm(DeskForm, ModelForm):
    class Meta:
        help_texts = {
            "slug": _("In lower case and with hyphens, for files. Readers do not see it."),
            "phrases": _(
                "One per line, in any language: how a town hall asks for it, such as “interpreters at night” or “how do we "
                "talk to patients”. The first one names the need in the list. Readers do not see them."
            ),
        }


class NeedPracticeForm(PartForm):
    practice = PracticeByAddress(Practice.objects.defer("search"))


class NeedPracticeInline(RemovedByEditing, admin.StackedInline):
    model = NeedPractice
    form = NeedPracticeForm
    extra = 1  # one empty form, for those without a script

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("practice__city")


class GapFilter(admin.SimpleListFilter):
    title = _("practices that answer")
    parameter_name = "answered"

    def lookups(self, request, model_admin):
        return [("no", _("No practice answers"))]

    def queryset(self, request, queryset):
        return queryset.filter(answered=0) if self.value() == "no" else queryset


@admin.register(Need)
class NeedAdmin(LockedWhileSaving, admin.ModelAdmin):
    form = NeedForm
    formfield_overrides = {ArrayField: {"form_class": LinesField, "required": True}}
    fields = ["phrases", "slug"]
    list_display = ["__str__", "answered", "helped"]
    list_filter = [GapFilter]
    ordering = ["phrases"]  # the first one is what the list shows
    search_fields = ["phrases", "slug"]
    inlines = [NeedPracticeInline]

    def get_queryset(self, request):
        return super().get_queryset(request).counted().defer("embedding")

    @admin.display(description=_("practices that answer"), ordering="answered")
    def answered(self, need):
        return need.answered

    @admin.display(description=_("practices that help"), ordering="helped")
    def helped(self, need):
        return need.helped

    def get_readonly_fields(self, request, obj=None):
        # A load knows it by this.
        return ["slug"] if obj else []

    def has_delete_permission(self, request, obj=None):
        # One that was added by mistake has no practices yet.
        return self.has_change_permission(request, obj) and not (obj and obj.needpractices.exists())
