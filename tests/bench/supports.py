"""Many supports by residents: what the daily count costs, and the pages with its numbers beside an empty view.

The directory is small (1,000 practices); towns that residents named from the list of places come beside its cities.
"""

import contextlib
import statistics
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from random import Random

from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from citysolidarity.caching.page_cache import pages
from pledges.models import AskedCity, Signature, Support, SupportContact, SupportMonth
from pledges.models.support import mailbox_mark
from pledges.supports.counting import count_supports
from practices.models import City, Practice
from tests.bench import database, mix, synthetic
from tests.bench.serving import WORKERS, server
from tests.bench.visits import ROUNDS, Load, warm

NAME = "citysolidarity_bench_supports_{count}"
PRACTICES, TOWNS, MONTHS, MANY = 1_000, 4_600, 24, 50
BATCH = 2_000
GOAL = 0.45
ZSTD = {"Accept-Encoding": "zstd"}


def measure(count: int, seconds: float, note: Callable[[str], None], *, fresh: bool = False) -> str:
    """The tables, in Markdown."""
    mark = f"whole {database.recipe(__file__)}"
    with database.kept(NAME.format(count=count), mark, lambda: fill(count, note), fresh=fresh) as address:
        counted = counting(note)
        asked_for = addresses()
        statements = {name: statements_of(found) for name, found in asked_for.items()}
        found = rates(address, asked_for, seconds, note)
    return f"{counts_table(count, counted)}\n\n{pages_table(found, statements)}"


# --- what is in the database ------------------------------------------------------------------


def fill(count: int, note: Callable[[str], None]) -> None:
    """The first city has most residents who ask, the nth an nth part of them; one in twenty is not to be counted."""
    synthetic.Synthetic(PRACTICES, length=(40, 80)).fill()
    database.sign(database.SIGNATURES)
    chance, now = Random(synthetic.SEED), timezone.now()
    City.objects.bulk_create(towns(chance), batch_size=BATCH)
    places = list(City.objects.order_by("pk"))
    chance.shuffle(places)
    cities = synthetic.zipf(places, 1.0)
    for start in range(0, count, BATCH):
        numbers = range(start, min(start + BATCH, count))
        with transaction.atomic():
            rows = Support.objects.bulk_create(a_support(number, cities.one(chance), chance, now) for number in numbers)
            SupportContact.objects.bulk_create(
                SupportContact(support=row, email=address_of(number), first_name="Rana")
                for number, row in zip(numbers, rows, strict=True)
            )
        note(f"{numbers.stop:,} saved")
    months = [(now.replace(day=1) - timedelta(days=31 * number)).date().replace(day=1) for number in range(1, MONTHS)]
    SupportMonth.objects.bulk_create(
        SupportMonth(month=month, told=count * (MONTHS - number) // MONTHS // 10 * 10, counted_on=month)
        for number, month in enumerate(months)
    )
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def towns(chance: Random) -> list[City]:
    known = City.objects.count()
    countries = {
        number: chance.choice(["DE", "FR", "ES", "JO", "BR", "CO", "UG"]) for number in range(known, known + TOWNS)
    }
    return [
        City(
            slug=f"town-{number}-{country.lower()}",
            name=f"Town {number}",
            country=country,
            latitude=chance.uniform(-50, 65),
            longitude=chance.uniform(-170, 175),
            population=int(chance.lognormvariate(10, 1.5)) + 1,
            geonames_id=10_000_000 + number,
        )
        for number, country in countries.items()
    ]


def address_of(number: int) -> str:
    return f"resident-{number}@home.example"


def a_support(number: int, city: City, chance: Random, now) -> Support:
    key, asked = f"bench-{number}", now - timedelta(minutes=chance.randrange(60, 60 * 24 * 30 * MONTHS))
    return Support(
        key=key,
        reference=f"{number:09}",
        content=b"",
        city=city,
        mailbox=mailbox_mark(address_of(number)),
        language="en",
        may_be_counted=chance.random() < 0.95,
        sent_at=asked,
        confirmed_at=asked + timedelta(minutes=chance.randrange(1, 60)),
    )


# --- the daily count --------------------------------------------------------------------------


def counting(note: Callable[[str], None]) -> dict[str, tuple[int, float, int]]:
    """How many cities changed, the seconds and the statements of a count: of all anew, of nothing new, of some."""
    note("counting")
    AskedCity.objects.all().delete()
    found = {"the first count, of all cities": counted(), "where nothing has changed": counted()}
    moved = Support.objects.counted().order_by("?").values("pk")[:1_000]
    Support.objects.filter(pk__in=list(moved.values_list("pk", flat=True))).update(may_be_counted=False)
    found["after a thousand residents took back that they may be counted"] = counted()
    return found


def counted() -> tuple[int, float, int]:
    began = time.perf_counter()
    with CaptureQueriesContext(connection) as queries:
        changed = count_supports()
    return changed, time.perf_counter() - began, len(queries)


def counts_table(count: int, found: dict[str, tuple[int, float, int]]) -> str:
    cities = max(changed for changed, _seconds, _queries in found.values())
    rows = [
        f"| {name} | {changed:,} | {seconds:.2f} | {queries} |" for name, (changed, seconds, queries) in found.items()
    ]
    head = f"{count:,} supports of {cities:,} cities.\n\n| the daily count | cities changed | seconds | statements |"
    return "\n".join([head, "|---|--:|--:|--:|", *rows])


# --- pages ------------------------------------------------------------------------------------


def addresses() -> dict[str, list[str]]:
    """Kind of page → addresses; of cities those that most residents ask."""
    asked = AskedCity.objects.told().filter(is_listed=True).most_first()
    cities = [reverse("city", args=[row.city.slug]) for row in asked[:MANY]]
    signatures = Signature.objects.public().filter(city__asked__isnull=False).select_related("city").order_by("pk")
    slugs = Practice.objects.published().order_by("pk").values_list("slug", flat=True)
    numbers = reverse("supports")
    return {
        "practices": [reverse("practice", args=[slug]) for slug in slugs[:MANY]],
        "cities that residents ask": cities,
        "signatories, list and table": [reverse("signatories"), f"{reverse('signatories')}?view=table"],
        "a city's signature": [row.get_absolute_url() for row in signatures[:MANY]],
        "the numbers by city, with map and growth": [numbers],
        "the numbers by city, further pages": [f"{numbers}?page={number}" for number in range(2, 2 + MANY)],
        "the statement": [reverse("statement")],
    }


def statements_of(paths: list[str]) -> int:
    """The most statements that a page of these takes where no copy of it is kept."""
    client, most = Client(), 0
    client.get(paths[0], headers={"host": "127.0.0.1"})
    for path in paths[:10]:
        pages.forget()
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path, headers={"host": "127.0.0.1"}).status_code == 200, path
        most = max(most, len(queries))
    return most


def rates(address: str, asked_for: dict, seconds: float, note: Callable[[str], None]) -> dict[str, tuple[float, float]]:
    """Kind of page → (kept, rendered anew), each the median of the rounds' ratios to an empty view."""
    root = Path(settings.BASE_DIR)
    with contextlib.ExitStack() as stack:
        anew = stack.enter_context(server(root, DATABASE_URL=address, BENCH_BYTES_KEPT="0"))
        usual = stack.enter_context(server(root, DATABASE_URL=address))
        loads = {("empty", 0): Load(usual, [mix.EMPTY])}
        for name, paths in asked_for.items():
            loads[name, usual] = Load(usual, paths, ZSTD)
            loads[name, anew] = Load(anew, paths, ZSTD, clients=WORKERS, slow=True)
        for (name, _port), load in loads.items():
            note(f"warming: {name}")
            warm(load)
        found = {key: [] for key in loads}
        for number in range(ROUNDS):
            for key, load in loads.items():
                note(f"round {number + 1} of {ROUNDS}: {key[0]}")
                rate = load.run(seconds)
                if rate.failed:
                    raise RuntimeError(f"Some answers were errors: {key[0]}")
                found[key].append(rate.per_second)
    empty = found["empty", 0]

    def ratio(name: str, port: int) -> float:
        return statistics.median(rate / alone for rate, alone in zip(found[name, port], empty, strict=True))

    return {name: (ratio(name, usual), ratio(name, anew)) for name in asked_for}


def pages_table(found: dict[str, tuple[float, float]], statements: dict[str, int]) -> str:
    head = "| pages / empty view: rate | kept | goal | | rendered anew | statements then |\n|---|--:|--:|---|--:|--:|"
    rows = [
        f"| {name} | {kept:.3g} | ≥ {GOAL} | {'met' if kept >= GOAL else f'missed by {1 - kept / GOAL:.0%}'}"
        f" | {anew:.3g} | {statements[name]} |"
        for name, (kept, anew) in found.items()
    ]
    return "\n".join([head, *rows])
