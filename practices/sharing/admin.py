"""What cities sent, at the desk: a list to work off, and a page for each (``decide``)."""

from datetime import timedelta

from django.contrib import admin
from django.db.models import Exists, F, Min, OuterRef, Q, Subquery
from django.db.models.functions import Now
from django.urls import path
from django.utils.timesince import timesince
from django.utils.translation import gettext_lazy as _

from citysolidarity.desk.exports import Column, ExportedList
from citysolidarity.desk.rows import NoneAddedOrDeleted
from citysolidarity.desk.teamwork.admin import AssignedFilter
from citysolidarity.desk.todo import Rank, ToDo
from citysolidarity.desk.writing.admin import WritesToSender
from practices.models import CuratorQuestion, Submission, SubmissionLetter
from practices.models.sharing.submission import DECIDED, SENT, STATES
from practices.sharing import decision_views

OPEN_QUESTION = CuratorQuestion.objects.open().filter(submission=OuterRef("pk"))
WAITING = SENT & ~DECIDED & ~Exists(OPEN_QUESTION)
ASKED = SENT & ~DECIDED & Exists(OPEN_QUESTION)
# A bounced letter is never marked as handled, so stop listing it after a month.
BOUNCES_WAIT_FOR = timedelta(days=30)


def undelivered():
    """Letters about a submission of the outer query that bounced or never left, with none that arrived after them."""
    arrived = SubmissionLetter.objects.filter(submission=OuterRef("submission"), sent_at__isnull=False)
    recent = SubmissionLetter.objects.undelivered().filter(posted_at__gt=Now() - BOUNCES_WAIT_FOR)
    recent = recent.filter(~Exists(arrived.filter(posted_at__gt=OuterRef("posted_at"))))
    return recent.filter(submission=OuterRef("pk"))


def since_bounce() -> Subquery:
    first = undelivered().order_by().values("submission").annotate(first=Min("posted_at"))
    return Subquery(first.values("first"))


BOUNCED = SENT & Q(Exists(undelivered()))


class SubmissionStateFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        states = [(code, label) for code, label in STATES.items() if code != "begun"]
        return [*states, ("bounced", _("E-mails did not arrive"))]

    def queryset(self, request, queryset):
        match self.value():
            case "waiting":
                return queryset.filter(WAITING)
            case "asked":
                return queryset.filter(ASKED)
            case "bounced":
                return queryset.filter(BOUNCED)
            case "accepted" | "refused" | "withdrawn" as state:
                return queryset.filter(**{f"{state}_at__isnull": False})
        return queryset


@admin.register(Submission)
class SubmissionAdmin(ExportedList, WritesToSender, NoneAddedOrDeleted, admin.ModelAdmin):
    export_columns = (
        Column("reference"),
        Column("kind", lambda submission: submission.get_kind_display()),
        Column("title"),
        Column("city", "place"),
        Column("country"),
        Column("state", lambda submission: STATES[submission.state]),
        Column("about", "about__slug"),
        Column("entry", "practice__slug"),
        Column("sent", "sent_at"),
        Column("accepted", "accepted_at"),
        Column("refused", "refused_at"),
        Column("withdrawn", "withdrawn_at"),
        Column("office", is_private=True),
        Column("email", is_private=True),
    )
    todos = [
        ToDo("waiting", _("Submissions to read"), WAITING, F("sent_at"), parameter="state", rank=Rank.PEOPLE),
        ToDo(
            "asked",
            _("Submissions waiting for an answer from the city"),
            ASKED,
            Subquery(OPEN_QUESTION.values("asked_at")[:1]),
            parameter="state",
        ),
        ToDo("bounced", _("Submissions whose e-mails did not arrive"), BOUNCED, since_bounce(), parameter="state"),
    ]
    list_display = ["title", "place", "kind", "stands", "waits", "reference"]
    list_filter = [SubmissionStateFilter, AssignedFilter, "kind"]
    search_fields = ["title", "place__unaccent", "reference", "email", "office"]
    show_facets = admin.ShowFacets.ALWAYS
    show_full_result_count = False
    actions = None

    def get_urls(self):
        view = self.admin_site.admin_view(decision_views.preview)
        own = path("<int:object_id>/preview/", view, {"desk": self}, "practices_submission_preview")
        return [own, *super().get_urls()]

    def get_queryset(self, request):
        # What somebody has only begun is theirs alone.
        submissions = super().get_queryset(request).filter(SENT).with_open_question()
        return submissions.select_related("about", "practice").defer("about__search", "practice__search")

    def get_ordering(self, request):
        return ["sent_at", "pk"]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        return decision_views.decide(request, object_id, desk=self)

    @admin.display(description=_("state"))
    def stands(self, submission):
        return STATES[submission.state]

    @admin.display(description=_("waiting for"), ordering="sent_at")
    def waits(self, submission):
        return timesince(submission.sent_at, depth=1) if submission.is_undecided else "–"
