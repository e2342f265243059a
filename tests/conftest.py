"""The rig: what every test runs in. The guards themselves stand in ``tests/rig``."""

import gc
import os
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection, connections, transaction
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from tests.rig import databases, rows

# A database answers in its own time: a slow example is no failure. The ordinary run draws the same examples every time,
# so that what it says of a change is about the change; ``--hypothesis-profile=wander`` draws others each time.
hypothesis_settings.register_profile(
    "wander", deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow], database=None
)
hypothesis_settings.register_profile("rig", hypothesis_settings.get_profile("wander"), derandomize=True)
hypothesis_settings.load_profile("rig")


# The browser's driver keeps an event loop in the thread that runs the tests, and Django takes it for async code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


# What takes longest begins first, so that at the end no worker waits for another; a file is never shared. The tests of
# development need no database of ours: they run while the pages' worker makes the one that both will copy. The tests of
# the desk follow each other, so that mostly one worker alone serves it.
FIRST = (
    "browser/test_pages.py", "citysolidarity/development/", "browser/test_desk.py", "browser/test_editing.py",
    "browser/test_door.py", "browser/test_letters_of_entries.py", "browser/test_sharing.py",
    "browser/", "faults/", "pledges/models/test_machine.py", "citysolidarity/desk/test_second_press.py",
)  # fmt: skip


# They build images and start containers: `manage.py test --containers` alone runs them.
collect_ignore = [] if "WITH_CONTAINERS" in os.environ else ["containers"]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Files in the order of FIRST, otherwise as they come."""
    here = Path(__file__).parent

    def turn(item):
        path = os.path.relpath(item.path, here)
        return next((at for at, start in enumerate(FIRST) if path.startswith(start)), len(FIRST))

    items.sort(key=turn)


def pytest_collection_finish():
    """What was loaded by now stays to the end: no look for garbage has to go through it again."""
    gc.freeze()


def pytest_configure():
    """Change the settings before anything reads them, then turn the guards on."""
    from tests import rig

    databases.run()  # named here, before there are other processes of this run

    # The real one is slow on purpose.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # The manifest needs collectstatic, which takes some twelve seconds.
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    rig.install()


def pytest_unconfigure():
    """What was made once goes with the process that began the run."""
    if databases.run() == str(os.getpid()):
        databases.clean_up()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings):
    """The tests' database is a copy of the migrated one."""
    settings.DATABASES["default"]["TEST"]["TEMPLATE"] = databases.template("migrated")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The tests' database, kept as the migrations leave it, which nobody uses any more when it goes.

    Sessions last longer than what began them: that of a worker that a test killed until its statement ends, those of tests
    with a browser for as long as the process, for its event loop hides them from the thread. Ours may be dead by now.
    """
    with django_db_blocker.unblock():
        rows.keep()
    yield
    with django_db_blocker.unblock():
        connection.close()
    databases.end_sessions(connection.settings_dict["NAME"])


@pytest.fixture(scope="session")
def starter_connection(django_db_setup, django_db_blocker):
    """A connection to a database of its own with the starter directory as ``up`` loads it, but for the gazetteer."""
    name = f"{connection.settings_dict['NAME']}_starter"
    databases.drop(name)
    databases.create(name, "starter")
    other = connections["default"].copy()
    other.settings_dict["NAME"] = name
    with django_db_blocker.unblock():
        with other.cursor() as cursor:
            # A real database would have looked by itself; without, searches are planned as if the tables were empty.
            cursor.execute("ANALYZE")
        yield other
        other.close()
    databases.drop(name)


@pytest.fixture
def starter(db, starter_connection):
    """The starter directory is loaded; what the test changes is rolled back."""
    usual, connections["default"] = connections["default"], starter_connection
    try:
        around = transaction.atomic()
        around._from_testcase = True  # as Django marks its own: within it, a block may ask to be the outermost
        with around:
            yield
            if not connection.needs_rollback:
                connection.check_constraints()
            transaction.set_rollback(True)
    finally:
        connections["default"] = usual


@pytest.fixture(autouse=True)
def begins_in_english():
    """A request leaves its language behind in the thread, as it would on a server until the next request."""
    translation.deactivate()


@pytest.fixture(autouse=True)
def own_files(tmp_path, settings):
    """What a test uploads goes into its own folder."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.PRIVATE_ROOT = tmp_path / "private"
    # Copies for outages have tests of their own; elsewhere they would cost queries that are counted.
    settings.COPIES_ROOT = None
    settings.SNAPSHOTS_ROOT = ""
    settings.ERASURES_ROOT = tmp_path / "erasures"


@pytest.fixture(autouse=True)
def empty_cache():
    """No test sees what another one left in the cache, nor what the process keeps to answer fast."""
    from citysolidarity.caching.page_cache import FILES_DRAWN, pages
    from citysolidarity.operation.visits.counting import counts
    from practices.directory.fragments import page as fragments
    from practices.directory.fragments.cards import cards
    from practices.directory.index.keeper import selection_index
    from practices.directory.index.meanings import meanings
    from practices.directory.needs import needs
    from practices.documents.index import documents

    cache.clear()
    FILES_DRAWN.forget()
    counts.take()
    for kept in (selection_index, cards, fragments, pages, meanings, needs, documents):
        kept.forget()


@pytest.fixture(autouse=True)
def makes_every_page_anew(monkeypatch):
    """A page shows what a test has just saved; what happens between two looks has tests of its own."""
    monkeypatch.setattr("citysolidarity.caching.edition.CHECK_SECONDS", 0)
    monkeypatch.setattr("citysolidarity.caching.page_cache.BYTES_KEPT", 0)
