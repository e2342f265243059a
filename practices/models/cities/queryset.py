"""Sets of cities."""

from math import cos, radians

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.utils.translation import get_language

from citysolidarity.database.locks import ShownQuerySet
from practices.models.entries.redirect import FormerAddress

# Degrees of latitude, some 450 kilometres.
IN_VIEW = 4


class CityQuerySet(ShownQuerySet):
    def with_practice(self):
        """Cities with at least one published practice."""
        from practices.models.entries.practice import Practice

        return self.filter(Exists(Practice.objects.published().filter(city=OuterRef("pk"))))

    def signed(self):
        """Cities whose signature of the statement is public."""
        return self.exclude(signed_precision="")

    def listed(self):
        """Cities the site shows: with a published practice or a public signature."""
        return self.with_practice() | self.signed()

    def with_counts(self):
        """Adds ``practice_count``: the number of published practices (int)."""
        return self.annotate(
            practice_count=models.Count(
                "practices", filter=Q(practices__published_at__isnull=False, practices__archived_at__isnull=True)
            )
        )

    def public(self):
        """Cities for a public page: without what only the search needs; fetching anything more raises."""
        return self.defer("keywords").fetch_mode(models.FETCH_RAISE)

    def like(self, city):
        """Other cities of the same size, those of the same country first, then of the same region.

        None where the size is not known: unknown is no likeness.
        """
        if city.size == "unknown":
            return self.none()
        nearness = Case(
            When(country=city.country, then=Value(0)), When(region=city.region, then=Value(1)), default=Value(2)
        )
        return self.filter(size=city.size).exclude(pk=city.pk).order_by(nearness, self.model.name_order())

    def near(self, city):
        """Other cities in view on a map around this one, the nearest first; none where its place is not known.

        Across the 180th meridian nobody is near: too few people live there to reckon with it.
        """
        if city.latitude is None:
            return self.none()
        # A degree of longitude is shorter the further one is from the equator.
        shrinks = max(cos(radians(city.latitude)), 0.1)
        high, wide = IN_VIEW, IN_VIEW * 1.5 / shrinks
        north = F("latitude") - Value(city.latitude)
        east = (F("longitude") - Value(city.longitude)) * Value(shrinks)
        return (
            self.exclude(pk=city.pk)
            .filter(latitude__range=(city.latitude - high, city.latitude + high))
            .filter(longitude__range=(city.longitude - wide, city.longitude + wide))
            .order_by(north * north + east * east, "pk")
        )

    def at(self, slug: str):
        """The city at this address, or the one that it leads to since two were merged; None where there is none."""
        city = self.filter(slug=slug).first()
        if city is None:
            moved_to = FormerAddress.objects.filter(path=f"/cities/{slug}/").values_list("moved_to", flat=True).first()
            city = self.filter(slug=moved_to.strip("/").rpartition("/")[2]).first() if moved_to else None
        return city

    def in_name_order(self, language: str | None = None):
        """A to Z, as an index of names in ``language``, or in that of the page, is read."""
        return self.order_by(self.model.name_order(language=language or get_language()), "pk")
