"""What is measured within one process: counting facets, searching, ranking, correcting, statements, memory."""

import statistics
import time
import tracemalloc
from contextlib import ExitStack
from itertools import cycle
from unittest.mock import patch

from django.db import connection
from django.http import HttpResponse, QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext

from citysolidarity.caching.edition import edition
from citysolidarity.caching.page_cache import pages
from citysolidarity.forms.form_token import SLOWER_THAN_A_ROBOT
from citysolidarity.http.throttle import LimitUse
from practices.directory.filters import read_selection
from practices.directory.found import FoundBySql, FoundInIndex
from practices.directory.fragments import page as fragments
from practices.directory.fragments.cards import cards
from practices.directory.index.keeper import selection_index
from practices.models import Place, Practice
from practices.search.query import read
from tests.bench import engines, mix
from tests.bench.report import Line
from tests.bench.synthetic import DOMAIN
from tests.bench.timing import interleaved
from tests.forms import ATHENS, a_place, send
from tests.pledges.signing.journeys import ANSWERS, walk
from tests.practices.search.misspellings import misspelt

HOST = "127.0.0.1"
SIGNATURES = 15


# Distinct pages of the directory after which a worker has kept as much as it ever will.
PAGES = 400


def measure(size: int, seconds: float, note) -> list[Line]:
    """All figures that need no server, for one directory; ``seconds`` are those of each comparison."""
    # Looking for changes has figures of its own.
    with patch("citysolidarity.caching.edition.CHECK_SECONDS", float("inf")):
        figures = facets(seconds, note) | searches(seconds, note)
    figures |= asked(note) | signing(note)
    figures["P12"] = megabytes(note)
    return [Line(number, size, value) for number, value in figures.items()]


def start_anew() -> None:
    """What a process keeps to answer fast is forgotten."""
    for kept in (selection_index, cards, pages, fragments):
        kept.forget()


def facets(seconds: float, note) -> dict[str, float]:
    """Counting every facet under the searches of the mix that ask for no words."""
    note("facets, ranking, correction")
    start_anew()
    filters = [read_selection(QueryDict(query)) for query in mix.MIX if "q=" not in query]
    counted = interleaved(
        {
            "index": lambda: [FoundInIndex(selection).counts for selection in filters],
            "sql": lambda: [FoundBySql(selection).counts for selection in filters],
        },
        seconds,
    )
    return {"P5": counted["sql"] / counted["index"]}


def searches(seconds: float, note) -> dict[str, float]:
    """The same questions put to every engine; ranking; correcting."""
    selection_index.current()
    ranked = interleaved(
        {"own": lambda: engines.best_match("housing"), "full": lambda: engines.rank_full("housing")}, seconds
    )
    typed = cycle(misspelt_pairs())
    reading = interleaved({"read": lambda: read(next(typed), "en")}, seconds / 2)
    note("filling the other engines")
    with ExitStack() as stack:
        ways = {
            "before": engines.asked_before,
            "new": engines.asked_anew,
            "sql": engines.by_sql,
            **engines.others(stack),
        }
        note("searching")
        times = interleaved(
            {name: (lambda ask=ask: [ask(*question) for question in engines.QUESTIONS]) for name, ask in ways.items()},
            2 * seconds,
        )
    compared = {
        "P6a": ("tantivy", "before"),
        "P6b": ("sqlite3", "before"),
        "P6c": ("duckdb", "before"),
        "P6s": ("sql", "before"),
        "P6n": ("tantivy", "new"),
    }
    found = {number: times[other] / times[own] for number, (other, own) in compared.items() if other in times}
    return found | {"P7": ranked["full"] / ranked["own"], "P8": reading["read"]}


def misspelt_pairs() -> list[str]:
    """Searches of two misspelt words each, of those this directory is about."""
    typed = [typed for typed, _meant in misspelt(DOMAIN["en"].split(), set())]
    return [f"{one} {other}" for one, other in zip(typed, typed[1:] + typed[:1], strict=True)]


def asked(note) -> dict[str, float]:
    """How many statements a page sends: free of noise."""
    note("statements")
    client, address = Client(headers={"host": HOST}), f"{mix.BASE}?theme=housing&theme=health"
    entry = Practice.objects.published().with_city()[0]

    def sent(*addresses: str) -> float:
        with CaptureQueriesContext(connection) as found:
            for one in addresses:
                client.get(one)
        return len(found) / len(addresses)

    def rested(*addresses: str) -> float:
        """With a look due before each."""
        found = []
        for one in addresses:
            edition.checked = float("-inf")
            found.append(sent(one))
        return max(found)

    start_anew()
    cold = sent(address)
    sent(address)  # the first page known to be of an edition is copied for outages, which takes two looks more
    pages.forget()
    both = entry.get_absolute_url(), entry.city.get_absolute_url()
    warm = rested(address)
    sent(*both)
    return {"P13": cold, "P13b": warm, "P13c": rested(*both)}


def signing(note) -> dict[str, float]:
    """The last button of a signature beside an empty page, both through Django's whole chain of middlewares."""
    from tests.bench import site  # noqa: F401 - adds the addresses to be measured against

    note("signatures")
    LimitUse.objects.all().delete()  # of earlier runs
    forms = [filled_in(number) for number in range(SIGNATURES)]
    time.sleep(SLOWER_THAN_A_ROBOT + 1)
    times: dict[str, list[float]] = {"post": [], "empty": []}
    for client, page in forms:
        for name, ask in {
            "post": lambda client=client, page=page: send(client, page, **ANSWERS["check"]),
            "empty": lambda client=client: client.get(mix.EMPTY),
        }.items():
            began = time.perf_counter()
            answer = ask()
            times[name].append(time.perf_counter() - began)
            if answer.status_code >= 400:
                raise RuntimeError(f"{name} was answered by {answer.status_code}")
    return {"P10": statistics.median(times["empty"]) / statistics.median(times["post"])}


def filled_in(number: int) -> tuple[Client, HttpResponse]:
    """A visitor with an address of their own before the last button of a signature, for a city that has none."""
    client = Client(headers={"host": HOST}, REMOTE_ADDR=f"127.0.{number}.1")
    key = ATHENS * 100 + Place.objects.count()
    a_place(name=f"Athens {key}", key=key, names=())
    city = {"q": f"Athens {key}", "city": f"place:{key}", "searched": f"Athens {key}"}
    return client, walk(client, city=city, contact={"email": f"mayor@athens{key}.example"})


def megabytes(note) -> float:
    """What a worker keeps after many different pages of the directory."""
    note("memory")
    client = Client(headers={"accept-encoding": "zstd", "host": HOST})
    client.get(mix.BASE)  # whatever is loaded once and kept by Django itself
    start_anew()
    tracemalloc.start(1)
    try:
        before = tracemalloc.get_traced_memory()[0]
        for address in [*mix.MIX, *(one.partition("?")[2] for one in mix.fresh_filters(PAGES))]:
            client.get(f"{mix.BASE}?{address}")
        return (tracemalloc.get_traced_memory()[0] - before) / 1_000_000
    finally:
        tracemalloc.stop()
