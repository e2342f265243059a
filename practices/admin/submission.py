"""What cities sent, at the desk: a list to work off, and a page for each (``handling``)."""

from datetime import timedelta

from django.contrib import admin
from django.db.models import Exists, F, Min, OuterRef, Q, Subquery
from django.db.models.functions import Now
from django.urls import path
from django.utils.timesince import timesince
from django.utils.translation import gettext_lazy as _

from practices.admin import handling
from practices.admin.todo import ToDo
from practices.models import CuratorQuestion, Submission, SubmissionLetter
from practices.models.submission import DECIDED, SENT, STATES

OPEN_QUESTION = CuratorQuestion.objects.open().filter(submission=OuterRef("pk"))
WAITING = SENT & ~DECIDED & ~Exists(OPEN_QUESTION)
ASKED = SENT & ~DECIDED & Exists(OPEN_QUESTION)
# A bounce has no "done" of its own: after a month it has been seen, or the submission has moved on.
BOUNCES_WAIT_FOR = timedelta(days=30)


def undelivered():
    """Letters about a submission of the outer query that bounced or never left, and that a curator may still see to."""
    recent = SubmissionLetter.objects.undelivered().filter(posted_at__gt=Now() - BOUNCES_WAIT_FOR)
    return recent.filter(submission=OuterRef("pk"))


def since_bounce() -> Subquery:
    """When the oldest of these letters was posted."""
    first = undelivered().order_by().values("submission").annotate(first=Min("posted_at"))
    return Subquery(first.values("first"))


BOUNCED = SENT & Q(Exists(undelivered()))


class StateFilter(admin.SimpleListFilter):
    """Where they stand; the first is the list of things to do."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        states = [(code, label) for code, label in STATES.items() if code != "begun"]
        return [*states, ("bounced", _("Letters did not arrive"))]

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
class SubmissionAdmin(admin.ModelAdmin):
    todos = [
        ToDo("waiting", _("Submissions to read"), WAITING, F("sent_at"), parameter="state"),
        ToDo(
            "asked",
            _("Questions that cities have not answered"),
            ASKED,
            Subquery(OPEN_QUESTION.values("asked_at")[:1]),
            parameter="state",
        ),
        ToDo("bounced", _("Submissions whose letters did not arrive"), BOUNCED, since_bounce(), parameter="state"),
    ]
    list_display = ["title", "place", "kind", "stands", "waits", "reference"]
    list_filter = [StateFilter, "kind"]
    search_fields = ["title", "place", "reference"]
    show_facets = admin.ShowFacets.ALWAYS
    show_full_result_count = False
    actions = None

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_urls(self):
        view = self.admin_site.admin_view(handling.preview)
        own = path("<int:object_id>/preview/", view, {"desk": self}, "practices_submission_preview")
        return [own, *super().get_urls()]

    def get_queryset(self, request):
        # What somebody has only begun is theirs alone.
        found = super().get_queryset(request).filter(SENT).with_open_question()
        return found.select_related("about", "practice").defer("about__search", "practice__search")

    def get_ordering(self, request):
        return ["sent_at", "pk"]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        return handling.handling(request, object_id, desk=self)

    @admin.display(description=_("state"))
    def stands(self, submission):
        return STATES[submission.state]

    @admin.display(description=_("waiting for"), ordering="sent_at")
    def waits(self, submission):
        return timesince(submission.sent_at, depth=1) if submission.is_undecided else "–"
