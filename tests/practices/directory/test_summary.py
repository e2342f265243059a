"""A search is said in words, and each word can be taken back."""

import pytest

from practices.directory import summary
from practices.directory.selection import Selection
from practices.vocabularies import FRESHNESS
from practices.vocabularies.facets import FACETS, Counts


def test_the_sentence_names_everything_that_is_chosen():
    selection = Selection(
        words="women mediators",
        chosen={"theme": ("employment", "education"), "group": ("women",), "region": ("western-asia",)},
        since=2015,
    )
    assert summary.sentence(selection, 12) == (
        "12 practices matching “women mediators” about work and enterprise or education and language in Western Asia, "
        "reaching women, started in 2015 or later"
    )
    assert summary.sentence(Selection(), 1) == "1 practice"
    assert summary.sentence(Selection(since=2010, until=2012), 0) == "0 practices started between 2010 and 2012"
    assert summary.sentence(Selection(until=2012), 2) == "2 practices started in 2012 or earlier"


@pytest.mark.parametrize(
    ("total", "chosen", "said"),
    [
        (6, {"size": ("20k-50k",)}, "6 practices from cities of 20,000 to 50,000 people"),
        (1, {"size": ("under-20k",)}, "1 practice from a city of fewer than 20,000 people"),
        (37, {"status": ("ongoing",)}, "37 ongoing practices"),
        (2, {"status": ("ongoing", "unknown")}, "2 practices that are ongoing or of unknown status"),
        (24, {"signed": ("yes",)}, "24 practices from cities that signed the statement"),
        (77, {"gcr": ("1",)}, "77 practices that help ease pressures on host countries"),
        (75, {"freshness": ("unconfirmed",)}, "75 practices not confirmed in the last 24 months"),
        (20, {"instrument": ("policy",)}, "20 practices that are policies or by-laws"),
        (1, {"instrument": ("policy",)}, "1 practice that is a policy or by-law"),
        (
            16,
            {"theme": ("reception",), "context": ("large-scale-arrival",)},
            "16 practices about arrival and emergency reception, during large-scale arrivals",
        ),
        (7, {"country": ("US",)}, "7 practices in the United States"),
        (27, {"theme": ("housing",), "country": ("DE",)}, "27 practices about housing in Germany"),
        (
            3,
            {"theme": ("housing",), "population": ("host-community",)},
            "3 practices about housing for the host community",
        ),
        (8, {"sdg": ("10",)}, "8 practices working towards “Reduced inequalities”"),
        (5, {"group": ("lgbtiq",)}, "5 practices reaching LGBTIQ+ people"),
    ],
)
def test_the_sentence_is_one_that_people_would_write(total, chosen, said):
    assert summary.sentence(Selection(chosen=chosen), total) == said


def test_every_value_of_every_facet_is_said_inside_a_sentence():
    for facet in FACETS:
        for code in facet.vocabulary.codes:
            for total in (0, 1, 2):
                said = summary.sentence(Selection(chosen={facet.name: (code,)}), total)
                assert said.startswith(f"{total} ") and "%" not in said and "  " not in said


def test_three_values_are_joined_as_people_say_them():
    assert summary.either(["A", "B", "C"]) == "A, B or C"


def test_every_chip_leads_to_the_search_without_it():
    selection = Selection(words="school", chosen={"theme": ("housing",)}, since=2015, until=2020)
    assert [(chip.label, chip.url) for chip in summary.chips(selection)] == [
        ("“school”", "?theme=housing&since=2015&until=2020"),
        ("Housing", "?q=school&since=2015&until=2020"),
        ("From 2015", "?q=school&theme=housing&until=2020"),
        ("Until 2020", "?q=school&theme=housing&since=2015"),
    ]
    assert summary.chips(Selection(words="school"))[0].url == "?"


def test_ways_out_name_what_to_drop_the_most_fruitful_first():
    selection = Selection(words="zzz", chosen={"theme": ("housing",), "country": ("JO",)}, since=2020)
    counts = Counts(total=0, without={"theme": 2, "country": 0})
    ways = summary.ways_out(selection, counts, lambda changed: 1 if changed.words else 7)
    assert [(way.label, way.count) for way in ways] == [("the words “zzz”", 7), ("Theme", 2), ("the years", 1)]
    assert ways[0].url == "?theme=housing&country=JO&since=2020"


def test_best_match_is_offered_only_where_there_are_words():
    assert [choice.label for choice in summary.sorts(Selection())] == [
        "Most current",
        "Newest",
        "Last confirmed",
        "City A–Z",
    ]
    assert [choice.label for choice in summary.sorts_of_unconfirmed(Selection())] == ["Most current", "City A–Z"]
    chosen = summary.sorts_of_unconfirmed(Selection(sort="confirmed"))
    assert [choice.label for choice in chosen] == ["Most current", "Last confirmed", "City A–Z"]
    with_words = summary.sorts(Selection(words="school"))
    assert next((choice.label, choice.current) for choice in with_words) == ("Best match", True)
    assert [choice.label for choice in summary.views(Selection(view="map")) if choice.current] == ["Map"]


def test_orders_by_age_are_offered_only_where_something_was_confirmed():
    def counts(code):
        return Counts(1, {FRESHNESS.numbers[code]: 1})

    assert summary.sorts_for(counts("fresh")) == summary.sorts_for(counts("due")) == summary.sorts
    assert summary.sorts_for(counts("unconfirmed")) == summary.sorts_of_unconfirmed
