"""The practices that fit some words, and how well, from their narrow rows alone.

The same as ``PracticeQuerySet.matching`` and ``sorted_by("match")``, which stay the measure of what is right, without
what the index of this process knows already: what is public, what is fresh, what is newest.
"""

import sys
from array import array

from django.db import connection

from practices.models.matching import fits, rank
from practices.search.reading import Reading

# PostgreSQL takes the full vectors for as cheap to read as the rows, and would rather unpack all of them than use their
# index. Said and unsaid in one round trip: where the statement fails, so does what was set before it.
# Of a hundred thousand entries it would also compile a long question, which takes longer than answering it.
SETTINGS = ("enable_seqscan", "enable_indexscan", "jit")
# As arrays in PostgreSQL's own form: each number takes eight bytes, its length before it, after a head of twenty.
STATEMENT = (
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
        cursor.execute(STATEMENT.format(rank=ranked, fits=fitting), [*by, *to])
        for _setting in SETTINGS:
            cursor.nextset()
        keys, found = cursor.fetchone()
    return unpacked("i", keys), unpacked("f", found)


def unpacked(kind: str, data: bytes | None) -> array:
    """An array's numbers of four bytes, the highest first; None is an empty one."""
    numbers = array(kind)
    numbers.frombytes(data[HEAD:] if data else b"")
    if sys.byteorder == "little":
        numbers.byteswap()
    return numbers[1::2]
