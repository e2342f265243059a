"""What the public is told of the residents' number. It is counted once a day, and every page shows that count.

So nobody who watches the numbers can tell when a neighbour has confirmed or withdrawn. Fewer than FEWEST_TOLD residents
of a city are told of in words. The sum is over the cities with more, which the public can add up itself: no number of the
others can be found by subtracting. It is rounded down to tens, so that two months never differ by a small number.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from citysolidarity.database.clock import database_now
from citysolidarity.forms.one_time_key import advisory_lock
from pledges.models import AskedCity, Signature, Support, SupportMonth
from pledges.models.asked_city import FEWEST_TOLD


def count_supports() -> int:
    """Take the present numbers over; returns how many cities changed. For the daily task, as often as one likes.

    One after the other: of two counts at once, one held the rows of cities and the other the edition, and each waited.
    """
    with advisory_lock("count of supports"), transaction.atomic():
        supported = Support.objects.live().order_by().values_list("city", flat=True).distinct()
        new = set(supported.exclude(city__asked__isnull=False))
        AskedCity.objects.bulk_create([AskedCity(city_id=city) for city in sorted(new)], ignore_conflicts=True)
        counts = dict(Support.objects.counted().order_by().values_list("city").annotate(Count("pk")))
        cities = AskedCity.objects.with_city().select_for_update(of=("self",)).order_by("pk")
        signed = signed_at()
        now = database_now()
        changed = [row for row in cities if row.count(counts.get(row.city_id, 0), signed.get(row.city_id), now)]
        AskedCity.objects.bulk_update(changed, ["supports", "due_since", "settled_at"], batch_size=500)
        today = timezone.localdate()
        SupportMonth.objects.update_or_create(
            month=today.replace(day=1), defaults={"told": sum_told(counts.values()), "counted_on": today}
        )
    return len(new | {asked.city_id for asked in changed})


def signed_at() -> dict[int, datetime]:
    """When the signature of each city that residents ask became public."""
    public = Signature.objects.public().filter(city__asked__isnull=False)
    return dict(public.with_begin().order_by("began").values_list("city", "began"))


def sum_told(counts: Iterable[int]) -> int:
    """The sum that may be told: a multiple of FEWEST_TOLD, 0 where no city has so many."""
    return sum(count for count in counts if count >= FEWEST_TOLD) // FEWEST_TOLD * FEWEST_TOLD
