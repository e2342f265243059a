"""Migrations are undone, or say why not, and keep nobody out for long. Those from before the rules are frozen."""

import threading
import uuid

import psycopg
import pytest
from django.contrib.postgres.operations import AddConstraintNotValid, AddIndexConcurrently
from django.core.management import call_command
from django.db import connection, migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.models.functions import Now

from citysolidarity.management.commands import migrate
from tests.rig.migration_rules import FROZEN, is_frozen, problems

ROW = models.Q(pk__gt=0)


def ours() -> list:
    loader = MigrationLoader(None)
    found = [migration for (app, _name), migration in sorted(loader.disk_migrations.items()) if app in FROZEN]
    return [(migration, loader) for migration in found]


def test_every_migration_from_now_on_keeps_the_rules():
    new = [(migration, loader) for migration, loader in ours() if not is_frozen(migration)]
    assert new, "a new migration is looked at"
    found = {
        str(migration): bad
        for migration, loader in new
        if (bad := problems(migration, loader.project_state((migration.app_label, migration.name), at_end=False)))
    }
    assert found == {}


def a_migration(*operations, **more):
    made = type("Migration", (migrations.Migration,), {"operations": list(operations), **more})
    return made("0099_made_up", "practices")


INDEX = models.Index(fields=["name"], name="by_name")


@pytest.mark.parametrize(
    ("operation", "why"),
    [
        (migrations.RunPython(print), "cannot be undone"),
        (migrations.RunSQL("SELECT 1"), "cannot be undone"),
        (migrations.RunSQL("CREATE  index x ON y (z)", "DROP INDEX x"), "without CONCURRENTLY"),
        (migrations.RunSQL([("ALTER TABLE x ALTER COLUMN y TYPE text", None)], ""), "rewrites the table"),
        (migrations.RunSQL("ALTER TABLE x ADD CONSTRAINT y CHECK (z > 0)", ""), "without NOT VALID"),
        (migrations.AddIndex("city", INDEX), "without CONCURRENTLY"),
        (AddIndexConcurrently("city", INDEX), "atomic = False"),
        (migrations.AddConstraint("city", models.CheckConstraint(condition=ROW, name="x")), "reads the whole table"),
        (migrations.AddField("city", "at", models.DateTimeField(db_default=Now())), "computed"),
        (migrations.AddField("city", "at", models.UUIDField(default=uuid.uuid4)), "computed"),
        (migrations.AddField("city", "code", models.CharField(null=True, unique=True)), "an index"),
        (migrations.AlterField("city", "slug", models.TextField(unique=True)), "another type"),
    ],
)
def test_each_rule_finds_its_fault(operation, why):
    loader = MigrationLoader(None)
    (found,) = problems(a_migration(operation), loader.project_state())
    assert why in found


def test_what_is_harmless_or_says_why_passes():
    state = MigrationLoader(None).project_state()
    fields = [("id", models.BigAutoField(primary_key=True))]
    assert problems(a_migration(migrations.RunPython(print), irreversible="the texts are gone"), state) == []
    assert problems(a_migration(migrations.AddIndex("city", INDEX), locks_because="some 200 rows"), state) == []
    assert problems(a_migration(migrations.CreateModel("New", fields), migrations.AddIndex("new", INDEX)), state) == []
    assert problems(a_migration(AddIndexConcurrently("city", INDEX), atomic=False), state) == []
    check = models.CheckConstraint(condition=ROW, name="x")
    assert problems(a_migration(AddConstraintNotValid("city", check)), state) == []
    for field in (models.CharField(default="", max_length=9), models.JSONField(default=dict, db_default={})):
        assert problems(a_migration(migrations.AddField("city", "x", field)), state) == []


def before_back_ups() -> str:
    """The name of the migration before the one that made the table which is locked."""
    found = MigrationLoader(None).disk_migrations
    made = next(one for (_app, name), one in found.items() if name.endswith("_backups_and_erasures"))
    return made.dependencies[0][1]


@pytest.mark.django_db(transaction=True)
def test_a_migration_waits_politely_behind_a_lock_and_goes_on_after_it(monkeypatch, capsys):
    """Whoever asks meanwhile is answered, for the migration gives its place up before anybody has to wait long."""
    tried = threading.Event()
    parameters = connection.get_connection_params()
    holder = psycopg.connect(**parameters)
    holder.execute("SELECT count(*) FROM citysolidarity_erasurenote")  # as a long report does

    def pause(seconds):
        if not tried.is_set():
            with psycopg.connect(**parameters, autocommit=True) as reader:
                reader.execute("SET statement_timeout = '1s'")
                reader.execute("SELECT count(*) FROM citysolidarity_erasurenote")
            tried.set()
        else:
            holder.rollback()

    monkeypatch.setattr(migrate.time, "sleep", pause)
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '300ms'")
    try:
        options = connection.settings_dict["OPTIONS"]
        monkeypatch.setitem(connection.settings_dict, "OPTIONS", options | {"options": "-c lock_timeout=300ms"})
        call_command("migrate", "citysolidarity", before_back_ups(), verbosity=0)
        assert tried.is_set() and capsys.readouterr().err.count("A table is in use; trying again.") >= 2
        assert "citysolidarity_erasurenote" not in connection.introspection.table_names()
    finally:
        holder.close()
        connection.close()
        call_command("migrate", "citysolidarity", verbosity=0)
    assert "citysolidarity_erasurenote" in connection.introspection.table_names()
