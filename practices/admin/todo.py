"""What waits for a curator: each kind is one condition, for the filter of its list and for the desk's start page."""

from dataclasses import dataclass
from datetime import timedelta

from django.contrib import admin
from django.db.models import DateTimeField, Exists, Expression, F, Min, OuterRef, Q, Subquery
from django.db.models.functions import Cast, Coalesce, Now
from django.utils.translation import gettext_lazy as _

from practices.models import ContactRoute, PracticeLetter
from practices.models import confirmation as answers
from practices.models import enquiry as questions
from practices.models import report as reports
from practices.models import translation as translations
from practices.models.queryset import OVER, YEAR

# It has no "done" of its own: after a month it has been seen, or another letter went.
GIVEN_UP_WAITS_FOR = timedelta(days=30)


@dataclass(frozen=True)
class ToDo:
    """Rows that wait: ``query`` selects them in the list, ``since`` says from when each of them waits."""

    code: str
    label: str
    condition: Q
    since: Expression
    parameter: str = "waits"

    @property
    def query(self) -> dict[str, str]:
        """The query string of the list that shows exactly these."""
        return {self.parameter: self.code}


PUBLIC = Q(published_at__isnull=False, archived_at__isnull=True)
BOUNCED_ROUTES = ContactRoute.objects.bounced().filter(practice=OuterRef("pk"))
FIRST_BOUNCE = BOUNCED_ROUTES.order_by().values("practice").annotate(first=Min("bounced_at")).values("first")


def given_up():
    """Letters about a practice of the outer query that no server took or refused, and that a curator may still see to.

    Those to a mailbox that has another address by now are settled.
    """
    recent = PracticeLetter.objects.given_up().filter(posted_at__gt=Now() - GIVEN_UP_WAITS_FOR)
    current = recent.filter(Q(route__isnull=True) | Q(posted_at__gte=F("route__since")))
    about = Coalesce("confirmation__practice", "enquiry__practice", "report__practice")
    return current.annotate(about=about).filter(about=OuterRef("pk"))


def since_given_up() -> Subquery:
    """When the oldest of these letters was posted."""
    return Subquery(given_up().order_by("posted_at").values("posted_at")[:1])


IN_REVIEW = ToDo(
    "in-review",
    _("Practices in review"),
    Q(published_at__isnull=True, submitted_at__isnull=False),
    F("submitted_at"),
    parameter="state",
)
DUE = ToDo(
    "due",
    _("Practices due for confirmation"),
    PUBLIC & ~OVER & (Q(confirmed_at__isnull=True) | Q(confirmed_at__lt=Now() - YEAR)),
    Coalesce(F("confirmed_at") + YEAR, F("published_at")),
)
BOUNCED = ToDo(
    "bounced", _("Practices whose mailbox bounced"), PUBLIC & Q(Exists(BOUNCED_ROUTES)), Subquery(FIRST_BOUNCE)
)
GIVEN_UP = ToDo(
    "given-up", _("Practices whose letters were given up"), PUBLIC & Q(Exists(given_up())), since_given_up()
)
CHANGED = ToDo("changed", _("Answers of cities to work in"), answers.WAITS, F("answered_at"))
REPORTED = ToDo("open", _("Problems reported"), reports.OPEN, F("sent_at"))
UNANSWERED = ToDo("unanswered", _("Questions nobody answered"), questions.WAITS, F("curators_at"))
TO_JOIN = ToDo("to-join", _("Answers that may be shown"), questions.MAY_JOIN, F("answered_at"))
BEHIND = ToDo(
    "behind",
    _("Translations behind their original"),
    translations.STANDS & Q(Exists(translations.later())),
    translations.behind_since(),
)
TO_PUBLISH = ToDo("to-publish", _("Translations waiting to be published"), translations.TO_PUBLISH, F("changed_at"))
BROKEN = ToDo("broken", _("Broken links"), Q(broken_since__isnull=False), Cast("broken_since", DateTimeField()))


class WaitsFilter(admin.SimpleListFilter):
    """What waits for a curator, the longest waiting first."""

    title = _("what waits")
    parameter_name = "waits"

    def __init__(self, request, params, model, model_admin):
        self.todos = [todo for todo in model_admin.todos if todo.parameter == self.parameter_name]
        super().__init__(request, params, model, model_admin)

    def lookups(self, request, model_admin):
        return [(todo.code, todo.label) for todo in self.todos]

    def queryset(self, request, queryset):
        found = next((todo for todo in self.todos if todo.code == self.value()), None)
        return queryset.filter(found.condition).order_by(found.since, "pk") if found else queryset
