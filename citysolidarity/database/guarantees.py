"""What a server must promise before the site trusts it: that what was acknowledged is on the disk, and that order is stable.

A server without these answers as fast and loses what it has said it keeps, or finds rows no more after an update of the
system's own locales.
"""

import json
from functools import cache

from django.conf import settings
from django.core.checks import Error, Tags, register
from django.db import connections
from django.db.utils import DatabaseError, InterfaceError

SETTINGS = {
    "fsync": ("on", "what was acknowledged is lost when the machine stops"),
    "full_page_writes": ("on", "a page that was half written is never noticed"),
    "data_checksums": ("on", "damage by the disk is never noticed (pg_checksums --enable mends it)"),
}
# Any other value waits for this server's disk at least.
NOT_COMMITTED = "off"
# Letters are ordered by their code points; the system's C.UTF-8 and PostgreSQL's own know which letters are capitals.
LOCALES = {"C.UTF-8", "C.utf8", "C.UTF8", "PG_UNICODE_FAST"}
QUESTION = """
SELECT (SELECT jsonb_object_agg(name, setting) FROM pg_settings
        WHERE name IN ('fsync', 'full_page_writes', 'data_checksums', 'synchronous_commit')),
    pg_encoding_to_char(encoding), datcollate, datctype, to_jsonb(pg_database)
FROM pg_database WHERE datname = current_database()
"""


def refusals(connection) -> list[str]:
    """One sentence for each promise that this connection's server does not make (1 query)."""
    with connection.cursor() as cursor:
        cursor.execute(QUESTION)
        told, *locale, row = cursor.fetchone()
        return refusals_of(json.loads(told), *locale, json.loads(row))


def refusals_of(told: dict, encoding: str, collate: str, ctype: str, row: dict) -> list[str]:
    """``row`` is that of pg_database: its columns for the locale are called otherwise from version to version."""
    found = [
        f"{name} is {told.get(name)}: {why}." for name, (wanted, why) in SETTINGS.items() if told.get(name) != wanted
    ]
    if told["synchronous_commit"] == NOT_COMMITTED:
        found.append(
            "synchronous_commit is off: what was acknowledged in the last moments is lost when the server stops."
        )
    if encoding != "UTF8":
        found.append(f"The database is encoded as {encoding}: make it anew with ENCODING 'UTF8'.")
    own = row.get("datlocale") or row.get("daticulocale")
    provider = row.get("datlocprovider", "c")
    fits = own in LOCALES if provider == "b" else provider == "c" and {collate, ctype} <= LOCALES
    if not fits:
        found.append(
            f"The database's locale is {own or collate}: make it anew with LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' "
            "(before PostgreSQL 17: LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8') TEMPLATE template0."
        )
    return found


@register(Tags.database)
def check_guarantees(app_configs, databases, **kwargs) -> list[Error]:
    """For `check --database default` and `migrate`. A developer's machine may lose what it has."""
    if settings.DEVELOPMENT:
        return []
    return [
        Error(sentence, id="database.E001") for alias in databases or () for sentence in refusals(connections[alias])
    ]


class Unsafe(Exception):
    """The message is one sentence for each reason."""


def require_guarantees() -> None:
    """For the start of a process that serves or sends. A database that is away now is looked at when it is back.

    Raises Unsafe.
    """
    if settings.DEVELOPMENT:
        return
    try:
        found = refusals(connections["default"])
    except (DatabaseError, InterfaceError):
        return
    finally:
        connections["default"].close()
    if found:
        raise Unsafe("The site does not start on this database. " + " ".join(found))


@cache
def _are_given() -> bool:
    """Asked until they are given, once for each process."""
    if refusals(connections["default"]):
        raise Unsafe
    return True


def are_given() -> bool:
    """Whether the server promises all of it (1 query, until it does)."""
    if settings.DEVELOPMENT:
        return True
    try:
        return _are_given()
    except Unsafe:
        return False
