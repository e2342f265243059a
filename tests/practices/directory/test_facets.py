"""The counting statement equals a naive count of the columns themselves, on random selections."""

import random
from datetime import timedelta
from itertools import pairwise

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from practices import vocabularies
from practices.models import City, Practice
from practices.vocabularies import facets
from tests.people import a_practice
from tests.translating import a_published_translation, a_translation

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
        "cost": "cost_band",
    }
    if name in arrays:
        return queryset.filter(**{f"{arrays[name]}__overlap": list(codes)})
    if name in columns:
        return queryset.filter(**{f"{columns[name]}__in": codes})
    if name == "evidence":
        return queryset.filter(evidence_level__in=codes)
    if name == "stated":
        return queryset.filter(pk__in=[one.pk for one in Practice.objects.all() if stated(one) & set(codes)])
    if name == "readable":
        return queryset.filter(pk__in=[one.pk for one in Practice.objects.all() if readable(one) & set(codes)])
    if name == "signed":
        return queryset.exclude(city__signed_precision="")
    return queryset.filter(pk__in=[one.pk for one in Practice.objects.all() if one.freshness in codes])


def readable(practice):
    """In which languages there is a text of it."""
    shown = practice.translations.filter(shown__isnull=False).values_list("language", flat=True)
    return {practice.language.partition("-")[0], *shown}


def stated(practice):
    """What an entry tells at all."""
    told = {fact.kind for fact in practice.facts.all()}
    told |= {"cost"} if practice.cost_band != "unknown" else set()
    told |= {"figures"} if practice.figures.exists() else set()
    return told | ({"failures"} if practice.what_did_not_work else set())


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
        status = chance.choice(vocabularies.STATUSES.codes)
        started = chance.choice([None, *range(2005, 2020)])
        published = now if at % 9 else None
        rows.append(
            Practice(
                slug=f"entry-{at}",
                city=chance.choice(cities),
                title=chance.choice(["A school for all", "Roofs first", "Language school", "Housing desk"]),
                summary=chance.choice(["Housing by the school.", "A roof.", "A language school for newcomers."]),
                themes=some(vocabularies.THEMES, 1, 3),
                populations=some(vocabularies.POPULATIONS, 0, 4),
                groups=some(vocabularies.GROUPS, 0, 3),
                contexts=some(vocabularies.CONTEXTS, 0, 2),
                gcr_objectives=some(vocabularies.GCR_OBJECTIVES, 0, 2),
                sdgs=some(vocabularies.SDGS, 0, 4),
                instrument=chance.choice(vocabularies.INSTRUMENTS.codes),
                status=status,
                started=started,
                evidence_level=chance.choice([None, None, 0, 1, 4]),
                what_did_not_work=chance.choice(["", "Rents rose."]),
                **chance.choice(
                    [{}, {"cost_band": "none"}, {"cost_band": "over-1m", "cost_currency": "EUR", "cost_year": 2020}]
                ),
                ended=2022 if status == "completed" else None,
                published_at=published,
                archived_at=now if published and at % 11 == 0 else None,
                confirmed_at=now - timedelta(days=chance.choice([10, 400, 900])) if published and at % 3 else None,
            )
        )
    Practice.objects.bulk_create(rows)
    # The rule that a published entry has a source is checked at the end of the transaction.
    for practice in Practice.objects.all():
        source = practice.sources.create(title="A report", publisher="The city", url="https://example.org/")
        for kind in chance.sample(["cost", "staff", "startup"], chance.randint(0, 2)):
            practice.facts.create(kind=kind, text="Three")
        if chance.random() < 0.3:
            practice.figures.create(value="3", what="houses", year=2020, source=source)
        if chance.random() < 0.4:
            a_published_translation(practice, chance.choice(["es", "ar"]))


@st.composite
def choices(draw):
    """Up to three facets in use, each with one to three codes."""
    names = draw(st.lists(st.sampled_from(list(facets.BY_NAME)), max_size=3, unique=True))
    chosen = {}
    for name in names:
        chosen[name] = tuple(draw(st.lists(st.sampled_from(codes_of(name)), min_size=1, max_size=3, unique=True)))
    return chosen


def codes_of(name):
    return facets.BY_NAME[name].vocabulary.codes if name != "country" else ("JO", "DE", "EC", "FR")


@pytest.fixture
def carried(many):
    """(facet name, code) → the keys of the entries that carry it, looked up once for all random selections."""
    every = Practice.objects.all()
    return {
        (name, code): set(naive(every, name, (code,)).values_list("pk", flat=True))
        for name in facets.BY_NAME
        for code in codes_of(name)
    }


def narrowed(keys, carried, chosen):
    """Those of the keys that carry one of the codes of each facet."""
    for name, codes in chosen.items():
        keys = keys & set().union(*(carried[name, code] for code in codes))
    return keys


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(chosen=choices(), text=TEXTS, since=YEARS, until=YEARS)
def test_counts_equal_a_naive_count_on_random_selections(carried, chosen, text, since, until):
    base = Practice.objects.published().matching(text).started_between(since, until)
    counts, keys = base.facet_counts(chosen), set(base.values_list("pk", flat=True))
    assert counts.total == len(narrowed(keys, carried, chosen))
    for name in facets.BY_NAME:
        rest = narrowed(keys, carried, {other: codes for other, codes in chosen.items() if other != name})
        if name in chosen:
            assert counts.without[name] == len(rest)
        for code in codes_of(name):
            assert counts.of(name, code) == len(rest & carried[name, code]), (name, code)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(chosen=choices())
def test_the_list_holds_what_the_counts_promise(carried, chosen):
    found = Practice.objects.published()
    keys = set(found.values_list("pk", flat=True))
    for name, codes in chosen.items():
        found = found.tagged(name, codes)
    assert set(found.values_list("pk", flat=True)) == narrowed(keys, carried, chosen)


def test_tag_numbers_of_two_facets_never_meet():
    ranges = sorted(facets.bounds(name) for name in facets.BY_NAME)
    for (_first, last), (first, _last) in pairwise(ranges):
        assert last < first
    for name, facet in facets.BY_NAME.items():
        low, high = facets.bounds(name)
        assert all(low <= number <= high for number in facet.vocabulary.numbers.values())


def offered(numbers, total, chosen=(), without=()):
    """Facet name → the codes that are offered, where so many practices of so many have each."""
    numbers = {facets.BY_NAME[name].vocabulary.numbers[code]: count for (name, code), count in numbers.items()}
    groups = facets.groups(facets.Counts(total, numbers, dict(without)), dict(chosen))
    return {group.name: [option.code for option in group.options] for group in groups if group.options}


def test_what_separates_nothing_is_not_offered():
    counts = {("theme", "housing"): 90, ("theme", "health"): 91, ("theme", "rights"): 1, ("status", "unknown"): 100}
    assert offered(counts, 100) == {"theme": ["housing", "rights"]}


def test_among_few_practices_every_value_that_one_has_is_offered():
    counts = {("theme", "housing"): 19, ("theme", "rights"): 1}
    assert offered(counts, 19) == {"theme": ["housing", "rights"]}
    assert offered({}, 0) == {}


def test_what_is_chosen_stays_and_its_facet_is_measured_without_it():
    counts = {("theme", "housing"): 30, ("theme", "rights"): 25, ("country", "FR"): 0}
    chosen = {"theme": ("housing",), "country": ("FR",)}
    assert offered(counts, 30, chosen, {"theme": 100, "country": 0}) == {
        "theme": ["housing", "rights"], "country": ["FR"]
    }  # fmt: skip
    shown = {group.name: group for group in facets.groups(facets.Counts(), {"country": ("FR",)})}
    assert shown["country"].opened and not shown["status"].opened


def test_a_fact_is_counted_from_the_moment_it_is_written():
    practice = a_practice()
    assert not Practice.objects.tagged("stated", ("staff",))
    fact = practice.facts.create(kind="staff", text="Three")
    assert Practice.objects.tagged("stated", ("staff",)).get() == practice
    Practice.objects.filter(pk=practice.pk).update(summary="Another.")
    assert Practice.objects.tagged("stated", ("staff",)).get() == practice
    fact.delete()
    assert not Practice.objects.tagged("stated", ("staff",))


def test_likeness_is_the_sum_of_the_weights_of_what_is_shared():
    from tests.people import a_city, a_practice

    quito, lima = a_city("Quito", "EC"), a_city("Lima", "PE")
    one = a_practice("One", quito, themes=["housing", "health"], contexts=["protracted"], instrument="policy")
    two = a_practice("Two", lima, themes=["housing"], contexts=["protracted"], instrument="space")
    a_practice("Three", lima, themes=["culture-sport"], contexts=["protracted"], instrument="policy")
    one.refresh_from_db()
    two.refresh_from_db()

    [found] = Practice.objects.similar_to(one)

    in_common = facets.shared_codes(one.tags, two.tags)
    assert found == two
    assert in_common == {
        "theme": ["housing"],
        "context": ["protracted"],
        "region": ["latin-america-and-the-caribbean"],
        "population": ["refugees"],
    }
    weights = facets.TAG_WEIGHTS
    # Two cities whose size is unknown are not alike for that.
    assert found.likeness == weights["theme"] + weights["context"] + weights["region"] + weights["population"]


def test_an_entry_is_found_by_each_language_in_which_it_is_published(client):
    known = a_practice("Parks", language="es-419")
    other = a_practice("Roofs", language="en")
    translation = a_translation(other, "ar")

    def found(language):
        return sorted(one["title"] for one in client.get("/api/v1/practices", {"readable": language}).json()["items"])

    assert (found("es"), found("en"), found("ar")) == ([known.title], [other.title], [])
    translation.publish(User.objects.create(username="publisher"))
    assert found("ar") == [other.title]
    assert "available in Arabic" in client.get(reverse("directory"), {"readable": "ar"}).text
    with override("fr"):
        assert "disponible en arabe" in client.get(reverse("directory"), {"readable": "ar"}).text
    translation.take_back(User.objects.get())
    assert found("ar") == []
