"""`manage.py bench` runs from its directory to its table, on one that is tiny."""

import contextlib
import os
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils.log import configure_logging

from citysolidarity.management.commands import bench
from tests.bench import database, inside, report, serving, visits
from tests.bench.report import Line
from tests.bench.synthetic import Synthetic

SIZE = 30


@pytest.fixture
def tiny(monkeypatch):
    """The test's own database instead of one for each size, one server instead of three, and no waiting."""

    @contextlib.contextmanager
    def directory(size, told, fresh):
        Synthetic(size, length=(10, 20)).fill(told)
        database.sign(2)
        address = urlsplit(os.environ["DATABASE_URL"])
        yield urlunsplit(address._replace(path=f"/{connection.settings_dict['NAME']}"))

    @contextlib.contextmanager
    def server(root, **environment):
        if "DATABASE_URL" not in shared:
            shared["DATABASE_URL"] = servers.enter_context(serving.server(root, **environment))
        yield shared["DATABASE_URL"]

    shared = {}
    monkeypatch.setattr(database, "directory", directory)
    monkeypatch.setattr(visits, "server", server)
    monkeypatch.setattr(serving.shutil, "which", lambda name: None)  # wrk runs for a second at least
    monkeypatch.setattr("citysolidarity.caching.edition.CHECK_SECONDS", 0.25)
    monkeypatch.setattr("tests.bench.timing.LEAST_ROUNDS", 1)
    monkeypatch.setattr("citysolidarity.forms.form_token.SLOWER_THAN_A_ROBOT", 0)
    for name, value in {"PAGES": 3, "SIGNATURES": 2, "SLOWER_THAN_A_ROBOT": -1}.items():
        monkeypatch.setattr(inside, name, value)
    for name in ("ROUNDS", "WARM_SECONDS", "MOST_WARMING_SECONDS", "SAVE_ROUNDS", "SAVE_SECONDS", "SAVES"):
        monkeypatch.setattr(visits, name, 0.1 if name.endswith("SECONDS") else 1)
    with contextlib.ExitStack() as servers:
        yield
    # The site to be measured has set up logging for the stream of this test, which is closed by now.
    configure_logging(settings.LOGGING_CONFIG, settings.LOGGING)


@pytest.mark.usefixtures("tiny")
@pytest.mark.django_db(transaction=True)
def test_it_prints_every_goal_beside_what_was_found(capsys, monkeypatch, tmp_path, settings):
    page = tmp_path / "performance.md"
    page.write_text(f"Before.\n{bench.START}\nold\n{bench.END}\nAfter.\n")
    monkeypatch.setattr(bench, "PAGE", page)
    call_command("bench", sizes=[SIZE], seconds=0.05, write=True)
    said = capsys.readouterr().out
    missing = [number for number in report.GOALS if f"| {number} |" not in said]
    assert set(missing) <= {"P4", "P6a", "P6c", "P6n"}  # of other sizes, and of engines that may not be installed
    assert f"| P13 | {report.GOALS['P13'][0]} | {SIZE} | 3 | ≤ 3 | met |" in said
    written = page.read_text()
    assert written.startswith("Before.\n") and written.endswith("After.\n")
    assert "old" not in written and "| P1 |" in written


@pytest.mark.parametrize(
    ("number", "value", "verdict"),
    [("P1", 0.5, "met"), ("P1", 0.36, "missed by 20%"), ("P8", 4, "met"), ("P8", 6, "missed by 20%"), ("sql", 9, "")],
)
def test_a_goal_is_met_or_missed_by_so_much(number, value, verdict):
    assert Line(number, 1_000, value).verdict == verdict


def test_rates_of_larger_directories_are_set_beside_that_of_the_smallest():
    lines = [Line("P4", 1_000, 0.5), Line("P4", 10_000, 0.4), Line("P1", 1_000, 0.5)]
    assert bench.relative(lines) == [Line("P4", 10_000, 0.8), Line("P1", 1_000, 0.5)]
