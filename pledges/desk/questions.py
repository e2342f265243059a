"""What institutions wrote beside their answers to the yearly question about commitments."""

from django.contrib import admin
from django.db.models import DateTimeField, ExpressionWrapper, F, Q
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from citysolidarity.desk.curated import CuratedAdmin, accept_all, refuse_all, told, why_not_accept, why_not_refuse
from citysolidarity.desk.decisions import Act
from citysolidarity.desk.teamwork.admin import AssignedFilter
from citysolidarity.desk.todo import Coming, Rank, ToDo, WaitsFilter
from pledges.models import CommitmentQuestion
from pledges.models.question import ANSWER_WAITS, REMINDED_AFTER
from pledges.models.workflow import CURATE

ANSWERED = ToDo(
    "answered", _("Words of cities about their commitments"), ANSWER_WAITS, F("answered_at"), rank=Rank.PEOPLE
)
REMINDED = Coming(
    _("We send a reminder of the yearly question about commitments if the city has not answered"),
    Q(answered_at__isnull=True, reminded_at__isnull=True),
    ExpressionWrapper(F("asked_at") + REMINDED_AFTER, output_field=DateTimeField()),
)


def without_words(question) -> bool:
    return not question.has_typed


def show(question, by):
    return told(question.accept(by), _("What the city wrote is shown now."))


def keep(question, by):
    return told(question.refuse(by), _("What the city wrote is not shown."))


@admin.register(CommitmentQuestion)
class CommitmentQuestionAdmin(CuratedAdmin):
    """The state is public by itself. Accept what was typed, and it is shown beside it."""

    list_display = ["city", "promise", "year", "state", "asked_at", "answered_at", "accepted_at", "refused_at"]
    list_display_links = ["promise"]
    list_filter = [WaitsFilter, AssignedFilter, "state", "year"]
    list_select_related = ["commitment__signature__city"]
    search_fields = ["commitment__signature__city__keywords__unaccent", "commitment__text"]
    todos = [ANSWERED]
    comings = [REMINDED]
    actions = [accept_all, refuse_all]
    acts = [
        Act("accept", _("Show what the city wrote"), why_not_accept, show, hides=without_words),
        Act("refuse", _("Do not show what the city wrote"), why_not_refuse, keep, hides=without_words),
    ]
    fields = [
        "city", "promise", "office", "year", "asked_at", "reminded_at", "answered_at", "state", "text", "page",
        "accepted_at", "refused_at", "decided_by",
    ]  # fmt: skip
    readonly_fields = fields

    def has_view_permission(self, request, obj=None):
        # What the public wrote is for those who decide on it.
        return request.user.has_perm(CURATE)

    @admin.display(description=_("city"), ordering="commitment__signature__city__name")
    def city(self, question):
        return question.commitment.signature.city

    @admin.display(description=_("commitment"))
    def promise(self, question):
        return question.commitment.text

    @admin.display(description=_("office"))
    def office(self, question):
        return question.commitment.office or gettext("None given")

    @admin.display(description=_("page that shows it"))
    def page(self, question):
        return format_html('<a href="{0}" rel="noreferrer">{0}</a>', question.url) if question.url else "–"
