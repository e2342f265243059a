"""How many rooms each package has, which of them import each other, and which ones a request enters.

``.venv/bin/python -m tests.rig.rooms`` prints it all for this checkout; tests/rig/test_rooms.py holds the bounds and
walks the journeys. What is counted:

- A *room* is a name at the top of a package, as a listing of its folder shows it: a file or a folder. Left out are
  ``__init__.py``, which is the package itself, and ``migrations``.
- An *arrow* goes from one room to another of the same package if any file of the first imports the second, inside
  functions too, and counts once. ``from practices import paging`` is an arrow to ``paging``. What the migrations import
  are arrows too.
- An arrow *points up* if a contract of type ``layers`` in pyproject.toml names both rooms and the second is not below
  the first: neighbours on one floor may not import each other either. ``ignore_imports`` excuses nothing here.
- *Lines of code* are all lines of the packages' Python files, blank lines and comments included, without migrations.
  Templates, styles, scripts and tests are not counted.
- A request *enters* a room if it calls a function there; the body of a module or class is none.
"""

import ast
import inspect
import subprocess
import sys
import tomllib
from collections import Counter
from contextlib import contextmanager
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("practices", "pledges", "citysolidarity")


def rooms(package: str) -> set[str]:
    # What Python compiled stays behind in folders that are otherwise gone.
    files = [file for file in (ROOT / package).rglob("*") if file.is_file() and "__pycache__" not in file.parts]
    names = {file.relative_to(ROOT / package).parts[0] for file in files}
    return {name.partition(".")[0] for name in names} - {"", "__init__", "migrations"}


def modules() -> dict[str, Path]:
    """The dotted name of every module, and its file."""
    files = [file for package in PACKAGES for file in (ROOT / package).rglob("*.py")]
    return {".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): file for file in files}


def lines_of_code() -> int:
    files = [file for file in modules().values() if file.parent.name != "migrations"]
    return sum(len(file.read_text("utf-8").splitlines()) for file in files)


@cache
def imports() -> frozenset[tuple[str, str]]:
    """Pairs of our modules, of which the first imports the second."""
    known = modules()
    return frozenset((name, other) for name in known for other in imported_by(name, known) if other in known)


def imported_by(name: str, known: dict[str, Path]) -> set[str]:
    """What a module imports. For ``from a import b`` that is ``a.b`` if this is a module of ours, and ``a`` otherwise."""
    found = set()
    folder = name.split(".") if known[name].name == "__init__.py" else name.split(".")[:-1]
    for node in ast.walk(ast.parse(known[name].read_bytes())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            parents = folder[: len(folder) - node.level + 1] if node.level else []
            base = ".".join([*parents, node.module] if node.module else parents)
            found |= {full if (full := f"{base}.{alias.name}") in known else base for alias in node.names}
    return found


def arrows(package: str) -> set[tuple[str, str]]:
    inside = [pair for pair in imports() if all(name.startswith(f"{package}.") for name in pair)]
    pairs = {(first.split(".")[1], second.split(".")[1]) for first, second in inside}
    return {(first, second) for first, second in pairs if first != second}


def layer_contracts() -> list[dict]:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    return [contract for contract in contracts if contract["type"] == "layers"]


def upward_arrows(contracts: list[dict]) -> set[tuple[str, str]]:
    """The arrows that point up or to a neighbour, as dotted names."""
    found = set()
    for contract in contracts:
        for container in contract.get("containers", [""]):
            floors = floors_of(contract["layers"], container)
            pairs = {(room_in(floors, first), room_in(floors, second)) for first, second in imports()}
            known = [(first, second) for first, second in pairs if first and second and first != second]
            found |= {(first, second) for first, second in known if floors[second] >= floors[first]}
    return found


def floors_of(layers: list[str], container: str) -> dict[str, int]:
    """Room → its floor, 0 at the bottom; ``a | (b)`` are two rooms of one floor, of which the second is optional."""
    start = f"{container}." if container else ""
    floors = enumerate(reversed(layers))
    return {start + room.strip(" ()"): floor for floor, layer in floors for room in layer.split("|")}


def room_in(floors: dict[str, int], module: str) -> str | None:
    """The room of a contract that a module belongs to; the inner one if a room lies in another."""
    return max((room for room in floors if f"{module}.".startswith(f"{room}.")), key=len, default=None)


@contextmanager
def calls():
    """Count the calls of our functions inside the block, by room: {"practices/search": 304}."""
    counted, watch = Counter(), sys.monitoring

    def on_start(code, _offset):
        # Only functions have this flag; the bodies of modules and classes start, too.
        if code.co_flags & inspect.CO_OPTIMIZED and (room := room_of(code.co_filename)):
            counted[room] += 1
            return None
        return watch.DISABLE

    watch.use_tool_id(watch.PROFILER_ID, "rooms")
    watch.register_callback(watch.PROFILER_ID, watch.events.PY_START, on_start)
    watch.restart_events()  # an earlier block may have disabled some
    watch.set_events(watch.PROFILER_ID, watch.events.PY_START)
    try:
        yield counted
    finally:
        watch.set_events(watch.PROFILER_ID, watch.events.NO_EVENTS)
        watch.free_tool_id(watch.PROFILER_ID)


@cache
def room_of(filename: str) -> str | None:
    parts = Path(filename).relative_to(ROOT).with_suffix("").parts if Path(filename).is_relative_to(ROOT) else [""]
    return "/".join(parts[:2]) if parts[0] in PACKAGES else None


def main() -> int:
    for package in PACKAGES:
        names = sorted(rooms(package))
        sys.stdout.write(f"{package}: {len(names)} rooms, {len(arrows(package))} arrows\n    {', '.join(names)}\n")
    upward = sorted(f"{first} → {second}" for first, second in upward_arrows(layer_contracts()))
    sys.stdout.write(f"Arrows that point up: {', '.join(upward) or 'none'}\nLines of code: {lines_of_code():,}\n")
    sys.stdout.flush()
    quietly = ["-n", "0", "-s", "-q", "--no-header", "-p", "no:randomly"]
    return subprocess.call(
        [sys.executable, "manage.py", "test", "--no-browser", *quietly, "tests/rig/test_rooms.py"], cwd=ROOT
    )


if __name__ == "__main__":
    sys.exit(main())
