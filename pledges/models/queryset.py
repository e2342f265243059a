from django.db import models, transaction
from django.db.models import Count, DateTimeField, F, OuterRef, Q, Subquery
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast, Coalesce, Greatest, Now, TruncDate
from django.utils import timezone
from django.utils.translation import get_language

from pledges.models.constraints import ENDS, LIVE, exists
from pledges.vocabularies import Origin, State, Visibility
from practices.models import City

NOT_ENDED = Q(**{f"{end}__isnull": True for end in ENDS})
# Signature.state is the same rule in Python.
IN_STATE = {
    State.DRAFTED: exists("drafted_at") & Q(confirmed_at__isnull=True) & NOT_ENDED,
    State.CONFIRMED: exists("confirmed_at") & Q(verified_at__isnull=True) & NOT_ENDED,
    State.VERIFIED: exists("verified_at") & Q(published_at__isnull=True) & NOT_ENDED,
    State.PUBLISHED: exists("published_at") & NOT_ENDED,
    State.EXPIRED: exists("expired_at"),
    State.REFUSED: exists("refused_at"),
    State.WITHDRAWN: exists("withdrawn_at"),
    State.SUPERSEDED: exists("superseded_at"),
}


HAS_BEGUN = Q(visibility=Visibility.PUBLIC) | Q(visibility=Visibility.FROM_DATE, public_from__lte=TruncDate(Now()))
COUNTED = LIVE & Q(visibility=Visibility.COUNTED)
# Of each city that has nothing newer to show, the last replaced signature that still stands: what a source names stays
# named, and what waits for its successor's day stays until then. Neither comes back where it was withdrawn itself, or
# where the city asked to be counted and not named. As SQL, since Django would write nested queries many times over.
TODAY = "(statement_timestamp() AT TIME ZONE 'UTC')::date"
BEGUN, LIVING = (
    f"({{0}}.visibility = 'public' OR {{0}}.visibility = 'from-date' AND {{0}}.public_from <= {TODAY})",
    "{0}.published_at IS NOT NULL AND {0}.withdrawn_at IS NULL AND {0}.superseded_at IS NULL",
)
BEHIND = f"""
SELECT DISTINCT ON (behind.city_id) behind.id FROM pledges_signature behind
LEFT JOIN pledges_signature successor ON successor.id = behind.superseded_by_id AND {LIVING.format("successor")}
WHERE behind.superseded_at IS NOT NULL AND behind.withdrawn_at IS NULL AND {BEGUN.format("behind")}
AND (behind.origin = 'stated' OR successor.visibility = 'from-date' AND NOT {BEGUN.format("successor")})
AND NOT EXISTS (
    SELECT FROM pledges_signature newer WHERE newer.city_id = behind.city_id AND {LIVING.format("newer")}
    AND ({BEGUN.format("newer")} OR newer.visibility = 'counted')
)
ORDER BY behind.city_id, behind.superseded_at DESC
"""
# The signatures that may be named today, by the database's clock.
NAMED = LIVE & HAS_BEGUN | Q(pk__in=RawSQL(BEHIND, []))  # noqa: S611 (constants alone)


class SignatureQuerySet(models.QuerySet):
    def in_state(self, state: State):
        return self.filter(IN_STATE[State(state)])

    def live(self):
        """Published, and neither withdrawn nor superseded; at most one for each city."""
        return self.filter(LIVE)

    def public(self):
        """The only signatures that pages, feeds, exports and maps may name today, at most one for each city."""
        return self.filter(NAMED)

    def signed_here(self):
        """The public signatures made here, the newest first; verified, every one."""
        return self.public().filter(origin=Origin.ONLINE).order_by("-signed_on", "-published_at", "-pk")

    def named_newest(self):
        """The public signatures that sources name with a day, the newest first."""
        named = self.public().filter(origin=Origin.STATED, signed_on__isnull=False)
        return named.order_by("-signed_on", City.name_order("city__", get_language()), "pk")

    def to_write_to(self):
        """Live signatures that were made here and whose e-mail address is still kept."""
        return self.live().filter(origin=Origin.ONLINE, contact__isnull=False)

    def with_renewals(self):
        """With what ``renewal_standing`` and ``version_in_force`` read (5 queries at most)."""
        return self.select_related("version__statement").prefetch_related(
            "renewals", "city__elections", "moves__version__statement"
        )

    def with_begin(self):
        """Adds ``began``: since when the city's signature of that day is public. A correction is no new signature."""
        same = self.model.objects.filter(
            city=OuterRef("city"), origin=OuterRef("origin"), signed_on=OuterRef("signed_on"),
            published_at__isnull=False, withdrawn_at__isnull=True,
        )  # fmt: skip
        first = same.order_by("published_at").values("published_at")[:1]
        shown = Coalesce(Subquery(first), "published_at")  # no source may name the day
        return self.annotate(began=Greatest(shown, Cast("public_from", DateTimeField())))

    def was_public(self):
        """Withdrawn signatures that pages named before; those that were counted and not named are not among them."""
        had_begun = Q(visibility=Visibility.FROM_DATE, public_from__lte=TruncDate("withdrawn_at"))
        withdrawn = self.filter(published_at__isnull=False, withdrawn_at__isnull=False)
        return withdrawn.filter(Q(visibility=Visibility.PUBLIC) | had_begun)

    def counted(self):
        """The public signatures, and those that are counted but not named. Future public ones do not count yet."""
        return self.filter(NAMED | COUNTED)

    def for_city(self, city):
        """``city`` is a City or its key."""
        return self.filter(city=city).with_city()

    def standing_of(self, email: str):
        """What the holder of this mailbox can withdraw or correct, what is public first, then the newest."""
        standing = IN_STATE[State.CONFIRMED] | IN_STATE[State.VERIFIED] | IN_STATE[State.PUBLISHED]
        mine = self.filter(standing, contact__email__iexact=email)
        return mine.order_by(F("published_at").desc(nulls_last=True), "-pk")

    def with_city(self):
        """Join the city without the columns that only the search needs."""
        return self.select_related("city").defer("city__keywords")

    def in_list_order(self):
        """Those signed here, then those named in public sources, each by the city's name in the page's language."""
        return self.order_by("origin", City.name_order("city__", get_language()), "city__country", "pk")

    def count_now(self) -> dict:
        """``stated``, ``verified``, ``total``, ``unnamed`` (int) and ``as_of`` (date), in 1 query.

        ``unnamed`` are those in the total that asked not to be named.
        """
        counts = self.counted().aggregate(
            stated=Count("pk", filter=Q(origin=Origin.STATED)),
            verified=Count("pk", filter=Q(origin=Origin.ONLINE)),
            total=Count("pk"),
            unnamed=Count("pk", filter=Q(visibility=Visibility.COUNTED)),
        )
        return {**counts, "as_of": timezone.localdate()}

    def show_on_cities(self, city_ids) -> int:
        """Update when these cities signed from their public signatures; return how many cities changed.

        The cities are locked first: after two simultaneous transitions the later one decides.
        """
        changed = 0
        with transaction.atomic():
            cities = list(City.objects.select_for_update().filter(pk__in=city_ids).order_by("pk"))
            public = {signature.city_id: signature for signature in self.model.objects.public().filter(city__in=cities)}
            for city in cities:
                date = public[city.pk].city_date if city.pk in public else (None, City.Precision.NONE)
                if (city.signed_on, city.signed_precision) != date:
                    city.mark_signed(*date)
                    changed += 1
        return changed

    def reveal_due(self) -> int:
        """Mark the cities whose chosen day has come as signed; return how many. For a daily task."""
        due = self.public().filter(visibility=Visibility.FROM_DATE).exclude(city__signed_on=F("signed_on"))
        return self.show_on_cities(due.values_list("city", flat=True))
