"""Every module of the project, for tests that look at all of a kind, and the time that something takes."""

import gc
import importlib
import pkgutil
import time
from collections.abc import Callable
from types import ModuleType

PACKAGES = ("citysolidarity", "practices", "pledges")


def all_modules() -> list[ModuleType]:
    """The modules of the three packages, imported."""
    found = [importlib.import_module(name) for name in PACKAGES]
    for package in list(found):
        modules = pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
        found += [importlib.import_module(module.name) for module in modules]
    return found


def at_once(act: Callable[[], object]):
    """What it returns, within a second."""
    found = []
    assert seconds(lambda: found.append(act())) < 1
    return found[0]


def seconds(act: Callable[[], object]) -> float:
    """How long it takes, in time of this process: what else the machine does meanwhile does not count.

    Nor does a look for garbage among all that thousands of tests before have left, which takes about a second.
    """
    gc.disable()
    try:
        begun = time.process_time()
        act()
        return time.process_time() - begun
    finally:
        gc.enable()
