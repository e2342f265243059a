"""What waits for a curator: each kind is one condition, for the filter of its list and for the desk's start page."""

from datetime import timedelta

from django.db.models import Count, Exists, F, Min, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Greatest, Now
from django.utils.translation import gettext_lazy as _

from citysolidarity.desk.todo import Coming, Rank, ToDo
from practices.models import Confirmation, ContactRoute, Enquiry, PracticeLetter
from practices.models.correspondence.confirmation import ASKED_AFTER, ASKED_AGAIN_AFTER
from practices.models.correspondence.contact import ContactRole
from practices.models.entries.queryset import OVER, YEAR

# A letter that was given up is never marked as handled, so stop listing it after a month.
GIVEN_UP_WAITS_FOR = timedelta(days=30)


PUBLIC = Q(published_at__isnull=False, archived_at__isnull=True)
BOUNCED_ROUTES = ContactRoute.objects.bounced().filter(practice=OuterRef("pk"))
# The yearly question and the curators' own turn to those who speak for the city.
SPEAKING = ContactRoute.objects.speaking().filter(practice=OuterRef("pk"), seat=ContactRole.ROLE)
UNCONFIRMED_FOR_A_YEAR = Q(confirmed_at__isnull=True) | Q(confirmed_at__lt=Now() - YEAR)
FIRST_BOUNCE = BOUNCED_ROUTES.order_by().values("practice").annotate(first=Min("bounced_at")).values("first")


def given_up():
    """Letters about a practice of the outer query that no server took or refused, and that a curator may still see to.

    Those to a mailbox that has another address by now are settled.
    """
    recent = PracticeLetter.objects.given_up().filter(posted_at__gt=Now() - GIVEN_UP_WAITS_FOR)
    current = recent.filter(Q(route__isnull=True) | Q(posted_at__gte=F("route__since")))
    about = Coalesce("confirmation__practice", "enquiry__practice", "report__practice", "route__practice")
    return current.annotate(about=about).filter(about=OuterRef("pk"))


def since_given_up() -> Subquery:
    return Subquery(given_up().order_by("posted_at").values("posted_at")[:1])


IN_REVIEW = ToDo(
    "in-review",
    _("Practices in review"),
    Q(published_at__isnull=True, submitted_at__isnull=False),
    F("submitted_at"),
    parameter="state",
    rank=Rank.PEOPLE,
)
DUE = ToDo(
    "due",
    _("Practices due for confirmation"),
    PUBLIC & ~OVER & Q(Exists(SPEAKING)) & Q(published_at__lt=Now() - YEAR) & UNCONFIRMED_FOR_A_YEAR,
    Coalesce(F("confirmed_at"), F("published_at")) + YEAR,
)
# Nobody can be asked: for years this stays long, and on the start page it would teach people not to look.
ASKED_ABOUT = Enquiry.objects.filter(practice=OuterRef("pk")).order_by().values("practice").annotate(number=Count("pk"))
# Readers are not counted; those whose questions reach nobody are.
NOBODY = ToDo(
    "nobody",
    _("Without an e-mail address that speaks for the city, most asked about first"),
    PUBLIC & ~OVER & ~Q(Exists(SPEAKING)),
    -Coalesce(Subquery(ASKED_ABOUT.values("number")), 0),
    on_start=False,
)
LAST_ASKED = Confirmation.objects.filter(practice=OuterRef("pk")).order_by("-asked_at").values("asked_at")[:1]
YEARLY = Coming(
    _("The yearly question is sent"),
    PUBLIC & ~OVER & Q(Exists(SPEAKING)),
    # One that is due already leaves with the next tidying, and Greatest leaves out what is unknown.
    Greatest(F("confirmed_at") + ASKED_AFTER, Subquery(LAST_ASKED) + ASKED_AGAIN_AFTER),
)
BOUNCED = ToDo(
    "bounced", _("Practices whose e-mail address bounced"), PUBLIC & Q(Exists(BOUNCED_ROUTES)), Subquery(FIRST_BOUNCE)
)
GIVEN_UP = ToDo(
    "given-up", _("Practices whose e-mails could not be delivered"), PUBLIC & Q(Exists(given_up())), since_given_up()
)
