"""What the search finds, against questions whose answers were written down before it was tuned.

``judged/questions.jsonl`` was committed first: the search is tuned to the questions, never the answers to the search.
``judged/held_out.jsonl`` is never tuned to: what it gives is what a question finds that nobody thought of, and so lower.
It may grow, but no question leaves it. Run with ``-s`` to read the figures.
"""

import json
import sys
from collections import defaultdict
from math import log2
from pathlib import Path
from statistics import mean

import pytest
from django.conf import settings

from practices.models import Practice
from practices.search.query import read

pytestmark = pytest.mark.django_db

LANGUAGES = ("en", "fr", "es", "ar", "pt")
SHOWN = 10


def judged(name: str) -> list[dict]:
    """``{language, question, answers}`` of a file."""
    lines = (Path(__file__).parent / "judged" / f"{name}.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


QUESTIONS, HELD_OUT = judged("questions"), judged("held_out")
# Nobody has judged the entries that came later: among these 96 the answers were written down.
STARTER = (settings.BASE_DIR / "fixtures" / "practices.jsonl").read_text("utf-8").splitlines()
JUDGED = [json.loads(line)["slug"] for line in STARTER[:96]]


def recall(slugs: list[str], answers: set[str]) -> float:
    """The part of the answers among the first ten; no question has more than ten."""
    return len(answers & set(slugs[:SHOWN])) / len(answers)


def ndcg(slugs: list[str], answers: set[str]) -> float:
    """Discounted gain among the first ten, by that of the best order; every answer counts the same."""
    gain = sum(1 / log2(at + 2) for at, slug in enumerate(slugs[:SHOWN]) if slug in answers)
    return gain / sum(1 / log2(at + 2) for at in range(min(SHOWN, len(answers))))


def found_for(question: dict) -> list[str]:
    reading = read(question["question"], question["language"])
    practices = Practice.objects.published().filter(slug__in=JUDGED).matching(reading).sorted_by("match", reading)
    return list(practices.values_list("slug", flat=True)[:SHOWN])


def measured(questions: list[dict]) -> dict[str, tuple[float, float]]:
    """Language, or "all" → mean recall and mean gain; printed, too."""
    figures = defaultdict(list)
    for question in questions:
        slugs, answers = found_for(question), set(question["answers"])
        figures[question["language"]].append((recall(slugs, answers), ndcg(slugs, answers)))
    figures["all"] = [pair for pairs in list(figures.values()) for pair in pairs]
    means = {name: tuple(mean(column) for column in zip(*pairs, strict=True)) for name, pairs in figures.items()}
    for name, (recalled, gained) in means.items():
        sys.stdout.write(
            f"{name:>4}: {len(figures[name]):>3} questions, recall@10 {recalled:.3f}, nDCG@10 {gained:.3f}\n"
        )
    return means


def test_questions_find_their_answers_on_the_first_page_of_ten(starter):
    means = measured(QUESTIONS)
    assert means["all"][0] >= 0.91
    assert means["all"][1] >= 0.89
    assert min(recalled for recalled, _gained in means.values()) >= 0.8


def test_questions_the_search_was_never_tuned_to_find_most_of_their_answers(starter):
    means = measured(HELD_OUT)
    assert means["all"][0] >= 0.7
    assert means["all"][1] >= 0.59


def test_a_rare_word_itself_comes_before_what_means_the_same(starter):
    practices, reading = Practice.objects.published(), read("cyclone")
    themselves = set(practices.matching(read('"cyclones"')))
    assert 1 < len(themselves) < practices.matching(reading).count()
    assert set(practices.matching(reading).sorted_by("match", reading)[: len(themselves)]) == themselves


def test_there_are_enough_questions_and_none_is_in_both_sets():
    for questions, least, each in ((QUESTIONS, 80, 12), (HELD_OUT, 40, 8)):
        languages = [question["language"] for question in questions]
        assert len(questions) >= least
        assert min(languages.count(language) for language in LANGUAGES) >= each
    asked = [question["question"] for question in QUESTIONS + HELD_OUT]
    assert len(asked) == len(set(asked))


def test_every_answer_is_an_entry_of_the_directory(starter):
    slugs = set(Practice.objects.published().values_list("slug", flat=True))
    every = QUESTIONS + HELD_OUT
    assert [slug for question in every for slug in question["answers"] if slug not in slugs] == []
    assert all(1 <= len(question["answers"]) <= SHOWN for question in every)
