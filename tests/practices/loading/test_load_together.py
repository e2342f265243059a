"""Loading the directory with what others add to it, and as it is typed."""

import os
import subprocess
import sys
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.management import CommandError
from django.db import connection
from django.utils import timezone

from practices.models import City, Practice
from practices.signals import directory_loaded
from tests.folders import ENTRY, TOWN, load, problems, write

# --- what others load with it ---------------------------------------------------------------


@pytest.fixture
def heard():
    """What a receiver of directory_loaded was given, and where it may do something: ``heard.act``."""

    class Heard:
        given: dict | None = None
        act = staticmethod(lambda **given: None)

        def __call__(self, **given):
            self.given = given
            self.act(**given)

    receiver = Heard()
    directory_loaded.connect(receiver)
    yield receiver
    directory_loaded.disconnect(receiver)


@pytest.mark.django_db
def test_others_load_their_files_with_the_same_report(folder, heard):
    def act(folder, report, cities, overwrite, **kwargs):
        assert not overwrite
        for row in report.rows(folder / "mayors.jsonl", "Mayors", optional=True):
            assert row.city(cities) == City.objects.get()
            assert row.day("since").isoformat() == "2018-06-20"
            row.finish()
            report.count("mayors", "new" if row.is_sound else "kept")

    heard.act = act
    assert "mayors" not in load(folder)
    write(folder, mayors=[{"city": "Amman", "country": "JO", "since": "2018-06-20"}])
    assert "1 sources (all unchanged), 1 mayors (all new)" in load(folder)


@pytest.mark.django_db
def test_the_bad_rows_of_others_stand_in_the_same_list(folder, heard):
    def act(folder, report, cities, **kwargs):
        assert cities == {("Amman", "JO"): None}
        for row in report.rows(folder / "mayors.jsonl", "Mayors"):
            assert row.city(cities) is None
            row.day("since")

    heard.act = act
    write(
        folder,
        cities=[TOWN | {"population": "many"}],
        mayors=[
            {"city": "Amman", "country": "JO", "since": "2018-02-30"},
            {"city": "Irbid", "country": "JO", "since": "20180620"},
        ],
    )
    assert problems(folder) == [
        "cities.jsonl line 1: population 'many' is not a whole number",
        "mayors.jsonl line 1: since '2018-02-30' is not a date such as 2018-06-20",
        "mayors.jsonl line 2: city 'Irbid' (JO) is not in cities.jsonl",
        "mayors.jsonl line 2: since '20180620' is not a date such as 2018-06-20",
    ]


@pytest.mark.django_db
def test_when_another_loader_fails_nothing_is_saved(folder, heard):
    def act(**given):
        raise RuntimeError("the mayors are on strike")

    heard.act = act
    with pytest.raises(RuntimeError, match="on strike"):
        load(folder)
    assert not City.objects.exists()


@pytest.mark.django_db
def test_what_only_the_database_knows_to_be_wrong_is_told_without_a_trace(folder, heard):
    heard.act = lambda **given: Practice.objects.update(ended=1990)
    with pytest.raises(
        CommandError, match=r"(?s)the database refused a row.*practice_(running_has_no_end|years_in_order)"
    ):
        load(folder)
    assert not City.objects.exists()


# --- as a command ------------------------------------------------------------------------------


def start(folder):
    """The command as it is typed, in a process of its own, on the test's database."""
    config = connection.settings_dict
    address = f"postgres://{config['USER']}:{config['PASSWORD']}@{config['HOST']}:{config['PORT']}/{config['NAME']}"
    return subprocess.Popen(
        [sys.executable, "-m", "django", "load_directory", "--folder", str(folder)],
        env=os.environ | {"DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "citysolidarity.settings"},
        cwd=settings.BASE_DIR, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def run(folder):
    """Run the command to its end; returns its exit code, its output and its errors."""
    with start(folder) as process:
        out, err = process.communicate(timeout=60)
    return process.returncode, out, err


@pytest.mark.django_db(transaction=True)
def test_the_command_fails_with_1_and_names_the_rows_on_stderr(folder):
    write(folder, practices=[ENTRY, ENTRY | {"slug": "x", "country": "UKK"}])
    code, out, err = run(folder)
    assert (code, out) == (1, "")
    assert "practices.jsonl line 2: country 'UKK' is unknown\n" in err
    assert "Traceback" not in err
    assert not Practice.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_command_saves_for_good_and_says_what_it_did(folder):
    code, out, err = run(folder)
    assert (code, out) == (0, "1 cities (all new), 1 practices (all new), 1 sources (all new).\n")
    assert err == ""  # no progress bar where there is no terminal
    practice = Practice.objects.get()
    assert practice.published_at > timezone.now() - timedelta(minutes=2)


@pytest.mark.django_db(transaction=True)
def test_two_loads_at_once_take_turns(tmp_path):
    rows = range(200)
    write(
        tmp_path,
        cities=[{"name": f"Town {number}", "country": "GB"} for number in rows],
        practices=[ENTRY | {"slug": f"entry-{number}", "city": f"Town {number}", "country": "GB"} for number in rows],
    )
    with start(tmp_path) as first, start(tmp_path) as second:
        said = sorted(process.communicate(timeout=60) for process in (first, second))
    # One of them waits for the other, which may be written down as a slow query.
    assert [[line for line in err.splitlines() if "A query took" not in line] for _out, err in said] == [[], []]
    assert "200 practices (all new)" in said[0][0]
    assert "200 practices (all unchanged)" in said[1][0]
    assert Practice.objects.count() == 200
