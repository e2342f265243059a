"""What several tests of the pledges start from."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, transaction


@pytest.fixture(scope="session")
def starter_rows(django_db_setup, django_db_blocker):
    """Table → its rows as COPY writes them, for every table that loading the starter directory changes."""
    with django_db_blocker.unblock(), transaction.atomic():
        before = rows()
        call_command("load_directory", verbosity=0, without_places=True)
        after = rows()
        transaction.set_rollback(True)
    return {table: content for table, content in after.items() if content != before[table]}


@pytest.fixture
def starter(db, starter_rows):
    """The starter directory as ``up`` loads it: loaded once, and put back as it was for each test that asks for it."""
    with transaction.atomic(), connection.cursor() as cursor:
        # The rows are those that our triggers left: none of them is asked again.
        for table in starter_rows:
            cursor.execute(f'ALTER TABLE "{table}" DISABLE TRIGGER USER')
        for table, content in starter_rows.items():
            cursor.execute(f'DELETE FROM "{table}"')
            with cursor.copy(f'COPY "{table}" FROM STDIN (FORMAT binary)') as copy:
                copy.write(content)
        # References are checked now: a table that still has some to check can't be altered.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        for table in starter_rows:
            cursor.execute(f'ALTER TABLE "{table}" ENABLE TRIGGER USER')


def rows() -> dict[str, bytes]:
    """Every table of ours with what it holds."""
    models = [model for app in ("practices", "pledges") for model in apps.get_app_config(app).get_models(True)]
    found = {}
    with connection.cursor() as cursor:
        for model in models:
            table = model._meta.db_table
            with cursor.copy(f'COPY "{table}" TO STDOUT (FORMAT binary)') as copy:
                found[table] = b"".join(bytes(part) for part in copy)
    return found
