"""People who read and search, each from a network of their own."""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice

from citysolidarity.operation.visits.counting import SearchOfMonth, place_of
from citysolidarity.operation.visits.models import PageCount, SearchWord, month_before

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def today():
    """The counts are those of days of UTC."""
    return datetime.now(UTC).date()


def read(client, path, *, agent=FIREFOX, ip="198.51.100.9", query=None, **headers):
    return client.get(path, query, REMOTE_ADDR=ip, headers={"User-Agent": agent, **headers})


def search(client, words, *, ip="198.51.100.9", language="en", **query):
    return read(client, f"/{language}/practices/", ip=ip, query={"q": words, **query})


def addresses(words, number, language="en") -> list[str]:
    """Of so many networks, none of which has the place of another: by chance two of them may share one."""
    return list(islice(apart(SearchOfMonth(today().replace(day=1), language, words)), number))


def apart(searched: SearchOfMonth) -> Iterator[str]:
    places = set()
    for number in range(1, 250):
        place = place_of(searched, f"{number}.7.0.0/16")
        if place not in places:
            places.add(place)
            yield f"{number}.7.3.9"


def some_visits() -> None:
    """What a year and a half leave behind, for those who look at the page of the desk."""
    slug, pages = "community-led-public-spaces-amman", []
    for month in range(18):
        pages.append((month_before(month), "practice", slug, "en", 4_000 - 200 * month))
        pages.append((month_before(month), "city", "amman-jo", "ar", 900 - 10 * month))
        pages.append((month_before(month), "home", "", "fr", 700))
    PageCount.objects.add(pages)
    words = [("en", "zeppelin", 7), ("ar", "سكن", 9), ("en", "housing", 23)]
    SearchWord.objects.keep([(month_before(0), *row) for row in words])
    SearchWord.objects.look_up()
