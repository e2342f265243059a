"""Numbers that stand without a year: found, and not found where they count nothing."""

import pytest

from practices.desk.proofreading import numbers_without_year


@pytest.mark.parametrize(
    "text",
    [
        "It reached 420 people.",
        "Some 1,280 families moved in.",
        "About 42 % stayed.",
        "It cost 1.5 million euros a year.",
        "Staff grew to 7.",
    ],
)
def test_a_number_without_a_year_is_found(text):
    assert numbers_without_year(text) == [text]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "No number at all.",
        "It began in 2015.",
        "It reached 420 people in 2019.",
        "In 2018–19 it reached 420 people.",
        "From 2015/16 on, 12 schools took part.",
        "COVID-19 changed it, as A/73/12 and the G20 say.",
        "It is open 24/7.",
        "It serves SDG 11.",
    ],
)
def test_a_number_with_a_year_or_that_counts_nothing_is_left_alone(text):
    assert numbers_without_year(text) == []


def test_only_the_sentence_with_the_number_is_told():
    text = "It began in 2015. It cost 1.5 million euros. Mr. Smith ran it.\nThen 30 people came"
    assert numbers_without_year(text) == ["It cost 1.5 million euros.", "Then 30 people came"]


def test_a_number_that_is_a_figure_already_is_left_alone():
    assert numbers_without_year("It reached 1,280 people, 42% of them women.", ["1280", "42 %"]) == []
    assert numbers_without_year("It reached 1,280 people, 42% of them women.", ["1280"]) != []
