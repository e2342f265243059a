"""docs/asvs.md, docs/threats.md and docs/security.md say what is so: their tests, figures and limits exist."""

import ast
import csv
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
TESTS = ROOT / "tests"
REFERENCE = re.compile(r"`([\w/]+\.py)::(\w+)`")
# Of ASVS 5.0.0, by OWASP: the numbers and levels of its requirements, nothing of their words.
WANTED = list(csv.DictReader((Path(__file__).parent / "asvs_5_0_0.csv").read_text("utf-8").splitlines()))
VERDICTS = ("test", "reason", "not met", "n/a")
LEAST = {"1": 100, "2": 90}  # per cent of what applies


def document(name: str) -> str:
    return (ROOT / "docs" / name).read_text("utf-8")


def rows_of(text: str, first: str) -> list[list[str]]:
    """The cells of the lines of all tables whose first cell looks like ``first``."""
    lines = (line.strip("| \n").split(" | ") for line in text.splitlines() if line.startswith("| "))
    return [cells for cells in lines if re.fullmatch(first, cells[0])]


def asvs() -> list[list[str]]:
    """``[number, level, subject, verdict, how]``"""
    return rows_of(document("asvs.md"), r"\d+\.\d+\.\d+")


@cache
def names_in(path: str) -> frozenset[str]:
    file = TESTS / path
    tree = ast.parse(file.read_text("utf-8")) if file.exists() else ast.Module([], [])
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


def missing(text: str) -> list[str]:
    """The tests that a text names and that are not there."""
    return [f"{path}::{name}" for path, name in REFERENCE.findall(text) if name not in names_in(path)]


def test_every_requirement_stands_there_once_with_its_level():
    assert [(number, level) for number, level, *_rest in asvs()] == [
        (row["requirement"], row["level"]) for row in WANTED
    ]


def test_every_verdict_is_one_and_says_what_it_rests_on():
    for number, _level, subject, verdict, *how in asvs():
        assert subject and verdict in VERDICTS and len(how) == 1 and how[0], number
        assert (verdict == "test") == bool(REFERENCE.fullmatch(how[0].split(", ")[0])), number


@pytest.mark.parametrize("name", ["asvs.md", "threats.md"])
def test_every_test_that_is_named_exists(name):
    text = document(name)
    assert len(REFERENCE.findall(text)) > 40
    assert missing(text) == []


def test_a_test_that_is_gone_would_be_seen():
    assert missing("`citysolidarity/test_security_docs.py::test_gone`, `nowhere.py::test_x`") == [
        "citysolidarity/test_security_docs.py::test_gone", "nowhere.py::test_x",
    ]  # fmt: skip


def test_the_figures_at_the_top_are_counted():
    counted = Counter((level, verdict) for _number, level, _subject, verdict, _how in asvs())
    for level, *said in rows_of(document("asvs.md"), r"[12]"):
        by_verdict = [counted[level, verdict] for verdict in VERDICTS]
        test, reason, not_met, _none = by_verdict
        applies = test + reason + not_met
        share = 100 * (test + reason) / applies
        assert said == [str(sum(by_verdict)), str(applies), str(test), str(reason), str(not_met), f"{share:.1f} %"]
        assert share >= LEAST[level]


def test_every_limit_is_written_down_with_its_figures():
    code = "".join(
        file.read_text("utf-8")
        for app in ("citysolidarity", "practices", "pledges")
        for file in (ROOT / app).rglob("*.py")
    )
    limits = re.findall(r'= (?:throttle\.)?(?:Visitor)?Limit\("([^"]+)", ([\d_]+), (minute|hour|day)s=(\d+)', code)
    assert len(limits) > 25
    said = {name: (most, within) for name, most, within in rows_of(document("security.md"), r"`[a-z ]+`.*")
            for name in re.findall(r"`([a-z ]+)`", name)}  # fmt: skip
    plain = {name: (most, f"{number} {unit}{'s' if number != '1' else ''}") for name, most, unit, number in limits}
    assert said == plain


def test_every_threat_has_a_test_or_is_open_with_its_size():
    threats = rows_of(document("threats.md"), r"[A-Z]\d+")
    assert len(threats) > 60 and len({number for number, *_rest in threats}) == len(threats)
    for number, attack, verdict, *how in threats:
        assert attack and len(how) == 1, number
        assert REFERENCE.search(how[0]) if verdict == "held" else verdict in {"open", "accepted"} and how[0], number
