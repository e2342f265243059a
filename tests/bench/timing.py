"""Several ways to do one thing, timed in turn: what disturbs the machine disturbs all of them."""

import statistics
import time
from collections.abc import Callable

LEAST_ROUNDS = 3
# What is quick is timed several times in a row, so that it does not suffer from what ran before it.
QUICK_SECONDS, IN_A_ROW = 0.02, 3


def interleaved(ways: dict[str, Callable[[], object]], seconds: float) -> dict[str, float]:
    """Name → the median of its times in milliseconds; each way runs once before it is timed."""
    times: dict[str, list[float]] = {name: [] for name in ways}
    turns = {name: IN_A_ROW if timed(way) < QUICK_SECONDS else 1 for name, way in ways.items()}
    end, rounds = time.monotonic() + seconds, 0
    while time.monotonic() < end or rounds < LEAST_ROUNDS:
        for name, way in ways.items():
            times[name] += (timed(way) * 1000 for _ in range(turns[name]))
        rounds += 1
    return {name: statistics.median(found) for name, found in times.items()}


def timed(way: Callable[[], object]) -> float:
    """The seconds it takes."""
    began = time.perf_counter()
    way()
    return time.perf_counter() - began
