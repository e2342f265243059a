"""Pages under load: ratios of rates to that of an empty view under the same server and middlewares."""

import contextlib
import os
import statistics
import threading
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import psycopg
from django.conf import settings
from django.urls import reverse

from practices.models import City, Practice
from tests.bench import mix
from tests.bench.report import Line
from tests.bench.serving import CLIENTS, WORKERS, Rate, by_python, load, server

ROUNDS = 5
LONGEST_UNSEEN = 30
SAVE_ROUNDS, SAVE_SECONDS, SAVES = 3, 3, 5
WARM_SECONDS, MOST_WARMING_SECONDS, STILL_WARMING = 1, 30, 1.1
MEETINGS, MOST_MET = 10, 100


class Load(NamedTuple):
    """What is asked of which server. ``slow`` answers are waited for, so that none lasts into the next load."""

    port: int
    addresses: list[str]
    headers: dict[str, str] = {}
    clients: int = CLIENTS
    slow: bool = False

    def run(self, seconds: float) -> Rate:
        """How fast it is answered."""
        by = by_python if self.slow else load
        return by(self.port, self.addresses, seconds, self.clients, self.headers)


def measure(size: int, address: str, seconds: float, note: Callable[[str], None]) -> list[Line]:
    """All figures of pages for one directory; ``address`` is its database's, ``seconds`` those of each load."""
    root = Path(settings.BASE_DIR)
    with contextlib.ExitStack() as stack:
        anew = stack.enter_context(server(root, DATABASE_URL=address, BENCH_BYTES_KEPT="0"))
        usual = stack.enter_context(server(root, DATABASE_URL=address))
        by_sql = stack.enter_context(server(root, DATABASE_URL=address, SELECTION_INDEX="0"))
        loads, rounds = targets(anew, usual, by_sql), []
        for name, one in loads.items():
            note(f"warming: {name}")
            warm(one)
        for number in range(ROUNDS):
            found = {}
            for name, one in loads.items():
                note(f"round {number + 1} of {ROUNDS}: {name}")
                found[name] = one.run(seconds)
            rounds.append(ratios(found))
        note("a save each second")
        figures = {name: statistics.median(one[name] for one in rounds) for name in rounds[0]}
        figures |= saving(address, usual, seconds)
    return [Line(number, size, value) for number, value in figures.items()]


def warm(one: Load) -> None:
    """Loads it until each worker has met each address, most likely, and more of it makes it no faster.

    One request after the other would not do: the system hands most of them to the same worker, and the other one would
    still be building its index, and rendering its pages, while it is measured.
    """
    if one.slow:
        one.run(WARM_SECONDS)
        return
    enough, asked, fastest = MEETINGS * min(len(set(one.addresses)), MOST_MET), 0.0, 0.0
    end = time.monotonic() + MOST_WARMING_SECONDS
    while time.monotonic() < end:
        rate = one.run(WARM_SECONDS).per_second
        asked += rate * WARM_SECONDS
        if asked >= enough and rate < fastest * STILL_WARMING:
            return
        fastest = max(fastest, rate)


def targets(anew: int, usual: int, by_sql: int) -> dict[str, Load]:
    """What is loaded: on the server that keeps no page, on one as in production, on one without the index."""
    zstd = {"Accept-Encoding": "zstd"}
    practices = [reverse("practice", args=[slug]) for slug in Practice.objects.values_list("slug", flat=True)[:50]]
    cities = [reverse("city", args=[slug]) for slug in City.objects.with_practice().values_list("slug", flat=True)[:50]]
    signatories = [reverse("signatories"), reverse("signatories") + "?view=table"]
    page = mix.BASE + "?theme=housing"
    with urllib.request.urlopen(f"http://127.0.0.1:{usual}{page}") as answer:
        tag = answer.headers["ETag"]
    return {
        "empty": Load(anew, [mix.EMPTY]),
        "filters": Load(anew, mix.filters_alone()),
        "zstd": Load(anew, mix.filters_alone(), zstd),
        "fresh": Load(anew, mix.fresh_filters()),
        "mix": Load(anew, mix.addresses()),
        "plain": Load(anew, ["/bench/plain"]),
        "stock": Load(anew, ["/bench/stock?theme=housing"], clients=WORKERS, slow=True),
        "sql": Load(by_sql, mix.filters_alone(), clients=WORKERS, slow=True),
        "again": Load(usual, [page], zstd),
        "304": Load(usual, [page], {"If-None-Match": tag}),
        "static": Load(usual, ["/static/img/mark.svg"]),
        "practices": Load(usual, practices, zstd),
        "cities": Load(usual, cities, zstd),
        "signatories": Load(usual, signatories, zstd),
        "api": Load(usual, ["/api/v1/practices?theme=housing"], zstd),
        "click": Load(anew, mix.fresh_filters(), clients=1),
    }


def ratios(rates: dict[str, Rate]) -> dict[str, float]:
    """The figures of one round."""
    failed = {name: rate.failed for name, rate in rates.items() if rate.failed}
    if failed:
        raise RuntimeError(f"Some answers were errors: {failed}")
    # A load too short for a single answer counts as one in a hundred seconds.
    per = {name: max(rate.per_second, 0.01) for name, rate in rates.items()}
    filters, empty = rates["filters"], rates["empty"]
    return {
        "P1": per["filters"] / per["empty"],
        "P1b": filters.median / empty.median,
        "P1n": per["fresh"] / per["empty"],
        "P2": per["filters"] / per["plain"],
        "P2b": per["filters"] / per["stock"],
        "P3": per["again"] / per["empty"],
        "P3b": per["304"] / per["empty"],
        "P4": per["mix"] / per["empty"],  # divided by that at 1,000 when all sizes are known
        "P11": rates["zstd"].median / filters.median - 1,
        "P14": per["practices"] / per["empty"],
        "P14b": per["cities"] / per["empty"],
        "P14c": per["signatories"] / per["empty"],
        "P15": per["api"] / per["empty"],
        "click": rates["click"].median,
        "sql": per["filters"] / per["sql"],
        "static": per["static"] / per["empty"],
    }


def saving(address: str, port: int, seconds: float) -> dict[str, float]:
    """What saves cost the visitors, and how long one stays unseen."""
    stop = threading.Event()
    undisturbed, disturbed = [], []

    def save():
        with psycopg.connect(address, autocommit=True) as base:
            while not stop.wait(1):
                base.execute(
                    "UPDATE practices_practice SET area = clock_timestamp()::text"
                    " WHERE id = (SELECT id FROM practices_practice ORDER BY published_at DESC LIMIT 1)"
                )

    for _ in range(SAVE_ROUNDS):
        undisturbed.append(load(port, mix.filters_alone(), seconds).per_second)
        stop.clear()
        saver = threading.Thread(target=save)
        saver.start()
        try:
            disturbed.append(load(port, mix.filters_alone(), max(seconds, SAVE_SECONDS)).per_second)
        finally:
            stop.set()
            saver.join()
    still = [seen_after(address, port, f"Seen {os.getpid()} {number}") for number in range(SAVES)]
    return {"P9": max(still), "P9b": statistics.median(disturbed) / statistics.median(undisturbed)}


def seen_after(address: str, port: int, area: str) -> float:
    """Seconds from a commit until every worker shows it: twenty answers in a row do."""
    with psycopg.connect(address, autocommit=True) as base:
        base.execute(
            "UPDATE practices_practice SET area = %s"
            " WHERE id = (SELECT id FROM practices_practice ORDER BY published_at DESC LIMIT 1)",
            [area],
        )
    saved = last_old = time.monotonic()
    shown = 0
    while shown < 20:
        began = time.monotonic()
        if began - saved > LONGEST_UNSEEN:
            raise RuntimeError("What was saved does not appear.")
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{mix.BASE}?sort=newest") as answer:
            if area.encode() in answer.read():
                shown += 1
            else:
                shown, last_old = 0, began
    return last_old - saved
