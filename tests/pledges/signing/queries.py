"""What a request asks the database, without the values: equal work takes equal time."""

import re

from django.db import connection
from django.test.utils import CaptureQueriesContext

# How a statement begins, and the tables and columns in it.
PARTS = re.compile(r'^\s*[A-Z]+(?: TO| INTO| FROM)?|"[a-z_]+"')


def shape_of(act) -> list[str]:
    """The statements that ``act`` sends, in their order, by their verbs, tables and columns."""
    with CaptureQueriesContext(connection) as sent:
        act()
    return [" ".join(part.strip() for part in PARTS.findall(one["sql"])) for one in sent]
