"""Erasing a person who asks for it, wherever the database holds them."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, connection, transaction

from pledges.models import Signature
from pledges.retention import erase
from practices.erasure import forget as forget_mailboxes

ERASED = "[erased]"
# What was signed stays as it was signed; it is public, and a curator wrote it.
UNTOUCHED = ("pledges_statementversion", "pledges_clause")
# Where a name or a number is replaced too: elsewhere it may be somebody else's.
NAMED_IN = ("pledges_", "django_admin_log")
COLUMNS = """
SELECT relname, attname, format_type(atttypid, atttypmod)
FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace AND attnum > 0 AND NOT attisdropped
    AND attgenerated = '' AND atttypid::regtype::text IN ('text', 'character varying', 'jsonb', 'text[]', 'character varying[]')
"""


def forget(address: str) -> dict[str, int]:
    """Erases whoever signed with this mail address: ``{"signatures": …, "mailboxes": …, "places": …}``, how many.

    The contact and the signer's name go. The signature stays where it stands, since an institution signed it, and so
    does every count. Then the address is replaced in every text of the database, and the name and the telephone in
    what is kept about signatures, in events too: a right of the person comes before their being append-only.
    """
    with transaction.atomic():
        mine = Signature.objects.filter(contact__email__iexact=address)
        known = set(mine.values_list("signer_name", "contact__phone"))
        words = {word for pair in known for word in pair if len(word.strip()) > 3}
        signatures = erase(mine)
        mailboxes = forget_mailboxes(address)
        with connection.cursor() as cursor:
            # No check may wait for the end: PostgreSQL switches no trigger off on a table with one.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            places = sum(replace(cursor, address, *column) for column in columns(cursor))
            for word in words:
                places += sum(replace(cursor, word, *column) for column in columns(cursor, NAMED_IN))
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    return {"signatures": signatures, "mailboxes": mailboxes, "places": places + unlink_letters(address)}


def columns(cursor, tables: Iterable[str] = ("",)) -> Iterator[tuple[str, str, str]]:
    """``(table, column, type)`` of every column with text in the tables whose names begin so."""
    cursor.execute(COLUMNS)
    return (found for found in cursor.fetchall() if found[0].startswith(tuple(tables)) and found[0] not in UNTOUCHED)


def replace(cursor, word: str, table: str, column: str, kind: str) -> int:
    """Replaces a word, in whatever case, in one column; returns in how many rows."""
    table, column = (connection.ops.quote_name(name) for name in (table, column))
    update = (
        f"UPDATE {table} SET {column} = regexp_replace({column}::text, %(word)s, %(erased)s, 'gi')::{kind} "
        f"WHERE {column}::text ~* %(word)s"
    )
    values = {"word": literally(word), "erased": ERASED}
    try:
        with transaction.atomic():
            cursor.execute(update, values)
    except IntegrityError:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(update, values)
        found = cursor.rowcount
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        return found
    return cursor.rowcount


def literally(word: str) -> str:
    """A PostgreSQL regular expression for the word itself, where it is no part of a longer address."""
    letters = "".join(letter if letter.isalnum() else f"\\{letter}" for letter in word)
    return f"(?<![\\w.+-]){letters}(?![\\w-])"


def unlink_letters(address: str) -> int:
    """Deletes the letters to this address from a development machine's folder; returns how many."""
    folder = Path(settings.MAIL_OUTBOX) if settings.MAIL_OUTBOX else None
    found = (
        [file for file in folder.glob("*.eml") if address.lower().encode() in file.read_bytes().lower()]
        if folder
        else []
    )
    for file in found:
        file.unlink(missing_ok=True)
    return len(found)
