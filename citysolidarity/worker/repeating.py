"""Commands that go on until they are ended: a process of its own for what the worker must not or cannot do."""

import time
from collections.abc import Callable
from typing import NoReturn

from django.db import connection

from citysolidarity.http.database_outage import DATABASE_OUTAGES


def repeat(act: Callable[[], object], seconds: float, say: Callable[[str], object]) -> NoReturn:
    """Never returns: calls ``act``, and again so many seconds after it has ended.

    Where the database is away, that is said, and tried again within a minute.
    """
    while True:
        pause = seconds
        try:
            act()
        except DATABASE_OUTAGES as outage:
            say(f"The database is away: {type(outage).__name__}")
            pause = min(seconds, 60)
        connection.close()
        time.sleep(pause)
