"""Several ways to do one thing, timed in turn: what disturbs the machine disturbs all of them."""

import statistics
import time
from collections.abc import Callable

LEAST_ROUNDS, IN_A_ROW = 5, 3


def interleaved(ways: dict[str, Callable[[], object]], seconds: float) -> dict[str, float]:
    """Name → the median of its times in milliseconds; each way runs once before it is timed."""
    times: dict[str, list[float]] = {name: [] for name in ways}
    for way in ways.values():
        way()
    end = time.monotonic() + seconds
    while time.monotonic() < end or min(map(len, times.values())) < LEAST_ROUNDS * IN_A_ROW:
        for name, way in ways.items():
            for _ in range(IN_A_ROW):
                began = time.perf_counter()
                way()
                times[name].append((time.perf_counter() - began) * 1000)
    return {name: statistics.median(found) for name, found in times.items()}
