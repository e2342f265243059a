"""Two replicas that are as far behind as a test wants: databases of their own, in which the same is written later."""

from contextlib import contextmanager

import pytest
from django.db import connection, connections, transaction

from citysolidarity.caching import page_cache
from citysolidarity.caching.edition import edition
from citysolidarity.caching.reading import FromReplicas
from citysolidarity.database.replicas import Replicas, reading
from practices.models import Practice
from tests.people import a_city, a_practice
from tests.rig import databases

ALIASES = ("replica-1", "replica-2")
MIDDLEWARE = "tests.citysolidarity.caching.replicas.middleware"
FIRST = 1_000_000_000  # an edition that no database of the tests has reached


class Rig:
    """The primary and the replicas, each with one practice, whose title names the edition of its last change."""

    def __init__(self):
        self.replicas = Replicas(limit=10)
        self.replicas.begun = True  # nobody but the test looks at them
        self.numbers = dict.fromkeys(("default", *ALIASES), FIRST)
        for alias in self.numbers:
            with self.at(alias):
                self.entry = a_practice("Edition 0", a_city("Quito", "EC"), pk=FIRST, slug="a-practice")
                self._write(FIRST)
        self.all_in()

    @contextmanager
    def at(self, alias: str):
        usual = connections["default"]
        connections["default"] = usual if alias == "default" else connections[alias]
        try:
            yield
        finally:
            connections["default"] = usual

    def all_in(self):
        for replica in self.replicas:
            replica.is_in, replica.is_late = True, False

    def write(self):
        """On the primary; no replica has it yet."""
        self.numbers["default"] += 1
        self._write(self.numbers["default"])

    def catch_up(self, alias: str):
        self.numbers[alias] = self.numbers["default"]
        with self.at(alias):
            self._write(self.numbers[alias])

    def _write(self, number: int):
        Practice.objects.filter(pk=FIRST).update(title=f"Edition {number}")
        with connection.cursor() as cursor:
            # The writing transaction reads the edition from here.
            cursor.execute("SELECT setval('practices_edition_numbers', %s)", [number])
            cursor.execute("UPDATE practices_change SET number = %s WHERE practice_id = %s", [number, FIRST])


def middleware(get_response):
    return FromReplicas(get_response, current.replicas)


current: Rig


@pytest.fixture(scope="module")
def copies_of_the_database(django_db_setup, django_db_blocker):
    made = {}
    for alias in ALIASES:
        made[alias] = connections["default"].copy(alias)
        name = made[alias].settings_dict["NAME"] = f"{connection.settings_dict['NAME']}_{alias.replace('-', '_')}"
        databases.drop(name)
        databases.create(name, "migrated")
    yield made
    for other in made.values():
        with django_db_blocker.unblock():
            other.close()
        databases.drop(other.settings_dict["NAME"])


@pytest.fixture
def rig(db, copies_of_the_database, settings, monkeypatch, makes_every_page_anew):
    """Pages are kept, and a look is due each time; what is written is rolled back everywhere."""
    global current
    settings.MIDDLEWARE = [
        line
        for name in settings.MIDDLEWARE
        for line in ([name, MIDDLEWARE] if name.endswith(".database_outage") else [name])
    ]
    monkeypatch.setattr(page_cache, "BYTES_KEPT", 1_000_000)
    for alias, other in copies_of_the_database.items():
        connections[alias] = other
        other.ensure_connection()  # afterwards Django's guard for tests would refuse
        monkeypatch.setitem(connections.settings, alias, other.settings_dict)
    blocks = [transaction.atomic(using=alias) for alias in ALIASES]
    for block in blocks:
        block._from_testcase = True
        block.__enter__()
    try:
        current = Rig()
        yield current
    finally:
        reading.end()
        edition.forget()
        for alias, block in zip(ALIASES, blocks, strict=True):
            transaction.set_rollback(True, using=alias)
            block.__exit__(None, None, None)
            del connections[alias]
