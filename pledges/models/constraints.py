from datetime import timedelta
from functools import reduce
from itertools import combinations
from operator import and_

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from pledges.dates import FIRST_DAY
from pledges.vocabularies import Office, Origin, Precision, Refusal, Visibility

ENDS = ("expired_at", "refused_at", "withdrawn_at", "superseded_at")
LIVE = Q(published_at__isnull=False, withdrawn_at__isnull=True, superseded_at__isnull=True)


def exists(name: str) -> Q:
    return Q(**{f"{name}__isnull": False})


def missing(name: str) -> Q:
    return Q(**{f"{name}__isnull": True})


def follows(later: str, earlier: str) -> models.CheckConstraint:
    """``later`` needs ``earlier`` and cannot be before it, except in historical signatures."""
    in_order = exists(earlier) & Q(**{f"{later}__gte": F(earlier)})
    return models.CheckConstraint(
        condition=missing(later) | in_order | Q(origin=Origin.STATED), name=f"signature_{later}_follows_{earlier}"[:60]
    )


def at_most_one(names: tuple[str, ...]) -> Q:
    return reduce(and_, (missing(first) | missing(second) for first, second in combinations(names, 2)))


HISTORY = (
    Q(version__isnull=True, drafted_at__isnull=True, confirmed_at__isnull=True, verified_at__isnull=True)
    & Q(expired_at__isnull=True, refused_at__isnull=True, published_at__isnull=False)
    # A name is shown only if that person agreed, and nobody asked the historical signers.
    & Q(visibility=Visibility.PUBLIC, signer_name="", name_may_be_shown=False)
)
SIGNED_HERE = Q(version__isnull=False, drafted_at__isnull=False) & ~Q(institution="")
DATES = (
    Q(precision=Precision.DAY, signed_on__isnull=False, not_before__isnull=True)
    | Q(precision=Precision.BEFORE, signed_on__isnull=False, not_before__isnull=True)
    # A check constraint accepts a comparison with NULL, so require both days.
    | Q(precision=Precision.BETWEEN, signed_on__isnull=False, not_before__isnull=False, not_before__lte=F("signed_on"))
    | Q(precision=Precision.UNKNOWN, signed_on__isnull=True)
)

# The statement is of FIRST_DAY, and a city's day may be a day ahead of ours. Of "not before" only the year may be known.
POSSIBLE_DAYS = (missing("signed_on") | Q(signed_on__gte=FIRST_DAY, signed_on__lte=Now() + timedelta(days=1))) & (
    missing("not_before") | Q(not_before__gte=FIRST_DAY.replace(month=1, day=1))
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
        condition=Q(refused_at__isnull=False) | Q(refusal_note=""), name="signature_refusal_note_with_refusal"
    ),
    models.CheckConstraint(
        condition=Q(visibility=Visibility.FROM_DATE, public_from__isnull=False)
        | Q(visibility__in=[Visibility.PUBLIC, Visibility.COUNTED], public_from__isnull=True),
        name="signature_visibility_fits",
    ),
    models.CheckConstraint(condition=DATES, name="signature_date_fits_precision"),
    models.CheckConstraint(condition=POSSIBLE_DAYS, name="signature_days_possible"),
    models.CheckConstraint(
        condition=Q(office__in=[code for code in Office.values if code != Office.OTHER], office_other="")
        | Q(office=Office.OTHER) & ~Q(office_other=""),
        name="signature_office_fits",
    ),
    models.CheckConstraint(
        condition=Q(name_may_be_shown=False) | ~Q(signer_name=""), name="signature_shown_name_exists"
    ),
]
