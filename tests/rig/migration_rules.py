"""What a migration may not do to tables that people use meanwhile; tests/citysolidarity/database/test_migrations.py asks.

A lock that a migration waits for at most two seconds (database/deadlines.py) is held until its transaction ends. What reads or
rewrites a whole table under such a lock keeps everybody out for as long as that takes.
"""

import re

from django.contrib.postgres import operations as postgres
from django.db import migrations, models
from django.db.migrations.operations import base as operations_base

# These were made before the rules, and have run wherever the site runs. Never add one.
FROZEN = {"practices": 33, "pledges": 10, "citysolidarity": 14}
SLOW_SQL = {
    r"CREATE (UNIQUE )?INDEX (?!CONCURRENTLY)": "an index without CONCURRENTLY keeps writers out",
    r"ALTER COLUMN \S+ (SET DATA )?TYPE": "another type rewrites the table",
    r"ADD CONSTRAINT (?!.*NOT VALID)": "a constraint without NOT VALID reads the whole table",
    r"\b(VACUUM FULL|CLUSTER)\b": "it rewrites the table",
    r"SET NOT NULL": "it reads the whole table: add a check that is NOT VALID first, and validate it",
}


def is_frozen(migration: migrations.Migration) -> bool:
    return int(migration.name[:4]) <= FROZEN[migration.app_label]


def problems(migration: migrations.Migration, before=None) -> list[str]:
    """One sentence for each fault; ``before`` is the state (ProjectState) that the migration finds.

    A migration whose attribute ``irreversible`` says why may be so; one whose ``locks_because`` says why may be slow.
    """
    found = []
    if not getattr(migration, "irreversible", ""):
        found += [
            f"{said(operation)}: it cannot be undone" for operation in migration.operations if not operation.reversible
        ]
    if not getattr(migration, "locks_because", ""):
        made = {
            name_of(operation) for operation in migration.operations if isinstance(operation, migrations.CreateModel)
        }
        for operation in flat(migration.operations):
            if getattr(operation, "model_name", "").lower() not in made:
                found += [f"{said(operation)}: {why}" for why in slowness(operation, migration, before)]
    return found


def name_of(operation) -> str:
    return operation.name.lower()


def said(operation: operations_base.Operation) -> str:
    about = getattr(operation, "model_name", "") or getattr(operation, "name", "")
    return f"{type(operation).__name__} {about}".strip()


def flat(operations):
    for operation in operations:
        if isinstance(operation, migrations.SeparateDatabaseAndState):
            yield from flat(operation.database_operations)
        else:
            yield operation


def slowness(operation, migration, before):
    """Why the operation keeps people out of a table that has rows; nothing where it does not."""
    if isinstance(operation, migrations.RunSQL):
        yield from slow_sql(operation.sql)
    elif isinstance(operation, postgres.AddIndexConcurrently | postgres.RemoveIndexConcurrently):
        if migration.atomic:
            yield "CONCURRENTLY needs atomic = False"
    elif isinstance(operation, migrations.AddIndex):
        yield "an index without CONCURRENTLY keeps writers out: AddIndexConcurrently"
    elif isinstance(operation, migrations.AddConstraint) and not isinstance(operation, postgres.AddConstraintNotValid):
        yield "it reads the whole table: AddConstraintNotValid, and ValidateConstraint in a migration of its own"
    elif isinstance(operation, migrations.AddField):
        yield from slow_field(operation.field)
    elif isinstance(operation, migrations.AlterField):
        yield from slow_change(operation, migration, before)


def slow_sql(sql):
    texts = [sql] if isinstance(sql, str) else [one if isinstance(one, str) else one[0] for one in sql]
    for text in texts:
        for pattern, why in SLOW_SQL.items():
            if re.search(pattern, re.sub(r"\s+", " ", text), re.IGNORECASE):
                yield why


def slow_field(field: models.Field):
    if isinstance(field, models.ManyToManyField):
        return
    constant = isinstance(field.db_default, models.Value | str | int | bool | dict | list) or not field.has_db_default()
    if not constant:
        yield "a default that is computed rewrites every row: add it as NULL, fill it in steps"
    if field.has_default() and callable(field.default) and field.default not in (dict, list):
        yield "a default that is computed gives every old row the same value: add it as NULL, fill it in steps"
    if isinstance(field, models.GeneratedField):
        yield "a generated column rewrites the table"
    if field.unique or field.db_index:
        yield "it brings an index without CONCURRENTLY: db_index=False, then AddIndexConcurrently"


def slow_change(operation, migration, before):
    if before is None:
        return
    old = before.models[migration.app_label, operation.model_name_lower].fields[operation.name]
    if old.get_internal_type() != operation.field.get_internal_type():
        yield "another type rewrites the table"
    if old.null and not operation.field.null:
        yield "NOT NULL reads the whole table: add a check that is not valid first"
    if (operation.field.unique, operation.field.db_index) > (old.unique, old.db_index):
        yield "it brings an index without CONCURRENTLY"
