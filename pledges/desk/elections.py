"""Days of municipal elections: entered by curators, or given by cities when they renew."""

from django import forms
from django.contrib import admin
from django.db.models import DateTimeField, F
from django.db.models.functions import Cast, Coalesce, Now
from django.utils.translation import gettext_lazy as _

from citysolidarity.desk.curated import CuratedAdmin
from citysolidarity.desk.decided import UNDECIDED
from citysolidarity.desk.forms import DeskForm
from citysolidarity.desk.todo import Rank, ToDo, WaitsFilter
from pledges.models import Election
from practices.models import City

GIVEN = ToDo(
    "given",
    _("Election days given by cities"),
    UNDECIDED,
    Coalesce(F("said_at"), Cast("held_on", DateTimeField())),
    rank=Rank.UPKEEP,
)


class ElectionForm(DeskForm, forms.ModelForm):
    class Meta:
        model = Election
        fields = ["city", "held_on", "source_url"]
        widgets = {"held_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "city" in self.fields:
            self.fields["city"].queryset = City.objects.defer("keywords").in_name_order()


@admin.register(Election)
class ElectionAdmin(CuratedAdmin):
    form = ElectionForm
    list_display = ["place", "held_on", "said_at", "accepted_at", "refused_at"]
    list_filter = [WaitsFilter]
    list_select_related = ["city"]
    search_fields = ["city__keywords__unaccent", "city__slug"]
    todos = [GIVEN]
    saves = True
    fields = ["city", "held_on", "source_url", "said_at", "accepted_at", "refused_at", "decided_by"]
    readonly_fields = ["said_at", "accepted_at", "refused_at", "decided_by"]

    def has_add_permission(self, request):
        return self.has_curate_permission(request)

    def save_model(self, request, obj, form, change):
        if not change:
            obj.accepted_at, obj.decided_by = Now(), request.user
        super().save_model(request, obj, form, change)

    @admin.display(description=_("city"), ordering="city__name")
    def place(self, election):
        return f"{election.city.full_name}, {election.city.get_country_display()}"
