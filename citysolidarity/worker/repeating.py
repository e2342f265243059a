"""Commands that go on until they are ended: a process of its own for what the worker must not or cannot do."""

import time
from collections.abc import Callable

from django.db import connection

from citysolidarity.http.database_outage import DATABASE_OUTAGES


def repeat(act: Callable[[], object], seconds: float, say: Callable[[str], object]) -> None:
    """Calls ``act`` again and again, so long after it has ended; where the database is away, that is said."""
    while True:
        try:
            act()
        except DATABASE_OUTAGES as outage:
            say(f"The database is away: {type(outage).__name__}")
        connection.close()
        time.sleep(seconds)
