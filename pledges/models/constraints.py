"""Which dates and choices of a signature can stand together: the database refuses every other pair."""

from django.db import models
from django.db.models import F, Q

from pledges.vocabularies import Office, Origin, Precision, Refusal, Visibility

ENDS = ("expired_at", "refused_at", "withdrawn_at", "superseded_at")
LIVE = Q(published_at__isnull=False, withdrawn_at__isnull=True, superseded_at__isnull=True)


def exists(name: str) -> Q:
    return Q(**{f"{name}__isnull": False})


def missing(name: str) -> Q:
    return Q(**{f"{name}__isnull": True})


def follows(later: str, earlier: str) -> models.CheckConstraint:
    """``later`` needs ``earlier``, and does not come before it; history skips the ladder."""
    in_order = exists(earlier) & Q(**{f"{later}__gte": F(earlier)})
    return models.CheckConstraint(
        condition=missing(later) | in_order | Q(origin=Origin.STATED), name=f"signature_{later}_follows_{earlier}"[:60]
    )


def at_most_one(names: tuple[str, ...]) -> Q:
    """No two of these dates are set."""
    condition = Q()
    for at, first in enumerate(names):
        for second in names[at + 1 :]:
            condition &= missing(first) | missing(second)
    return condition


HISTORY = (
    Q(version__isnull=True, drafted_at__isnull=True, confirmed_at__isnull=True, verified_at__isnull=True)
    & Q(expired_at__isnull=True, refused_at__isnull=True, published_at__isnull=False)
    # A person's name is shown only where that person agreed, and history asked nobody.
    & Q(visibility=Visibility.PUBLIC, signer_name="", name_may_be_shown=False)
)
SIGNED_HERE = Q(version__isnull=False, drafted_at__isnull=False) & ~Q(institution="")
DATES = (
    Q(precision=Precision.DAY, signed_on__isnull=False, not_before__isnull=True)
    | Q(precision=Precision.BEFORE, signed_on__isnull=False, not_before__isnull=True)
    # A comparison with NULL is no refusal: both days are asked for.
    | Q(precision=Precision.BETWEEN, signed_on__isnull=False, not_before__isnull=False, not_before__lte=F("signed_on"))
    | Q(precision=Precision.UNKNOWN, signed_on__isnull=True)
)

CONSTRAINTS = [
    models.UniqueConstraint(fields=["city"], condition=LIVE, name="signature_one_live_per_city"),
    models.CheckConstraint(
        condition=Q(origin=Origin.STATED) & HISTORY | Q(origin=Origin.ONLINE) & SIGNED_HERE,
        name="signature_origin_fits",
    ),
    follows("confirmed_at", "drafted_at"),
    follows("verified_at", "confirmed_at"),
    follows("published_at", "verified_at"),
    follows("expired_at", "drafted_at"),
    follows("refused_at", "drafted_at"),
    models.CheckConstraint(condition=at_most_one(ENDS), name="signature_ends_once"),
    models.CheckConstraint(
        condition=missing("expired_at") | missing("confirmed_at"), name="signature_expired_unconfirmed"
    ),
    models.CheckConstraint(
        condition=missing("refused_at") | missing("published_at"), name="signature_refused_unpublished"
    ),
    models.CheckConstraint(
        condition=missing("withdrawn_at") | exists("confirmed_at") | Q(origin=Origin.STATED),
        name="signature_withdrawn_was_confirmed",
    ),
    models.CheckConstraint(
        condition=Q(superseded_at__isnull=True, superseded_by__isnull=True)
        | Q(superseded_at__isnull=False, superseded_by__isnull=False, published_at__isnull=False),
        name="signature_superseded_by_another",
    ),
    models.CheckConstraint(
        condition=Q(refused_at__isnull=True, refusal="") | Q(refused_at__isnull=False, refusal__in=Refusal.values),
        name="signature_refusal_has_code",
    ),
    models.CheckConstraint(
        condition=Q(visibility=Visibility.FROM_DATE, public_from__isnull=False)
        | Q(visibility__in=[Visibility.PUBLIC, Visibility.COUNTED], public_from__isnull=True),
        name="signature_visibility_fits",
    ),
    models.CheckConstraint(condition=DATES, name="signature_date_fits_precision"),
    models.CheckConstraint(
        condition=Q(office__in=[code for code in Office.values if code != Office.OTHER], office_other="")
        | Q(office=Office.OTHER) & ~Q(office_other=""),
        name="signature_office_fits",
    ),
    models.CheckConstraint(
        condition=Q(name_may_be_shown=False) | ~Q(signer_name=""), name="signature_shown_name_exists"
    ),
]
