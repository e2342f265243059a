from datetime import timedelta

from django.db.models import DateTimeField, Exists, F, Min, OuterRef, Q, Subquery
from django.db.models.functions import Cast, Greatest, Now
from django.utils.translation import gettext_lazy as _

from citysolidarity.desk.todo import Coming, Rank, ToDo
from pledges.models import Signature, SignatureEvent, SignatureLetter
from pledges.models.queryset import IN_STATE, NOT_ENDED
from pledges.models.workflow import CONFIRM_WITHIN, CONFIRMATION_REQUESTS
from pledges.vocabularies import Kind, State, Visibility

# A bounced e-mail is never marked as handled, so stop listing it after a month.
BOUNCES_WAIT_FOR = timedelta(days=30)


def undelivered():
    """The e-mails about a signature of the outer query that bounced or never left within the last month."""
    recent = SignatureLetter.objects.undelivered().filter(posted_at__gt=Now() - BOUNCES_WAIT_FOR)
    arrived = SignatureLetter.objects.filter(signature=OuterRef("signature"), posted_at__gt=OuterRef("posted_at"))
    return recent.filter(~Exists(arrived.filter(sent_at__isnull=False)), signature=OuterRef("pk"))


def first_undelivered_at() -> Subquery:
    first = undelivered().order_by().values("signature").annotate(first=Min("posted_at"))
    return Subquery(first.values("first"))


def needs_somebody_else(user) -> Q:
    """Of the verified ones those that this user may not publish. The rule is one of domains, which SQL does not know."""
    verified = SignatureEvent.objects.filter(signature=OuterRef("pk"), kind=Kind.VERIFIED, by=user)
    rows = Signature.objects.in_state(State.VERIFIED).filter(Exists(verified)).with_city().select_related("contact")
    return Q(pk__in=[row.pk for row in rows if row.needs_second_curator])


def last_asked_to_confirm() -> Subquery:
    asked = SignatureLetter.objects.filter(signature=OuterRef("pk"), name__in=CONFIRMATION_REQUESTS)
    return Subquery(asked.order_by("-posted_at").values("posted_at")[:1])


BECOMES_PUBLIC = Coming(
    _("The signature becomes public"),
    IN_STATE[State.PUBLISHED] & Q(visibility=Visibility.FROM_DATE),
    Cast("public_from", DateTimeField()),
)
EXPIRES = Coming(
    _("The signature expires if nobody confirms it"),
    IN_STATE[State.DRAFTED],
    Greatest(F("drafted_at"), last_asked_to_confirm()) + CONFIRM_WITHIN,
)
TO_VERIFY = ToDo("to-verify", _("Signatures to verify"), IN_STATE[State.CONFIRMED], F("confirmed_at"), rank=Rank.PEOPLE)
TO_PUBLISH = ToDo(
    "to-publish",
    _("Verified signatures to publish"),
    IN_STATE[State.VERIFIED],
    F("verified_at"),
    rank=Rank.PEOPLE,
    not_for=needs_somebody_else,
)
BOUNCED = ToDo(
    "bounced",
    _("Signatures whose e-mails did not arrive"),
    NOT_ENDED & Q(Exists(undelivered())),
    first_undelivered_at(),
)
