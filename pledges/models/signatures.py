"""The sets of signatures that have a name."""

from django.db import models, transaction
from django.db.models import Count, Q
from django.db.models.functions import Now, TruncDate
from django.utils import timezone

from pledges.models.constraints import ENDS, LIVE, exists
from pledges.vocabularies import Origin, State, Visibility
from practices.models import City

NOT_ENDED = Q(**{f"{end}__isnull": True for end in ENDS})
# The same rule as Signature.state, for the database.
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


def named() -> Q:
    """What may be named today, by the database's clock."""
    come = Q(visibility=Visibility.FROM_DATE, public_from__lte=TruncDate(Now()))
    return LIVE & (Q(visibility=Visibility.PUBLIC) | come)


class SignatureQuerySet(models.QuerySet):
    def in_state(self, state: State):
        """Signatures that stand at this step."""
        return self.filter(IN_STATE[State(state)])

    def live(self):
        """Published, and neither withdrawn nor superseded; at most one for each city."""
        return self.filter(LIVE)

    def public(self):
        """What every page, feed, export and map may name."""
        return self.filter(named())

    def counted(self):
        """What the number of signatories counts: the public ones, and those counted but not named.

        One that becomes public from a later day is not counted before that day.
        """
        return self.filter(named() | LIVE & Q(visibility=Visibility.COUNTED))

    def for_city(self, city):
        """Signatures of one city, with the city at hand; ``city`` is a City or its key."""
        return self.filter(city=city).with_city()

    def standing_of(self, email: str):
        """What the holder of this mailbox has confirmed and can withdraw or correct; the newest first."""
        standing = IN_STATE[State.CONFIRMED] | IN_STATE[State.VERIFIED] | IN_STATE[State.PUBLISHED]
        return self.filter(standing, contact__email__iexact=email).order_by("-pk")

    def with_city(self):
        """Signatures with their city at hand, without the columns that only the search needs."""
        return self.select_related("city").defer("city__keywords", "city__names")

    def in_name_order(self):
        """By the city's name, A to Z with accents and case folded."""
        return self.order_by(City.name_order("city__"), "city__country", "pk")

    def count_now(self) -> dict:
        """How many have signed: ``stated``, ``verified``, ``total``, ``unnamed`` (int) and ``as_of`` (date).

        ``unnamed`` are those in the total that asked not to be named. One statement.
        """
        found = self.counted().aggregate(
            stated=Count("pk", filter=Q(origin=Origin.STATED)),
            verified=Count("pk", filter=Q(origin=Origin.ONLINE)),
            total=Count("pk"),
            unnamed=Count("pk", filter=Q(visibility=Visibility.COUNTED)),
        )
        return {**found, "as_of": timezone.localdate()}

    def show_on_cities(self, city_ids) -> int:
        """Brings the marks of these cities in step with their public signatures; returns how many changed.

        The city's row is locked first, so that of two simultaneous moves the last one is right.
        """
        changed = 0
        with transaction.atomic():
            cities = list(City.objects.select_for_update().filter(pk__in=city_ids).order_by("pk"))
            live = {signature.city_id: signature for signature in self.model.objects.public().filter(city__in=cities)}
            for city in cities:
                mark = live[city.pk].city_mark if city.pk in live else (None, City.Precision.NONE)
                if (city.signed_on, city.signed_precision) != mark:
                    city.mark_signed(*mark)
                    changed += 1
        return changed

    def reveal_due(self) -> int:
        """Marks the cities whose chosen day has come; returns how many. For a daily task."""
        due = self.public().filter(visibility=Visibility.FROM_DATE, city__signed_precision=City.Precision.NONE)
        return self.show_on_cities(due.values_list("city", flat=True))
