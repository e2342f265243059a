"""The sets of practices that have a name."""

from collections.abc import Iterable, Mapping
from datetime import timedelta

from django.db import connection, models
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, Collate, Concat, Now, TruncDay
from django.utils.translation import get_language

from practices.models.correspondence.feedback import FeedbackQuerySet
from practices.models.entries.elsewhere import AlsoDescribedQuerySet
from practices.models.entries.parts import PartsQuerySet
from practices.models.entries.picture import PicturesQuerySet
from practices.models.entries.review import Move
from practices.models.entries.translated import TranslatedQuerySet, text_of_the_page
from practices.models.guides import Guide
from practices.models.library.document import LibraryDocument
from practices.search.matching import Fits, Rank, Score, excerpt, marked
from practices.search.query import Reading, read
from practices.vocabularies import FRESHNESS, cross_counts, facets
from practices.vocabularies.orders import COLUMN_SORTS, tags_in_order
from practices.vocabularies.orders import YEAR as YEAR_COLUMN

YEAR = timedelta(days=365)
DISCARDED_KEPT = timedelta(days=90)
# Order in which entries of one kind stand: what was confirmed lately first, what ended last.
FRESHNESS_NUMBERS = FRESHNESS.numbers
# Known to be over; the same as Practice.has_ended.
OVER = Q(ended__isnull=False) | Q(status="completed")
FRESHNESS_WEIGHTS = {"fresh": 1.0, "due": 0.97, "unconfirmed": 0.94, "ended": 0.88}


def by_freshness(values: Mapping[str, float], at, output_field: models.Field) -> Case:
    """One of these values by the code of freshness, which follows from facts and a moment (product.md, "Controlled words")."""
    return Case(
        When(OVER, then=Value(values["ended"])),
        When(confirmed_at__gt=at - YEAR, then=Value(values["fresh"])),
        When(confirmed_at__gt=at - 2 * YEAR, then=Value(values["due"])),
        default=Value(values["unconfirmed"]),
        output_field=output_field,
    )


def freshness_number() -> Case:
    """The tag of the freshness by the database's clock."""
    return by_freshness(FRESHNESS_NUMBERS, Now(), models.SmallIntegerField())


def stale_last() -> Case:
    """1 for what nobody confirmed for two years and for what is over, 0 else: these stand below, and never vanish."""
    risen = When(freshness_number__in=[FRESHNESS_NUMBERS["fresh"], FRESHNESS_NUMBERS["due"]], then=Value(0))
    return Case(risen, default=Value(1), output_field=models.SmallIntegerField())


def in_column(sort: str):
    """Orders by the value in one column of the table; what is not known stands last."""
    if sort.removeprefix("-") == YEAR_COLUMN:
        return F("started").desc(nulls_last=True) if sort.startswith("-") else F("started").asc(nulls_last=True)
    tags = tags_in_order(sort)
    places = [When(tags__contains=[tag], then=Value(place)) for place, tag in enumerate(tags)]
    return Case(*places, default=Value(len(tags)))


def freshness_weight() -> Case:
    """What an entry's freshness takes from its rank: a little, so that what has ended is found below its equals.

    As it was when the day began (UTC): an order that is kept holds for a day, and the same on every page of a list.
    """
    return by_freshness(FRESHNESS_WEIGHTS, TruncDay(Now()), models.FloatField())


def reading_of(words: str | Reading) -> Reading:
    """What was read already, or a search read now on a page in the active language (one or two queries)."""
    return words if isinstance(words, Reading) else read(words, get_language() or "en")


BODY = ("challenge", "approach", "results", "lessons", "what_did_not_work")
# The level of evidence from which on somebody else than those who did it looked at the effect (vocabularies).
INDEPENDENT = 4


class PracticeQuerySet(AlsoDescribedQuerySet, FeedbackQuerySet, PartsQuerySet, PicturesQuerySet, TranslatedQuerySet):
    def published(self):
        """Practices the public may see."""
        return self.filter(published_at__isnull=False, archived_at__isnull=True)

    def drafts(self):
        """Practices nobody has sent to review."""
        return self.filter(published_at__isnull=True, submitted_at__isnull=True, discarded_at__isnull=True)

    def discarded(self):
        """Taken away before they were ever public."""
        return self.filter(discarded_at__isnull=False)

    def delete_discarded(self) -> int:
        """Deletes what was discarded so long ago that nobody will bring it back; returns how many."""
        old = self.filter(discarded_at__lt=Now() - DISCARDED_KEPT)
        return old.delete()[1].get("practices.Practice", 0)

    def in_review(self):
        """Practices that wait for a curator's decision, the longest waiting first."""
        return self.filter(published_at__isnull=True, submitted_at__isnull=False).order_by("submitted_at", "pk")

    def evaluated(self):
        """Practices whose effect somebody independent evaluated, with a figure; the best and newest first."""
        figures = self.model._meta.get_field("figures").related_model.objects.filter(practice=OuterRef("pk"))
        independent = self.filter(Exists(figures), evidence_level__gte=INDEPENDENT)
        return independent.order_by("-evidence_level", "-published_at", "slug")

    def running(self):
        """Practices that are not known to be over."""
        return self.exclude(OVER)

    def archived(self):
        return self.filter(archived_at__isnull=False)

    def for_its_page(self):
        """Practices with all that their own page shows and that one query can fetch."""
        fetched = self.with_city().with_feedback().with_pictures().with_parts().with_elsewhere()
        return fetched.with_dates().with_reading()

    def with_reading(self):
        """Adds ``guides`` that the practice is part of, and ``read_more``: documents of the library that it shows at work.

        Both are lists of dicts, of what is published alone.
        """
        return self.annotate(guides=Guide.objects.of_practice(), read_more=LibraryDocument.objects.of_practice())

    def with_dates(self):
        """Adds ``first_published`` and ``last_changed``: when the public first and last read something new, in the same query."""
        published = self.model._meta.get_field("review_events").related_model.objects.filter(
            practice=OuterRef("pk"), move=Move.PUBLISHED
        )
        versions = self.model._meta.get_field("versions").related_model.objects
        changed = versions.shown().filter(practice=OuterRef("pk"), at__gte=OuterRef("published_at"))
        return self.annotate(
            first_published=Coalesce(Subquery(published.order_by("at").values("at")[:1]), "published_at"),
            last_changed=Coalesce(Subquery(changed.order_by("-revision").values("at")[:1]), "published_at"),
        )

    def for_its_card(self, reading: Reading):
        """Public practices with all that a list shows of them, the words found marked."""
        shown = self.published().with_city().with_review().in_language().with_parts("figures")
        return shown.marked(reading)

    def with_city(self):
        """Practices with their city at hand, for a public page: fetching anything more raises."""
        return self.select_related("city").defer("search", "city__keywords").fetch_mode(models.FETCH_RAISE)

    def others_of(self, practice):
        return self.filter(city=practice.city_id).exclude(pk=practice.pk)

    def matching(self, words: str | Reading):
        """Practices whose words match, as web search engines read them; no words, no change."""
        reading = reading_of(words)
        return self.filter(Fits(reading)) if reading else self

    def started_between(self, since: int | None, until: int | None):
        """Practices begun in these years, both included; None leaves that side open."""
        queryset = self
        if since is not None:
            queryset = queryset.filter(started__gte=since)
        if until is not None:
            queryset = queryset.filter(started__lte=until)
        return queryset

    def with_freshness(self):
        """Adds ``freshness_number``, the tag number of the freshness."""
        return self.annotate(freshness_number=freshness_number())

    def tagged(self, name: str, codes):
        """Practices with at least one of these codes of the facet; no codes, no change."""
        if not codes:
            return self
        numbers = [facets.BY_NAME[name].vocabulary.numbers[code] for code in codes]
        if name == "freshness":
            return self.with_freshness().filter(freshness_number__in=numbers)
        return self.filter(tags__overlap=numbers)

    def marked(self, words: str | Reading):
        """Puts marks around the words found in ``marked_title`` and ``marked_summary``, in the language of the page.

        ``marked_excerpt`` is where those lie that neither holds, or "".
        """
        reading = reading_of(words)
        if not reading:
            return self
        title, summary, language = (text_of_the_page(name) for name in ("title", "summary", "language"))
        texts = (part for name in BODY for part in (text_of_the_page(name), Value("\n")))
        body = Concat(*texts, output_field=models.TextField())
        return self.annotate(
            marked_title=marked(title, language, reading),
            marked_summary=marked(summary, language, reading),
            marked_excerpt=excerpt(body, language, reading),
        )

    def sorted_by(
        self,
        sort: str,
        words: str | Reading = "",
        points: Mapping[int, int] | None = None,
        last: Iterable[int] = (),
    ):
        """Orders by ``like``, ``match``, ``current``, ``newest``, ``confirmed``, ``city`` or one of COLUMN_SORTS; ties fall
        to the newest, then the address.

        ``points`` says what each tag is worth (similarity.profile.Profile.points); in the order "like" the practices whose
        keys are in ``last`` stand after all others.
        """
        newest = [F("published_at").desc(), F("started").desc(nulls_last=True), Collate("slug", "C")]
        if sort == "like" and points:
            own = Case(When(pk__in=list(last), then=Value(1)), default=Value(0))
            return self.with_freshness().order_by(own, Score(F("tags"), points).desc(), stale_last(), *newest)
        if sort == "city":
            return self.order_by(self.model.city.field.related_model.name_order("city__", get_language()), *newest)
        if sort in COLUMN_SORTS:
            return self.order_by(in_column(sort), *newest)
        if sort == "confirmed":
            return self.order_by(F("confirmed_at").desc(nulls_last=True), *newest)
        if sort == "match" and (reading := reading_of(words)):
            return self.order_by((Rank(reading) * freshness_weight()).desc(), *newest)
        if sort in ("current", "like", "match"):
            return self.with_freshness().order_by(stale_last(), *newest)
        return self.order_by(*newest)

    def facet_counts(self, chosen: dict[str, tuple[str, ...]]) -> facets.Counts:
        """Counts every facet under the selection, each without its own choice, in one query.

        ``self`` holds the practices after words and years; ``chosen`` maps facet names to codes.
        """
        rows = self.order_by().with_freshness().values_list("tags", "freshness_number")
        query, parameters = facets.counting_query(*rows.query.sql_with_params(), chosen)
        with connection.cursor() as cursor:
            cursor.execute(query, parameters)
            return facets.Counts.from_rows(cursor.fetchall())

    def coverage(self) -> dict[tuple[str, str], int]:
        """How many practices each theme has for each population, by their codes; "" stands for any. One query."""
        tags, parameters = self.order_by().values_list("tags").query.sql_with_params()
        query, numbers = cross_counts.cross_counting_query(tags)
        with connection.cursor() as cursor:
            cursor.execute(query, [*parameters, *numbers])
            return cross_counts.counts_by_code(cursor.fetchall())

    def by_city(self):
        """The cities of these practices, A to Z, each with ``practice_count`` among them (int)."""
        cities = self.model.city.field.related_model.objects
        mine = models.Q(practices__in=self.order_by().values("pk"))
        return cities.filter(mine).annotate(practice_count=models.Count("practices")).defer("keywords").in_name_order()

    def similar_to(self, practice, limit: int = 4):
        """Other published practices by weighted shared tags, most alike first.

        The weights stand in ``facets.TAG_WEIGHTS``; ``likeness`` is their sum (int).
        """
        tags = [tag for tag in practice.tags if tag not in facets.UNKNOWN]
        likeness = facets.SharedTagScore(F("tags"), Value(tags, output_field=self.model._meta.get_field("tags")))
        return (
            self.published()
            .exclude(pk=practice.pk)
            .filter(tags__overlap=facets.within(practice.tags, "theme"))
            .annotate(likeness=likeness)
            .order_by("-likeness", "slug")[:limit]
        )
