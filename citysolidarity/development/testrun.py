"""`manage.py test`: pytest on the embedded PostgreSQL, with a browser and an HTML checker at hand."""

import argparse
import contextlib
import os
import sys

from citysolidarity.development import environment, locks, testtools

WITHOUT_BROWSER = "The tests that need a browser, the HTML checker or the linter are left out (--no-browser)."
OTHERS_RUN = "Other tests run in this folder. These begin when they have ended."
# Arguments that settle the number of workers.
ALONE = ("-n", "--numprocesses", "no:xdist", "-pno:xdist", "--pdb", "--trace")


def run(root, arguments):
    """Return pytest's exit code, or 1 when a tool or the database is missing."""
    os.chdir(root)  # pytest finds its settings and the tests' folder from here
    environment.prepare(root, "test")
    if environment.server:
        # A crash during a test run loses nothing of value, so PostgreSQL need not wait for the disk. Nor does a statement
        # have the machine to itself: starting processes that help with it takes longer than the small tables do.
        os.environ["PGOPTIONS"] = "-c synchronous_commit=off -c max_parallel_workers_per_gather=0"
    # The tests start some hundred processes of the project, and each would compile all of it again.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    testtools.fribidi()
    if parse(arguments)[0].containers:
        return run_containers(arguments)
    with turn(root):
        return run_ordinary(root, arguments)


def run_ordinary(root, arguments):
    without_browser = parse(arguments)[0].no_browser
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
    environment.release_database()
    return code


@contextlib.contextmanager
def turn(root):
    """Tests in one folder have the same databases, so they follow one another."""
    path = root / "var" / "tests.lock"
    if locks.is_held(path):
        say(OTHERS_RUN)
    with locks.exclusive(path):
        yield


def run_containers(arguments):
    """The tests of the images and of compose.yaml alone, one after the other; 1 where no Docker engine answers."""
    try:
        os.environ.update(testtools.docker())
    except testtools.ToolMissing as missing:
        say(str(missing))
        return 1
    import pytest

    os.environ["WITH_CONTAINERS"] = "1"  # tests/conftest.py leaves them out of every other run
    code = int(pytest.main(["-n", "0", "--randomly-dont-reorganize", "tests/containers", *parse(arguments)[1]]))
    environment.release_database()
    return code


def pytest_arguments(arguments):
    """Add two workers, unless the arguments say how many or name single tests, and turn --no-browser into -m."""
    ours, others = parse(arguments)
    if not any(argument.startswith(ALONE) or "::" in argument for argument in others):
        others = ["-n", "2", *others]
    wanted = [f"({ours.expression})"] if ours.expression else []
    if ours.no_browser:
        wanted.append("not browser")
    return [*others, "-m", " and ".join(wanted)] if wanted else others


def parse(arguments):
    """Return (--no-browser, --containers and -m, all other arguments in their order)."""
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument("--no-browser", action="store_true")
    parser.add_argument("--containers", action="store_true")
    parser.add_argument("-m", dest="expression")
    return parser.parse_known_args(arguments)


def say(line):
    print(line, file=sys.stderr, flush=True)
