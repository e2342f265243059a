"""Which practice stands under which promise: proposals from the themes, and ties that a curator makes."""

from django import forms
from django.contrib import admin
from django.db.models import F
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from citysolidarity.desk.curated import AddedByHand
from citysolidarity.desk.forms import DeskForm
from citysolidarity.desk.todo import Rank, ToDo, WaitsFilter
from pledges.models import Deed, StatementVersion
from pledges.models.deed import BY_EDITORS, WAITS
from pledges.vocabularies import CLAUSE_CODES
from practices.desk.fields import PracticeByAddress
from practices.models import Practice

TIED = ToDo(
    "tied", _("Ties of the editors, to be looked at"), BY_EDITORS, F("tied_at"), rank=Rank.UPKEEP, on_start=False
)
PROPOSED = ToDo("proposed", _("Practices proposed for promises"), WAITS, F("proposed_at"), rank=Rank.UPKEEP)


def clause_titles() -> dict[str, str]:
    """Code → title in the language of the desk, in the order of the statement."""
    version = StatementVersion.objects.current(get_language())
    titles = {clause.code: clause.title for clause in version.clauses.all()} if version else {}
    return {code: titles.get(code, code) for code in CLAUSE_CODES}


class ClauseFilter(admin.SimpleListFilter):
    title = _("promise")
    parameter_name = "clause"

    def lookups(self, request, model_admin):
        return list(clause_titles().items())

    def queryset(self, request, queryset):
        return queryset.filter(clause=self.value()) if self.value() in CLAUSE_CODES else queryset


class DeedForm(DeskForm, forms.ModelForm):
    practice = PracticeByAddress(
        Practice.objects.published().defer("search"),
        error_messages={"invalid_choice": _("There is no public entry at this address.")},
    )
    clause = forms.ChoiceField(label=_("promise"))

    class Meta:
        model = Deed
        fields = ["practice", "clause"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "clause" in self.fields:
            self.fields["clause"].choices = list(clause_titles().items())


@admin.register(Deed)
class DeedAdmin(AddedByHand):
    form = DeedForm
    list_display = ["entry", "promise", "proposed_at", "tied_at", "accepted_at", "refused_at"]
    list_display_links = ["promise"]
    list_filter = [WaitsFilter, ClauseFilter]
    list_per_page = 100
    todos = [PROPOSED, TIED]
    fields = ["entry", "promise", "proposed_at", "tied_at", "accepted_at", "refused_at", "decided_by"]

    @admin.display(description=_("promise"), ordering="clause")
    def promise(self, deed):
        return clause_titles().get(deed.clause, deed.clause)
