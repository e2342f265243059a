"""The practices that fit some words, and how well, from their narrow rows alone.

The same as ``PracticeQuerySet.matching`` and ``sorted_by("match")``, which stay the measure of what is right, without
what the index of this process knows already: what is public, what is fresh, what is newest.
"""

import sys
from array import array

from django.db import connection

from practices.search.matching import fits, rank
from practices.search.query import Reading

# PostgreSQL takes the full vectors for as cheap to read as the rows, and would rather unpack all of them than use their
# index. Set and reset in one round trip: if the query fails, so does the setting. With a hundred thousand entries
# PostgreSQL would also compile a long query, which takes longer than answering it.
SETTINGS = ("enable_seqscan", "enable_indexscan", "jit")
# As arrays in PostgreSQL's own form: each number takes eight bytes, its length before it, after a head of twenty.
QUERY = (
    "".join(f"SET {name} = off; " for name in SETTINGS)
    + "SELECT array_send(array_agg(practice_id::int4)), array_send(array_agg({rank}))"
    " FROM practices_practicetext WHERE is_public AND {fits}; " + "; ".join(f"RESET {name}" for name in SETTINGS)
)
HEAD = 20


def ranks(reading: Reading) -> tuple[array, array]:
    """The keys of the published practices that fit, in no order, and the rank of each. One round trip.

    Packed, since reading thousands of rows one by one would take longer than finding them.
    """
    (ranked, by), (fitting, to) = rank("brief", "whole", reading), fits("practice_id", "whole", reading)
    with connection.cursor() as cursor:
        cursor.execute(QUERY.format(rank=ranked, fits=fitting), [*by, *to])
        for _setting in SETTINGS:
            cursor.nextset()
        keys, weights = cursor.fetchone()
    return unpacked("i", keys), unpacked("f", weights)


def unpacked(kind: str, data: bytes | None) -> array:
    """An array's numbers of four bytes, the highest first; None is an empty one."""
    numbers = array(kind)
    numbers.frombytes(data[HEAD:] if data else b"")
    if sys.byteorder == "little":
        numbers.byteswap()
    return numbers[1::2]
