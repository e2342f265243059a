"""A search is said in words, and each word can be taken back."""

from practices import wording
from practices.facets import Counts
from practices.selection import Selection


def test_the_sentence_names_everything_that_is_chosen():
    selection = Selection(
        words="women mediators",
        chosen={"theme": ("employment", "education"), "group": ("women",), "region": ("western-asia",)},
        since=2015,
    )
    assert wording.sentence(selection, 12) == (
        "12 practices matching “women mediators”, on Work & enterprise or Education & language, "
        "reaching Women, in Western Asia, begun in 2015 or later"
    )
    assert wording.sentence(Selection(), 1) == "1 practice"
    assert wording.sentence(Selection(since=2010, until=2012), 0) == "0 practices begun between 2010 and 2012"
    assert wording.sentence(Selection(until=2012), 2) == "2 practices begun in 2012 or earlier"


def test_three_values_are_joined_as_people_say_them():
    assert wording.either(["A", "B", "C"]) == "A, B or C"


def test_every_chip_leads_to_the_search_without_it():
    selection = Selection(words="school", chosen={"theme": ("housing",)}, since=2015, until=2020)
    assert [(chip.label, chip.url) for chip in wording.chips(selection)] == [
        ("“school”", "?theme=housing&since=2015&until=2020"),
        ("Housing", "?q=school&since=2015&until=2020"),
        ("From 2015", "?q=school&theme=housing&until=2020"),
        ("Until 2020", "?q=school&theme=housing&since=2015"),
    ]
    assert wording.chips(Selection(words="school"))[0].url == "?"


def test_ways_out_name_what_to_drop_the_most_fruitful_first():
    selection = Selection(words="zzz", chosen={"theme": ("housing",), "country": ("JO",)}, since=2020)
    counts = Counts(total=0, without={"theme": 2, "country": 0})
    ways = wording.ways_out(selection, counts, lambda changed: 1 if changed.words else 7)
    assert [(way.label, way.count) for way in ways] == [("the words “zzz”", 7), ("Theme", 2), ("the years", 1)]
    assert ways[0].url == "?theme=housing&country=JO&since=2020"


def test_best_match_is_offered_only_where_there_are_words():
    assert [choice.label for choice in wording.sorts(Selection())] == [
        "Up to date first",
        "Newest",
        "Recently confirmed",
        "City",
    ]
    with_words = wording.sorts(Selection(words="school"))
    assert next((choice.label, choice.current) for choice in with_words) == ("Best match", True)
    assert [choice.label for choice in wording.views(Selection(view="map")) if choice.current] == ["Map"]
