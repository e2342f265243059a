"""One line of a JSON-lines file, read strictly."""

import json


class BadLine(ValueError):
    """What is wrong with a line, in words."""


def read_line(line: bytes) -> dict:
    """The JSON object on a line; BadLine where there is none."""
    try:
        values = json.loads(line.decode("utf-8"), object_pairs_hook=_each_once, parse_constant=_no_constant)
    except UnicodeDecodeError as error:
        raise BadLine(f"is not UTF-8 (byte {error.start + 1})") from None
    except json.JSONDecodeError as error:
        raise BadLine(f"is not JSON ({error.msg} at character {error.pos + 1})") from None
    except RecursionError:
        raise BadLine("is nested too deeply") from None
    except BadLine:
        raise
    except ValueError as error:  # such as a whole number of 5,000 digits
        raise BadLine(f"is not JSON ({error})") from None
    if not isinstance(values, dict):
        raise BadLine("is not a record in braces { }")
    return values


def _each_once(pairs: list[tuple[str, object]]) -> dict:
    # Python's reader keeps the last of two fields in silence: half of what was written would be lost.
    names = [name for name, _value in pairs]
    for name in names:
        if names.count(name) > 1:
            raise BadLine(f"field {name!r} stands there twice")
    return dict(pairs)


def _no_constant(name: str):
    raise BadLine(f"is not JSON ({name} is not a number there)")
