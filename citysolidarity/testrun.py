"""`manage.py test`: pytest on the embedded PostgreSQL, with a browser and an HTML checker at hand."""

import argparse
import os
import sys

from citysolidarity import development, testtools

WITHOUT_BROWSER = "The tests that need a browser or the HTML checker are left out (--no-browser)."
# Arguments that settle the number of workers.
ALONE = ("-n", "--numprocesses", "no:xdist", "-pno:xdist", "--pdb", "--trace")


def run(root, arguments):
    """Run the tests with pytest's `arguments`; return pytest's exit code, or 1 when a tool or the database is missing."""
    os.chdir(root)  # pytest finds its settings and the tests' folder from here
    development.prepare(root, "test")
    if development.server:
        # A crash of the machine in the middle of a test run costs nothing: no need to wait for the disk.
        os.environ["PGOPTIONS"] = "-c synchronous_commit=off"
    testtools.fribidi()
    without_browser = reading_of(arguments)[0].no_browser
    if without_browser:
        say(WITHOUT_BROWSER)
    else:
        try:
            os.environ.update(testtools.provide(root))
        except testtools.ToolMissing as missing:
            say(str(missing))
            return 1
    import pytest

    code = int(pytest.main(pytest_arguments(arguments)))
    if without_browser:
        say(WITHOUT_BROWSER)
    development.release_database()
    return code


def pytest_arguments(arguments):
    """Return what pytest is given: two workers unless the arguments settle that or name single tests."""
    ours, kept = reading_of(arguments)
    if not any(argument.startswith(ALONE) or "::" in argument for argument in kept):
        kept = ["-n", "2", *kept]
    wanted = [f"({ours.expression})"] if ours.expression else []
    if ours.no_browser:
        wanted.append("not browser")
    return [*kept, "-m", " and ".join(wanted)] if wanted else kept


def reading_of(arguments):
    """Return (our own two arguments and pytest's -m, which one of ours adds to; all others in their order)."""
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument("--no-browser", action="store_true")
    parser.add_argument("-m", dest="expression")
    return parser.parse_known_args(arguments)


def say(line):
    """Write a line where it is seen before and after pytest's own."""
    print(line, file=sys.stderr, flush=True)
