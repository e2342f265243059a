"""Every module of the project, for tests that look at all of a kind, and the time that something takes."""

import gc
import importlib
import pkgutil
import time
from collections.abc import Callable
from types import ModuleType

PACKAGES = ("citysolidarity", "practices", "pledges")
USUAL = 0.02  # seconds that the work of `slowness` takes on a machine with nothing else to do


def all_modules() -> list[ModuleType]:
    """The modules of the three packages, imported."""
    found = [importlib.import_module(name) for name in PACKAGES]
    for package in list(found):
        modules = pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
        found += [importlib.import_module(module.name) for module in modules]
    return found


def within(bound: float, act: Callable[[], object]):
    """What it returns, in so many seconds at most."""
    found = []
    assert seconds(lambda: found.append(act())) < bound
    return found[0]


def at_once(act: Callable[[], object]):
    """What is slow by itself is slow again; what was slow because the machine stood still is not."""
    try:
        return within(1, act)
    except AssertionError:
        return within(1, act)


def seconds(act: Callable[[], object]) -> float:
    """How long it takes, in time of this process: what else the machine does meanwhile does not count.

    Nor does a look for garbage among all that thousands of tests before have left, which takes about a second. What takes
    long enough to come near a bound is counted in seconds of a machine as fast as most: the same work may take twice as
    long where others press on the processor, though it is no worse.
    """
    gc.disable()
    try:
        took = seconds_here(act)
        return took / slowness() if took > 0.1 else took
    finally:
        gc.enable()


def seconds_here(act: Callable[[], object]) -> float:
    begun = time.process_time()
    act()
    return time.process_time() - begun


def slowness() -> float:
    """How many times as long as a usual machine this one takes just now, at least 1: some work without a purpose tells."""
    return max(1, min(seconds_here(lambda: sum(map(len, map(str, range(100_000))))) for _ in range(3)) / USUAL)
