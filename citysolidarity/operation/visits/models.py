"""Numbers of pages and of words. No row is about a visit or a visitor."""

from datetime import date

from django.db import connection, models
from django.db.models import Max, Q, Sum
from django.db.models.functions import TruncMonth
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from practices.models import Practice
from practices.search.query import read

MONTHS_KEPT = 25  # two years can be compared, and the month that has begun
MOST_LOOKED_UP = 1_000  # searches in a day

ADD_PAGES = """
INSERT INTO citysolidarity_pagecount AS pages (day, kind, slug, language, views)
SELECT * FROM unnest(%s::date[], %s::text[], %s::text[], %s::text[], %s::integer[])
ON CONFLICT (day, kind, slug, language) DO UPDATE SET views = pages.views + excluded.views
"""
ADD_MARKS = """
INSERT INTO citysolidarity_searchmark AS marks (month, key, places)
SELECT * FROM unnest(%s::date[], %s::bytea[], %s::bigint[])
ON CONFLICT (month, key) DO UPDATE SET places = marks.places | excluded.places
RETURNING marks.key, bit_count(marks.places::bit(64))
"""
KEEP_WORDS = """
INSERT INTO citysolidarity_searchword AS kept (month, language, words, networks)
SELECT * FROM unnest(%s::date[], %s::text[], %s::text[], %s::smallint[])
ON CONFLICT (month, language, words) DO UPDATE SET networks = greatest(kept.networks, excluded.networks)
"""


def run(query: str, rows: list[tuple], columns: int, *, returns: bool = False) -> list[tuple]:
    """A query about columns of values instead of rows; nothing is asked for no rows."""
    if not rows:
        return []
    with connection.cursor() as cursor:
        cursor.execute(query, [[row[at] for row in rows] for at in range(columns)])
        return cursor.fetchall() if returns else []


def month_before(number: int) -> date:
    """The first day of the month that was so many months before this one."""
    today = timezone.localdate()
    months = today.year * 12 + today.month - 1 - number
    return date(months // 12, months % 12 + 1, 1)


class PageCountQuerySet(models.QuerySet):
    def add(self, rows: list[tuple]) -> None:
        """Rows of (day, kind, slug, language, views), in one query."""
        run(ADD_PAGES, rows, 5)

    def between(self, first: date, last: date):
        """Both days included."""
        return self.filter(day__range=(first, last))

    def by_month(self) -> list[tuple[date, int]]:
        months = self.annotate(month=TruncMonth("day")).values("month").order_by("month")
        return list(months.annotate(sum=Sum("views")).values_list("month", "sum"))

    def most_read(self, *columns: str):
        """(…, views) by these columns, the most read first."""
        return self.values(*columns).annotate(sum=Sum("views")).order_by("-sum", *columns).values_list(*columns, "sum")

    def forget(self) -> int:
        return self.filter(day__lt=month_before(MONTHS_KEPT)).delete()[0]


class PageCount(models.Model):
    """How often a page was read on a day of UTC, in a language of the site."""

    pk = models.CompositePrimaryKey("day", "kind", "slug", "language")
    day = models.DateField(_("day"))
    kind = models.CharField(_("kind"), max_length=40)
    slug = models.CharField(_("address"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=7)
    views = models.PositiveIntegerField(_("views"))

    objects = PageCountQuerySet.as_manager()

    class Meta:
        verbose_name = _("count of a page")
        verbose_name_plural = _("counts of pages")
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=Q(views__gt=0), name="page_count_is_of_something")]

    def __str__(self):
        return f"{self.day} {self.kind} {self.slug}"


class SearchMarkQuerySet(models.QuerySet):
    def add(self, rows: list[tuple]) -> list[tuple[bytes, int]]:
        """Rows of (month, key, places); returns how many places are taken by now, by key, in one query."""
        return [(bytes(key), number) for key, number in run(ADD_MARKS, rows, 3, returns=True)]

    def forget(self) -> int:
        return self.filter(month__lt=month_before(0)).delete()[0]


class SearchMark(models.Model):
    """Of a search that too few may have made to be kept: a keyed hash of the words, and which of its places are taken.

    Who takes which place follows from a keyed hash of the network: one network takes the same one all month, so that five
    places are five networks at least. Whoever has the rows can read from them neither words nor networks.
    """

    pk = models.CompositePrimaryKey("month", "key")
    month = models.DateField(_("month"))
    key = models.BinaryField(_("keyed hash"))
    places = models.BigIntegerField(_("places"))

    objects = SearchMarkQuerySet.as_manager()

    class Meta:
        verbose_name = _("mark of a search")
        verbose_name_plural = _("marks of searches")
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=Q(places__gt=0), name="search_mark_has_a_place")]

    def __str__(self):
        return str(self.month)


class SearchWordQuerySet(models.QuerySet):
    def keep(self, rows: list[tuple]) -> None:
        """Rows of (month, language, words, networks), in one query."""
        run(KEEP_WORDS, rows, 4)

    def between(self, first: date, last: date):
        """Of the months of these days."""
        return self.filter(month__range=(first.replace(day=1), last))

    def by_words(self):
        """(words, language, networks of the month with the most, entries found), the most searched for first."""
        words = self.values("words", "language").annotate(most=Max("networks"), entries=Max("found"))
        return words.order_by("-most", "words", "language").values_list("words", "language", "most", "entries")

    def look_up(self) -> int:
        """See what they find today, those first that were searched for last; returns how many."""
        latest = self.values("language", "words").annotate(last=Max("month")).order_by("-last", "words", "language")
        searches = list(latest.values_list("language", "words")[:MOST_LOOKED_UP])
        for language, words in searches:
            found = Practice.objects.published().matching(read(words, language)).count()
            self.filter(language=language, words=words).exclude(found=found).update(found=found)
        return len(searches)

    def forget(self) -> int:
        return self.filter(month__lt=month_before(MONTHS_KEPT)).delete()[0]


class SearchWord(models.Model):
    """Words that were searched for from five networks or more in a month; ``found`` is what they found when last looked up."""

    FEWEST = 5

    pk = models.CompositePrimaryKey("month", "language", "words")
    month = models.DateField(_("month"))
    language = models.CharField(_("language"), max_length=7)
    words = models.CharField(_("words"), max_length=80)
    networks = models.PositiveSmallIntegerField(_("networks"))
    found = models.PositiveIntegerField(_("entries found"), null=True)

    objects = SearchWordQuerySet.as_manager()

    class Meta:
        verbose_name = _("searched words")
        verbose_name_plural = _("searched words")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(networks__gte=5), name="search_word_is_of_five_networks"),
            models.CheckConstraint(condition=Q(month__day=1), name="search_word_is_of_a_month"),
        ]

    def __str__(self):
        return self.words
