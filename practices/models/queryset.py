"""The sets of practices that have a name."""

from collections.abc import Iterable, Mapping
from datetime import timedelta

from django.db import connection, models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Collate, Now
from django.utils.translation import get_language

from practices import crossings, facets
from practices.models.matching import Fits, Rank, Score, marked
from practices.models.picture import PicturesQuerySet
from practices.models.told import ToldQuerySet, text_of_the_page
from practices.models.voices import VoicesQuerySet
from practices.search.reading import Reading, read
from practices.vocabularies import FRESHNESS

YEAR = timedelta(days=365)
# Order in which entries of one kind stand: what was confirmed lately first, what ended last.
FRESHNESS_NUMBERS = FRESHNESS.numbers
# Known to be over; the same as Practice.has_ended.
OVER = Q(ended__isnull=False) | Q(status="completed")
CURRENCY = {"fresh": 1.0, "due": 0.97, "unconfirmed": 0.94, "ended": 0.88}


def freshness_number() -> Case:
    """Derives the freshness tag from facts and the database's clock (product.md, "Controlled words")."""
    return Case(
        When(OVER, then=Value(FRESHNESS_NUMBERS["ended"])),
        When(confirmed_at__gt=Now() - YEAR, then=Value(FRESHNESS_NUMBERS["fresh"])),
        When(confirmed_at__gt=Now() - 2 * YEAR, then=Value(FRESHNESS_NUMBERS["due"])),
        default=Value(FRESHNESS_NUMBERS["unconfirmed"]),
        output_field=models.SmallIntegerField(),
    )


def sunk() -> Case:
    """1 for what nobody confirmed for two years and for what is over, 0 else: these stand below, and never vanish."""
    risen = When(freshness_number__in=[FRESHNESS_NUMBERS["fresh"], FRESHNESS_NUMBERS["due"]], then=Value(0))
    return Case(risen, default=Value(1), output_field=models.SmallIntegerField())


def currency() -> Case:
    """What an entry's freshness takes from its rank: a little, so that what has ended is found below its equals."""
    whens = [When(freshness_number=FRESHNESS_NUMBERS[code], then=Value(factor)) for code, factor in CURRENCY.items()]
    return Case(*whens, default=Value(1.0), output_field=models.FloatField())


def reading_of(words: str | Reading) -> Reading:
    """What was read already, or a search read now on a page in the active language (one or two statements)."""
    return words if isinstance(words, Reading) else read(words, get_language() or "en")


class PracticeQuerySet(VoicesQuerySet, PicturesQuerySet, ToldQuerySet):
    def published(self):
        """Practices the public may see."""
        return self.filter(published_at__isnull=False, archived_at__isnull=True)

    def drafts(self):
        """Practices nobody has sent to review."""
        return self.filter(published_at__isnull=True, submitted_at__isnull=True)

    def in_review(self):
        """Practices that wait for a curator's decision, the longest waiting first."""
        return self.filter(published_at__isnull=True, submitted_at__isnull=False).order_by("submitted_at", "pk")

    def running(self):
        """Practices that are not known to be over."""
        return self.exclude(OVER)

    def archived(self):
        """Practices that were taken off the public pages."""
        return self.filter(archived_at__isnull=False)

    def for_its_page(self):
        """Practices with all that their own page shows and that one statement can fetch."""
        return self.with_city().with_voices().with_pictures()

    def with_city(self):
        """Practices with their city at hand, for a public page: fetching anything more raises."""
        return self.select_related("city").defer("search", "city__keywords").fetch_mode(models.FETCH_RAISE)

    def others_of(self, practice):
        """The other practices of a practice's city."""
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
        """Puts marks around the words found in ``marked_title`` and ``marked_summary``, as ``told`` on the page."""
        reading = reading_of(words)
        if not reading:
            return self
        title, summary, language = (text_of_the_page(name) for name in ("title", "summary", "language"))
        return self.annotate(
            marked_title=marked(title, language, reading), marked_summary=marked(summary, language, reading)
        )

    def sorted_by(
        self,
        sort: str,
        words: str | Reading = "",
        points: Mapping[int, int] | None = None,
        last: Iterable[int] = (),
    ):
        """Orders by ``like``, ``match``, ``current``, ``newest``, ``confirmed`` or ``city``; ties fall to the newest, then
        the address.

        ``points`` says what each tag is worth (likeness.profile.Profile.points); in the order "like" the practices whose
        keys are in ``last`` stand after all others.
        """
        newest = [F("published_at").desc(), F("started").desc(nulls_last=True), Collate("slug", "C")]
        if sort == "like" and points:
            own = Case(When(pk__in=list(last), then=Value(1)), default=Value(0))
            return self.with_freshness().order_by(own, Score(F("tags"), points).desc(), sunk(), *newest)
        if sort == "city":
            return self.order_by(self.model.city.field.related_model.name_order("city__"), *newest)
        if sort == "confirmed":
            return self.order_by(F("confirmed_at").desc(nulls_last=True), *newest)
        if sort == "match" and (reading := reading_of(words)):
            return self.with_freshness().order_by((Rank(reading) * currency()).desc(), *newest)
        if sort in ("current", "like", "match"):
            return self.with_freshness().order_by(sunk(), *newest)
        return self.order_by(*newest)

    def facet_counts(self, chosen: dict[str, tuple[str, ...]]) -> facets.Counts:
        """Counts every facet under the selection, each without its own choice, in one statement.

        ``self`` holds the practices after words and years; ``chosen`` maps facet names to codes.
        """
        rows = self.order_by().with_freshness().values_list("tags", "freshness_number")
        statement, parameters = facets.counting_statement(*rows.query.sql_with_params(), chosen)
        with connection.cursor() as cursor:
            cursor.execute(statement, parameters)
            return facets.Counts.from_rows(cursor.fetchall())

    def coverage(self) -> dict[tuple[str, str], int]:
        """How many practices each theme has for each population, by their codes; "" stands for any. One statement."""
        tags, parameters = self.order_by().values_list("tags").query.sql_with_params()
        statement, numbers = crossings.counting_statement(tags)
        with connection.cursor() as cursor:
            cursor.execute(statement, [*parameters, *numbers])
            return crossings.by_code(cursor.fetchall())

    def by_city(self):
        """The cities of these practices, A to Z, each with ``practice_count`` among them (int)."""
        cities = self.model.city.field.related_model.objects
        mine = models.Q(practices__in=self.order_by().values("pk"))
        return cities.filter(mine).annotate(practice_count=models.Count("practices")).defer("keywords").in_name_order()

    def similar_to(self, practice, limit: int = 4):
        """Other published practices by weighted shared tags, most alike first.

        The weights stand in ``facets.LIKENESS``; ``likeness`` is their sum (int).
        """
        known = [tag for tag in practice.tags if tag not in facets.UNKNOWN]
        alike = facets.Likeness(F("tags"), Value(known, output_field=self.model._meta.get_field("tags")))
        return (
            self.published()
            .exclude(pk=practice.pk)
            .filter(tags__overlap=facets.within(practice.tags, "theme"))
            .annotate(likeness=alike)
            .order_by("-likeness", "slug")[:limit]
        )
