"""The counting statement equals a naive count of the columns themselves, on random selections."""

import random
from datetime import timedelta
from itertools import pairwise

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from practices import facets
from practices import vocabularies as words
from practices.models import City, Practice

pytestmark = pytest.mark.django_db

YEARS = st.none() | st.integers(2005, 2026)
TEXTS = st.sampled_from(["", "school", "housing", '"language school"', "school -housing", "school OR roof", "amman"])


def naive(queryset, name, codes):
    """The facet's filter written over the columns, with no tag in sight."""
    arrays = {
        "theme": "themes",
        "population": "populations",
        "group": "groups",
        "context": "contexts",
        "gcr": "gcr_objectives",
        "sdg": "sdgs",
    }
    columns = {
        "instrument": "instrument",
        "status": "status",
        "region": "city__region",
        "size": "city__size",
        "country": "city__country",
    }
    if not codes:
        return queryset
    if name in arrays:
        return queryset.filter(**{f"{arrays[name]}__overlap": list(codes)})
    if name in columns:
        return queryset.filter(**{f"{columns[name]}__in": codes})
    if name == "signed":
        return queryset.exclude(city__signed_precision="")
    return queryset.filter(pk__in=[one.pk for one in Practice.objects.all() if one.freshness in codes])


@pytest.fixture
def many():
    """Eighty entries over every vocabulary, a few of them drafts or archived."""
    chance = random.Random(20180620)
    now = timezone.now()
    places = [("Amman", "JO", 1_275_857), ("Berlin", "DE", 3_426_354), ("Altena", "DE", 16_922), ("Quito", "EC", None)]
    cities = [
        City.objects.create(name=name, country=country, population=population) for name, country, population in places
    ]
    cities[1].mark_signed(None, City.Precision.UNKNOWN)

    def some(vocabulary, least, most):
        return chance.sample(vocabulary.codes, chance.randint(least, min(most, len(vocabulary.codes))))

    rows = []
    for at in range(80):
        status = chance.choice(words.STATUSES.codes)
        started = chance.choice([None, *range(2005, 2020)])
        published = now if at % 9 else None
        rows.append(
            Practice(
                slug=f"entry-{at}",
                city=chance.choice(cities),
                title=chance.choice(["A school for all", "Roofs first", "Language school", "Housing desk"]),
                summary=chance.choice(["Housing by the school.", "A roof.", "A language school for newcomers."]),
                themes=some(words.THEMES, 1, 3),
                populations=some(words.POPULATIONS, 0, 4),
                groups=some(words.GROUPS, 0, 3),
                contexts=some(words.CONTEXTS, 0, 2),
                gcr_objectives=some(words.GCR_OBJECTIVES, 0, 2),
                sdgs=some(words.SDGS, 0, 4),
                instrument=chance.choice(words.INSTRUMENTS.codes),
                status=status,
                started=started,
                ended=2022 if status == "completed" else None,
                published_at=published,
                archived_at=now if published and at % 11 == 0 else None,
                confirmed_at=now - timedelta(days=chance.choice([10, 400, 900])) if published and at % 3 else None,
            )
        )
    Practice.objects.bulk_create(rows)
    # The rule that a published entry has a source is checked at the end of the transaction.
    for practice in Practice.objects.all():
        practice.sources.create(title="A report", publisher="The city", url="https://example.org/")


@st.composite
def choices(draw):
    """Up to three facets in use, each with one to three codes."""
    names = draw(st.lists(st.sampled_from(list(facets.BY_NAME)), max_size=3, unique=True))
    chosen = {}
    for name in names:
        codes = facets.BY_NAME[name].vocabulary.codes
        if name == "country":
            codes = ("JO", "DE", "EC", "FR")
        chosen[name] = tuple(draw(st.lists(st.sampled_from(codes), min_size=1, max_size=3, unique=True)))
    return chosen


@pytest.mark.usefixtures("many")
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(chosen=choices(), text=TEXTS, since=YEARS, until=YEARS)
def test_counts_equal_a_naive_count_on_random_selections(chosen, text, since, until):
    base = Practice.objects.published().matching(text).started_between(since, until)
    counts = base.facet_counts(chosen)

    everything = base
    for name, codes in chosen.items():
        everything = naive(everything, name, codes)
    assert counts.total == everything.count()

    for name, facet in facets.BY_NAME.items():
        rest = base
        for other, codes in chosen.items():
            if other != name:
                rest = naive(rest, other, codes)
        if name in chosen:
            assert counts.without[name] == rest.count()
        codes = facet.vocabulary.codes if name != "country" else ("JO", "DE", "EC", "FR")
        for code in codes:
            assert counts.of(name, code) == naive(rest, name, (code,)).count(), (name, code)


@pytest.mark.usefixtures("many")
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(chosen=choices())
def test_the_list_holds_what_the_counts_promise(chosen):
    found = naive_all = Practice.objects.published()
    for name, codes in chosen.items():
        found, naive_all = found.tagged(name, codes), naive(naive_all, name, codes)
    assert set(found.values_list("pk", flat=True)) == set(naive_all.values_list("pk", flat=True))


def test_tag_numbers_of_two_facets_never_meet():
    ranges = sorted(facets.bounds(name) for name in facets.BY_NAME)
    for (_first, last), (first, _last) in pairwise(ranges):
        assert last < first
    for name, facet in facets.BY_NAME.items():
        low, high = facets.bounds(name)
        assert all(low <= number <= high for number in facet.vocabulary.numbers.values())


def test_an_option_without_a_practice_stays_with_its_zero_but_a_country_goes():
    shown = {group.name: group for group in facets.groups(facets.Counts(), {"country": ("FR",)})}
    assert [option.count for option in shown["theme"].options] == [0] * len(words.THEMES.codes)
    assert [(option.code, option.selected) for option in shown["country"].options] == [("FR", True)]
    assert shown["country"].opened
    assert not shown["status"].opened


def test_likeness_is_the_sum_of_the_weights_of_what_is_shared():
    from tests.people import a_city, a_practice

    quito, lima = a_city("Quito", "EC"), a_city("Lima", "PE")
    one = a_practice("One", quito, themes=["housing", "health"], contexts=["protracted"], instrument="policy")
    two = a_practice("Two", lima, themes=["housing"], contexts=["protracted"], instrument="space")
    a_practice("Three", lima, themes=["culture-sport"], contexts=["protracted"], instrument="policy")
    one.refresh_from_db()
    two.refresh_from_db()

    [found] = Practice.objects.similar_to(one)

    in_common = facets.shared(one.tags, two.tags)
    assert found == two
    assert in_common == {
        "theme": ["housing"],
        "context": ["protracted"],
        "region": ["latin-america-and-the-caribbean"],
        "population": ["refugees"],
    }
    weights = facets.LIKENESS
    # Two cities whose size is unknown are not alike for that.
    assert found.likeness == weights["theme"] + weights["context"] + weights["region"] + weights["population"]
