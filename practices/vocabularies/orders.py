"""Orders by the value of a facet: the columns by which a table can be sorted; knows no model and no request.

A minus before the name turns an order round, as in "-evidence". What is not known stands last either way.
"""

from practices.vocabularies import COSTS, EVIDENCE, SIZES

BY_VALUE = {"size": SIZES, "cost": COSTS, "evidence": EVIDENCE}
YEAR = "started"
COLUMN_SORTS = tuple(sign + name for name in (*BY_VALUE, YEAR) for sign in ("", "-"))


def turned(sort: str) -> str:
    """The same order the other way round."""
    return sort.removeprefix("-") if sort.startswith("-") else f"-{sort}"


def tags_in_order(sort: str) -> list[int]:
    """The numbers of the known values of one of BY_VALUE, in this order."""
    vocabulary = BY_VALUE[sort.removeprefix("-")]
    numbers = [vocabulary.numbers[code] for code in vocabulary.codes if code != "unknown"]
    return numbers[::-1] if sort.startswith("-") else numbers
