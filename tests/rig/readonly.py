"""Reading a page must change nothing: mail scanners press links, and robots follow them."""

from contextlib import contextmanager

from django.db import OperationalError


@contextmanager
def read_only(connection):
    """PostgreSQL itself refuses every write on this connection inside the block, those in functions included.

    A test that runs in a transaction gets it back as it was, so that it can write again afterwards. The statements
    used for this are not counted by Django.
    """
    if connection.in_atomic_block:
        before = "SAVEPOINT reading; SET LOCAL transaction_read_only = on"
        after = "ROLLBACK TO SAVEPOINT reading; RELEASE SAVEPOINT reading"
    else:
        before, after = "SET default_transaction_read_only = on", "SET default_transaction_read_only = off"
    try:
        connection.ensure_connection()
    except OperationalError:  # a page that needs no database is read while there is none
        yield
        return
    raw = connection.connection
    raw.execute(before)
    try:
        yield
    finally:
        if not raw.closed:
            raw.execute(after)
