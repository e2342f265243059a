"""What the page of the desk shows of the counts."""

from collections.abc import Iterable
from typing import NamedTuple

from django.conf import settings
from django.db.models import Model, Q
from django.urls import NoReverseMatch, reverse
from django.utils.formats import number_format
from django.utils.translation import override

from citysolidarity.drawing.month_chart import MonthChart, month_chart, months
from citysolidarity.operation.visits.kinds import SINGLE
from citysolidarity.operation.visits.models import PageCount, SearchWord
from citysolidarity.yearly.period import Period
from practices.directory.selection import Selection
from practices.models import City, Guide, LibraryDocument, Network, Practice

MOST_PAGES, MOST_SEARCHES = 20, 50
MODELS: dict[str, tuple[type[Model], str]] = {
    "practice": (Practice, "title"),
    "city": (City, "name"),
    "signature": (City, "name"),
    "guide": (Guide, "title"),
    "document": (LibraryDocument, "title"),
    "network": (Network, "name"),
}


class PageLine(NamedTuple):
    """``share`` is of the first line's views, in percent; ``number`` are the views as a page writes them."""

    label: str
    url: str
    views: int
    number: str
    share: int


class SearchLine(NamedTuple):
    """``url`` is the search; ``found`` is None where it was not looked up yet."""

    words: str
    code: str
    language: str
    networks: int
    found: int | None
    url: str


def lines(rows: Iterable[tuple[str, str, int]]) -> list[PageLine]:
    """Of (label, url, views), the most read first."""
    rows = list(rows)
    return [PageLine(label, url, views, grouped(views), round(100 * views / rows[0][2])) for label, url, views in rows]


def grouped(number: int) -> str:
    return number_format(number, force_grouping=True)


def by_month() -> MonthChart | None:
    """Of all that is kept, whatever the period; None where nothing was counted yet."""
    counted = dict(PageCount.objects.by_month())
    if not counted:
        return None
    numbers = [(month, counted.get(month, 0)) for month in months(min(counted), max(counted))]
    return month_chart(numbers, grouped)


def most_read(period: Period, kind: str) -> list[PageLine]:
    """The single pages of a kind."""
    model, name = MODELS[kind]
    rows = list(PageCount.objects.between(*period).filter(kind=kind).most_read("slug")[:MOST_PAGES])
    names = dict(model.objects.filter(slug__in=[slug for slug, _views in rows]).values_list("slug", name))
    return lines((names.get(slug, slug), reverse(kind, args=[slug]), views) for slug, views in rows)


def by_kind(period: Period) -> list[PageLine]:
    """Pages of which there is one by their address, the others together."""
    return lines(
        (str(SINGLE.get(kind, "")) or address_of(kind), "" if kind in SINGLE else address_of(kind), views)
        for kind, views in PageCount.objects.between(*period).most_read("kind")
    )


def address_of(kind: str) -> str:
    """The name itself for a kind of several addresses, or of an earlier release."""
    try:
        return reverse(kind)
    except NoReverseMatch:
        return kind


def by_language(period: Period) -> list[PageLine]:
    names = dict(settings.LANGUAGES)
    rows = PageCount.objects.between(*period).most_read("language")
    return lines((str(names.get(code, code)), "", views) for code, views in rows)


def searches(period: Period) -> tuple[list[SearchLine], list[SearchLine]]:
    """Those that find nothing today, and the others."""
    words = SearchWord.objects.between(*period).by_words()
    missing, others = words.filter(entries=0), words.filter(Q(entries__gt=0) | Q(entries__isnull=True))
    return [as_words(row) for row in missing[:MOST_SEARCHES]], [as_words(row) for row in others[:MOST_SEARCHES]]


def as_words(row: tuple[str, str, int, int | None]) -> SearchLine:
    words, language, networks, found = row
    with override(language):
        url = reverse("directory") + Selection(words=words).query()
    return SearchLine(words, language, str(dict(settings.LANGUAGES).get(language, language)), networks, found, url)
