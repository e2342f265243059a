"""What the search finds, against questions whose answers were written down before it was tuned.

``judged/questions.jsonl`` was committed first: the search is tuned to the questions, never the answers to the search.
Run with ``-s`` to read the figures.
"""

import json
import sys
from collections import defaultdict
from math import log2
from pathlib import Path
from statistics import mean

import pytest
from django.core.management import call_command

from practices.models import Practice
from practices.search.reading import read

pytestmark = pytest.mark.django_db

QUESTIONS = [
    json.loads(line) for line in (Path(__file__).parent / "judged" / "questions.jsonl").read_text("utf-8").splitlines()
]
SHOWN = 10


def recall(found: list[str], answers: set[str]) -> float:
    """The part of the answers among the first ten; no question has more than ten."""
    return len(answers & set(found[:SHOWN])) / len(answers)


def ndcg(found: list[str], answers: set[str]) -> float:
    """Discounted gain among the first ten, by that of the best order; every answer counts the same."""
    gain = sum(1 / log2(at + 2) for at, slug in enumerate(found[:SHOWN]) if slug in answers)
    return gain / sum(1 / log2(at + 2) for at in range(min(SHOWN, len(answers))))


def found_for(question: dict) -> list[str]:
    reading = read(question["question"], question["language"])
    practices = Practice.objects.published().matching(reading).sorted_by("match", reading)
    return list(practices.values_list("slug", flat=True)[:SHOWN])


def test_questions_find_their_answers_on_the_first_page_of_ten():
    call_command("load_directory", verbosity=0)
    figures = defaultdict(list)
    for question in QUESTIONS:
        found, answers = found_for(question), set(question["answers"])
        figures[question["language"]].append((recall(found, answers), ndcg(found, answers)))
    figures["all"] = [pair for pairs in list(figures.values()) for pair in pairs]
    told = {name: tuple(mean(column) for column in zip(*pairs, strict=True)) for name, pairs in figures.items()}
    for name, (recalled, gained) in told.items():
        sys.stdout.write(
            f"{name:>4}: {len(figures[name]):>3} questions, recall@10 {recalled:.3f}, nDCG@10 {gained:.3f}\n"
        )
    assert len(QUESTIONS) >= 80
    assert min(len(figures[language]) for language in ("en", "fr", "es", "ar", "pt")) >= 12
    assert told["all"][0] >= 0.9
    assert told["all"][1] >= 0.85
    assert min(recalled for recalled, _gained in told.values()) >= 0.8


def test_every_answer_is_an_entry_of_the_directory():
    call_command("load_directory", verbosity=0)
    slugs = set(Practice.objects.published().values_list("slug", flat=True))
    assert [slug for question in QUESTIONS for slug in question["answers"] if slug not in slugs] == []
    assert all(1 <= len(question["answers"]) <= SHOWN for question in QUESTIONS)
