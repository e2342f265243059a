"""No regular expression of ours takes longer than in proportion to the text, whatever the text is made of."""

import ast
import importlib
import re
from pathlib import Path
from re import _parser

import pytest

from tests.modules import PACKAGES, all_modules, seconds

SECOND = 1
LONG = 200_000  # characters: the square of it would take minutes
TAKES = {"compile", "search", "match", "fullmatch", "findall", "finditer", "sub", "subn", "split"}


def compiled():
    """``(where, pattern)`` of every compiled expression that a module or a class of ours holds."""
    found = {}
    for module in all_modules():
        classes = [value for value in vars(module).values() if isinstance(value, type)]
        for holder in [module, *(one for one in classes if one.__module__.startswith(PACKAGES))]:
            for name, value in list(vars(holder).items()):
                if isinstance(value, re.Pattern):
                    found.setdefault((value.pattern, value.flags), (f"{module.__name__}.{name}", value))
    return list(found.values())


def written():
    """``(where, pattern)`` of every expression that stands in the middle of a function."""
    for package in PACKAGES:
        folder = Path(importlib.import_module(package).__path__[0])
        for file in sorted(folder.rglob("*.py")):
            source = file.read_text("utf-8")
            # Most files call none, and the trees of all take seconds.
            for node in ast.walk(ast.parse(source)) if re.search(r"\bre\s*\.", source) else ():
                match node:
                    case ast.Call(func=ast.Attribute(value=ast.Name("re"), attr=name), args=[ast.Constant(text), *_]):
                        if name in TAKES:
                            yield f"{file.relative_to(folder.parent)}:{node.lineno}", re.compile(text)


PATTERNS = compiled()
KNOWN = {pattern.pattern for _where, pattern in PATTERNS}
PATTERNS += [(where, pattern) for where, pattern in written() if pattern.pattern not in KNOWN]


def alphabet(pattern: re.Pattern) -> list[str]:
    """The characters that it names, the first of each range, and some of other kinds."""
    flags = pattern.flags if isinstance(pattern.pattern, str) else pattern.flags & ~re.UNICODE
    return sorted({"a", "0", ".", "-", "+", " ", "\n", *named(_parser.parse(pattern.pattern, flags))})


def named(part) -> set[str]:
    match part:
        case (code, int(letter)) if str(code) in ("LITERAL", "NOT_LITERAL"):
            return {chr(letter)}
        case (code, (int(first), int(_last))) if str(code) == "RANGE":
            return {chr(first)}
        case list() | tuple() | _parser.SubPattern():
            return {letter for item in list(part) for letter in named(item)}
    return set()


def use(pattern: re.Pattern, text: str) -> None:
    """Looks for it in every way; and in a text that does not end as it began, where a match may fail at the end."""
    for given in (text, f"{text}\u2603"):
        if isinstance(pattern.pattern, bytes):
            given = given.encode("latin-1", "replace")
        pattern.search(given)
        pattern.fullmatch(given)
        list(pattern.finditer(given))


def repeated(unit: str, length: int) -> str:
    return (unit * length)[:length]


def best(pattern, unit, length) -> float:
    return min(seconds(lambda: use(pattern, repeated(unit, length))) for _ in range(3))


def check(pattern: re.Pattern) -> None:
    letters = alphabet(pattern)
    for unit in [*letters, *(a + b for a in letters for b in letters if a != b)]:
        if seconds(lambda unit=unit: use(pattern, repeated(unit, 1_000))) > 0.003:
            # Four times the text takes sixteen times as long where it is the square, however often one looks.
            looks = ([best(pattern, unit, length) for length in (1_000, 4_000)] for _ in range(3))
            assert any(long < 0.02 or long < 8 * short for short, long in looks), unit
    for letter in "a0.-+":
        if seconds(lambda letter=letter: use(pattern, letter * LONG)) >= SECOND:
            # A busy machine is slow with every text: what counts is whether eight times the text takes its square.
            short, long = (best(pattern, letter, length) for length in (LONG // 8, LONG))
            assert long < SECOND or long < 20 * short, (letter, short, long)


def test_the_patterns_are_found():
    assert {"citysolidarity.forms.prose.MAILBOX", "citysolidarity.forms.line.ADDRESS"} <= {name for name, _ in PATTERNS}
    assert len(PATTERNS) > 40


@pytest.mark.parametrize("pattern", [one for _where, one in PATTERNS], ids=[where for where, _one in PATTERNS])
def test_a_pattern_reads_a_text_once(pattern):
    check(pattern)


@pytest.mark.parametrize(
    "pattern", [r"[\w.+-]+@[\w-]+\.\w", r"\b[\w-]+\.com\b", "<([^>]*)>", r"'(?:[^'\\]|\\.)*'x", r"\s+$"]
)
def test_one_that_reads_it_again_and_again_is_seen(pattern):
    with pytest.raises(AssertionError):
        check(re.compile(pattern))
