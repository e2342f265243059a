"""A city like mine: the score is the sum of the reasons shown, and what is not known counts nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practices.cities.similarity.answers import Answers
from practices.cities.similarity.cities import profile_of
from practices.cities.similarity.profile import Profile
from practices.cities.similarity.weights import WEIGHTS
from practices.directory.index.scores import groups, ranked
from practices.models import Place, Practice
from practices.models.cities.city import SIZE_BOUNDS, size_of
from practices.vocabularies import CONTEXTS, COUNTRIES, INCOMES, SIZES, SUBREGIONS, THEMES
from practices.vocabularies.countries import income_of, region_of
from tests.people import a_city, a_practice

POINTS = {name: weight.points for name, weight in WEIGHTS.items()}


def known(vocabulary):
    return st.sampled_from(["", *(code for code in vocabulary.codes if code != "unknown")])


def some(vocabulary, most=4):
    return st.lists(st.sampled_from(vocabulary.codes), max_size=most, unique=True).map(tuple)


PROFILES = st.builds(
    Profile,
    country=known(COUNTRIES), size=known(SIZES), region=known(SUBREGIONS), income=known(INCOMES),
    contexts=some(CONTEXTS), themes=some(THEMES),
)  # fmt: skip


@st.composite
def tagged(draw):
    """The tags of a practice as the database makes them."""
    country = draw(st.sampled_from(COUNTRIES.codes))
    tags = [
        COUNTRIES.numbers[country],
        SUBREGIONS.numbers[region_of(country)],
        SIZES.numbers[draw(st.sampled_from(SIZES.codes))],
    ]
    tags += [CONTEXTS.numbers[code] for code in draw(some(CONTEXTS))]
    return tags + [THEMES.numbers[code] for code in draw(some(THEMES, 3))]


@given(profile=PROFILES, tags=tagged())
def test_the_score_is_the_sum_of_the_reasons_shown_and_of_the_points_that_order(profile, tags):
    similarity = profile.compared_with(tags)
    assert similarity.score == sum(reason.points for reason in similarity.reasons)
    assert similarity.score == sum(profile.points.get(tag, 0) for tag in tags)
    assert all(reason.points > 0 for reason in similarity.reasons)
    assert 0 <= similarity.score <= profile.most
    assert profile.compared_with(reversed(tags)) == similarity


@given(tags=tagged())
def test_who_says_nothing_has_nothing_in_common_and_differs_in_nothing(tags):
    nobody = Profile()
    assert not nobody
    assert nobody.compared_with(tags).reasons == [] and nobody.compared_with(tags).differences == []


def tags_of(country, size="unknown", contexts=(), themes=("housing",)):
    return [
        COUNTRIES.numbers[country], SUBREGIONS.numbers[region_of(country)], SIZES.numbers[size],
        *(CONTEXTS.numbers[one] for one in contexts), *(THEMES.numbers[one] for one in themes),
    ]  # fmt: skip


def test_reasons_and_differences_are_said_in_words():
    profile = Profile(country="JO", size="500k-1.5m", region="western-asia", income="lower-middle",
                      contexts=("protracted", "large-scale-arrival"), themes=("housing",))  # fmt: skip
    said = profile.compared_with(tags_of("LB", "500k-1.5m", ["protracted"]))
    assert [(reason.label, reason.points) for reason in said.reasons] == [
        ("Same size", 6), ("Long-lasting displacement", 4), ("Your city decides on Housing", 2),
        ("Similar national income", 2), ("Also in Western Asia", 1),
    ]  # fmt: skip
    assert said.differences == []
    far = profile.compared_with(tags_of("DE", "under-20k", ["resettlement"], ["health"]))
    assert far.reasons == []
    assert far.differences == [
        "Much smaller", "Situation: Government resettlement", "National income: High income", "Region: Western Europe",
    ]  # fmt: skip


def test_the_same_country_is_one_reason_with_the_points_of_its_region_and_means():
    profile = Profile(country="JO", region="western-asia", income="lower-middle")
    (reason,) = profile.compared_with(tags_of("JO")).reasons
    assert (reason.label, reason.points) == ("Also in Jordan", POINTS["country"] + POINTS["region"] + POINTS["income"])


def test_a_size_next_to_it_counts_little_and_is_no_difference():
    near = Profile(size="200k-500k").compared_with(tags_of("DE", "50k-200k"))
    assert [(reason.label, reason.points) for reason in near.reasons] == [("Nearly the same size", 2)]
    assert near.differences == []


@pytest.mark.parametrize("facts", [{"size": "over-1.5m"}, {"contexts": ("protracted",)}])
def test_what_is_not_known_of_a_practices_city_counts_nothing(facts):
    similarity = Profile(**facts).compared_with(tags_of("DE"))
    assert similarity.reasons == [] and similarity.differences == []


def test_an_income_group_that_is_not_known_is_not_one_in_common():
    assert income_of("VE") == income_of("XK") == "unknown"
    assert Profile(income="high").compared_with(tags_of("VE")).differences == []


def test_size_weighs_more_than_all_that_a_country_brings():
    assert POINTS["size"] > POINTS["country"] + POINTS["region"] + POINTS["income"]


@pytest.mark.parametrize(
    ("other", "level"),
    [
        (("JO", "500k-1.5m", ["protracted"]), "Very similar"),
        (("DE", "500k-1.5m"), "Similar"),
        (("DE", "200k-500k", ["protracted"]), "Similar"),
        (("LB", "over-1.5m"), "Similar"),
        (("DE", "200k-500k"), "Somewhat similar"),
    ],
)
def test_how_similar_two_are_is_said_in_a_word(other, level):
    profile = Profile(
        country="JO", size="500k-1.5m", region="western-asia", income="lower-middle", contexts=("protracted",)
    )
    assert profile.compared_with(tags_of(*other)).level == level


def test_every_weight_has_its_reason():
    assert all(weight.points > 0 and str(weight.title) and str(weight.reason) for weight in WEIGHTS.values())


@given(st.data())
def test_sets_are_cut_by_their_sums_the_highest_first(data):
    size = data.draw(st.integers(1, 70))
    worth = data.draw(st.lists(st.tuples(st.integers(0, 2**size - 1), st.integers(0, 9)), max_size=8))
    bits = data.draw(st.integers(0, 2**size - 1))
    sums = {at: sum(points for members, points in worth if members >> at & 1) for at in range(size) if bits >> at & 1}
    expected = sorted(sums, key=lambda at: (-sums[at], at))
    start = data.draw(st.integers(0, size))
    part = slice(start, start + data.draw(st.integers(0, 20)))
    assert ranked(groups(bits, worth), part) == expected[part]


# --- which city it is ---------------------------------------------------------------------


@pytest.mark.django_db
def test_a_city_of_the_directory_brings_its_facts_and_what_its_own_entries_face():
    amman = a_city("Amman", "JO", population=1_275_857)
    a_practice(city=amman, contexts=["protracted"])
    a_practice(city=amman, contexts=["large-scale-arrival", "protracted"])
    a_practice(city=amman, contexts=["resettlement"], published_at=None)
    profile = profile_of(Answers(city="amman-jo"))
    assert (profile.name, profile.country, profile.size) == ("Amman", "JO", "500k-1.5m")
    assert (profile.region, profile.income) == ("western-asia", "lower-middle")
    assert profile.contexts == ("large-scale-arrival", "protracted")


@pytest.mark.django_db
def test_an_answer_goes_before_what_is_recorded():
    a_practice(city=a_city("Amman", "JO", population=1_275_857), contexts=["protracted"])
    profile = profile_of(Answers(city="amman-jo", size="under-20k", contexts=("resettlement",), themes=("housing",)))
    assert (profile.size, profile.contexts, profile.themes) == ("under-20k", ("resettlement",), ("housing",))


@pytest.mark.django_db
def test_a_place_of_the_gazetteer_will_do_and_is_the_city_where_the_directory_knows_it():
    Place.objects.create(geonames_id=7, name="Irbid", country="JO", latitude=32.5, longitude=35.8, population=0)
    profile = profile_of(Answers(city="7"))
    assert (profile.name, profile.answers.city, profile.region, profile.size) == ("Irbid", "7", "western-asia", "")
    a_practice(city=a_city("Irbid", "JO", geonames_id=7, population=569_068))
    profile = profile_of(Answers(city="7"))
    assert (profile.answers.city, profile.size) == ("irbid-jo", "500k-1.5m")


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["nowhere-xx", "0", "99999999999", "hidden-jo"])
def test_a_city_that_nobody_knows_is_left_out_of_the_address(key):
    a_city("Hidden", "JO", population=5_000)  # nothing of it is public
    profile = profile_of(Answers(city=key, size="under-20k"))
    assert profile.answers == Answers(size="under-20k")


@pytest.mark.django_db
def test_looking_a_city_up_takes_one_statement(django_assert_num_queries):
    a_practice(city=a_city("Amman", "JO"))
    with django_assert_num_queries(1):
        profile_of(Answers(city="amman-jo"))
    with django_assert_num_queries(0):
        profile_of(Answers(size="under-20k"))


@pytest.mark.django_db
@pytest.mark.parametrize("people", [1, *SIZE_BOUNDS, *(bound - 1 for bound in SIZE_BOUNDS), 40_000_000])
def test_a_size_is_derived_as_the_database_derives_it(people):
    city = a_city("Amman", "JO", population=people)
    city.refresh_from_db()
    assert size_of(people) == city.size


@pytest.mark.django_db
def test_the_database_orders_by_the_same_sums():
    places = [a_city(name, country, population=people) for name, country, people in
              (("Amman", "JO", 1_275_857), ("Berlin", "DE", 3_426_354), ("Quito", "EC", None), ("Altena", "DE", 16_922))]  # fmt: skip
    for at, city in enumerate(places * 3):
        a_practice(city=city, contexts=CONTEXTS.codes[at % 7 : at % 7 + 2], themes=[THEMES.codes[at]])
    profile = Profile(country="DE", region="western-europe", income="high", size="over-1.5m",
                      contexts=("protracted", "resettlement"), themes=("housing", "health"))  # fmt: skip
    ordered = list(Practice.objects.published().sorted_by("like", points=profile.points))
    scores = [profile.compared_with(entry.tags).score for entry in ordered]
    assert scores == sorted(scores, reverse=True) and len(set(scores)) > 3
