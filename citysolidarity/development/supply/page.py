"""docs/supply.md: the tables of packages and files."""

from pathlib import Path

from citysolidarity.development.supply.files import vendored
from citysolidarity.development.supply.packages import licence_of, packages_of

PAGE = Path("docs") / "supply.md"
START, END = "<!-- tables: written by manage.py supply -->", "<!-- end of the tables -->"
TEST_LOCK, RUN_LOCK = "requirements-test.lock", "requirements.lock"


def tables(root: Path) -> str:
    """Without versions of packages, which stand in the lock files. Raises LicenceUnknown."""
    runs = {package.name for package in packages_of(root / RUN_LOCK)}
    tests = {package.name for package in packages_of(root / TEST_LOCK)} - runs
    lines = []
    for heading, names in (("Packages of the site", runs), ("Packages of the tests alone", tests)):
        rows = sorted((name, licence_of(name)) for name in names)
        lines += [f"## {heading} ({len(rows)})", "", *table(("package", "licence (SPDX)"), rows), ""]
    rows = [(f"`{file.path}`", *file[1:5], f"`{file.sha256}`") for file in vendored(root)]
    heads = ("file", "what", "version", "licence", "from", "SHA-256")
    return "\n".join([*lines, f"## Files of others ({len(rows)})", "", *table(heads, rows)])


def table(heads: tuple[str, ...], rows: list[tuple]) -> list[str]:
    lines = [heads, ["---"] * len(heads), *rows]
    return [f"| {' | '.join(cells)} |" for cells in lines]


def renewed(root: Path) -> str:
    """The whole page with new tables."""
    before, _start, rest = (root / PAGE).read_text("utf-8").partition(START)
    return f"{before}{START}\n\n{tables(root)}\n\n{END}{rest.partition(END)[2]}"
