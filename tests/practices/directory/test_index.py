"""The selection index says the same as the SQL statement, on random searches of a thousand practices."""

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from citysolidarity.caching.edition import edition
from practices.cities.similarity.answers import Answers
from practices.cities.similarity.cities import described
from practices.directory.filters import read_selection
from practices.directory.found import FoundBySql, FoundInIndex
from practices.directory.index import rows
from practices.directory.index.bitmaps import YEAR, Bitmaps
from practices.directory.index.group_counts import GroupedSets
from practices.directory.index.keeper import selection_index
from practices.directory.index.ranks import SETTINGS, ranks
from practices.directory.selection import SORTS, Selection
from practices.models import City, Practice
from practices.search.query import Reading, read
from practices.vocabularies import CONTEXTS, INCOMES, SIZES, SUBREGIONS, THEMES, facets
from tests.bench.synthetic import Synthetic

pytestmark = pytest.mark.django_db
ROWS = 1_000
TEXTS = (
    "",
    "housing",
    "language school",
    '"language school"',
    "vivienda -mujeres",
    "school OR santé",
    "zzz",
    "refugees",
)


@pytest.fixture(scope="module")
def thousand(django_db_setup, django_db_blocker):
    """A thousand practices, made once for all tests here and taken away again."""
    with django_db_blocker.unblock():
        before = transaction.atomic()
        before.__enter__()
        try:
            Synthetic(ROWS, length=(10, 20)).fill()
            yield
        finally:
            transaction.set_rollback(True)
            before.__exit__(None, None, None)


@st.composite
def searches(draw):
    """Up to four facets with one to three values each, words, years, any order, any part of the list."""
    names = draw(st.lists(st.sampled_from(list(facets.BY_NAME)), max_size=4, unique=True))
    chosen = {
        name: facets.BY_NAME[name].vocabulary.known(
            draw(st.lists(st.sampled_from(facets.BY_NAME[name].vocabulary.codes), min_size=1, max_size=3))
        )
        for name in sorted(names, key=list(facets.BY_NAME).index)
    }

    def some(vocabulary):
        return vocabulary.known(draw(st.lists(st.sampled_from(vocabulary.codes), max_size=2)))

    def one(vocabulary):
        return draw(st.sampled_from(["", "", *(code for code in vocabulary.codes if code != "unknown")]))

    answers = Answers("", one(SIZES), one(SUBREGIONS), one(INCOMES), some(CONTEXTS), some(THEMES))
    years = st.none() | st.integers(1990, 2026)
    return Selection(
        words=draw(st.sampled_from(TEXTS)),
        chosen=chosen,
        since=draw(years),
        until=draw(years),
        sort=draw(st.sampled_from(SORTS)),
        page=draw(st.integers(1, 60)),
        like=described(answers, {}),
    )


def by_city(bitmaps, language):
    # Half of them: of fewer, and of all of fewer rows, no order is made.
    return bitmaps.keys(bitmaps.everything, "city", None, slice(0, ROWS // 2), language)


def nonzero(numbers):
    return {tag: count for tag, count in numbers.items() if count}


def assert_same(selection):
    by_index, by_sql = FoundInIndex(selection), FoundBySql(selection)
    assert by_index.counts.total == by_sql.counts.total
    assert nonzero(by_index.counts.numbers) == nonzero(by_sql.counts.numbers)
    assert dict(by_index.counts.without) == dict(by_sql.counts.without)
    first = (selection.page - 1) * 20
    assert by_index.keys(slice(first, first + 20)) == by_sql.keys(slice(first, first + 20))


@pytest.mark.usefixtures("thousand")
@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(asked=searches())
def test_index_and_sql_find_the_same(asked):
    # As an address says it: years in order, no sort that is the default.
    from django.http import QueryDict

    assert_same(read_selection(QueryDict(asked.query().removeprefix("?"))))


@pytest.mark.usefixtures("thousand")
@pytest.mark.parametrize("sort", SORTS)
def test_every_page_of_every_order_is_the_same(sort):
    like = described(Answers(size="50k-200k", contexts=("protracted",)) if sort == "like" else Answers(), {})
    selection = Selection(words="housing" if sort == "match" else "", sort=sort, like=like)
    by_index, by_sql = FoundInIndex(selection), FoundBySql(selection)
    assert by_index.keys(slice(0, ROWS)) == by_sql.keys(slice(0, ROWS))
    assert len(by_index.keys(slice(0, ROWS))) == by_index.counts.total


@pytest.mark.usefixtures("thousand")
@pytest.mark.parametrize("words", ["housing", "refugees school", "trained mentors bicycle rental", "-housing", "“”"])
def test_words_are_matched_and_ranked_by_narrow_rows_as_by_whole_ones(words):
    reading = read(words)
    ordered = Practice.objects.published().matching(reading).sorted_by("match", reading).values_list("pk", flat=True)
    bitmaps = selection_index.current(at_once=True)
    found = bitmaps.matches(*ranks(reading))
    assert [bitmaps.rows[at].pk for at in found.positions] == list(ordered)
    assert found.bits.bit_count() == len(ordered)


@pytest.mark.usefixtures("thousand")
def test_what_a_ranking_asks_of_the_planner_ends_with_it():
    def asked():
        with connection.cursor() as cursor:
            cursor.execute("SELECT " + ", ".join(f"current_setting('{name}')" for name in SETTINGS))
            return cursor.fetchone()

    before = asked()
    ranks(read("housing"))
    assert asked() == before
    with pytest.raises(DatabaseError), transaction.atomic():
        ranks(Reading("((", "((", "(("))
    assert asked() == before


@pytest.mark.usefixtures("thousand")
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_an_index_updated_in_place_is_the_index_built_anew(data):
    """Whatever happens to a few practices: new texts, other years, other cities, hidden, shown, deleted."""
    known = Bitmaps.build(1, rows.read())
    keys = sorted(known.position)
    made = [by_city(known, language) for language in ("en", "ar")]
    assert len(known.orders) == 1 + len(made)
    touched = data.draw(st.lists(st.sampled_from(keys), min_size=1, max_size=6, unique=True))
    with transaction.atomic():
        for pk in touched:
            change(data.draw(st.sampled_from(CHANGES)), Practice.objects.filter(pk=pk), data)
        found = {row.pk: row for row in rows.read(touched)}
        updated, fresh = known.updated(2, {pk: found.get(pk) for pk in touched}), Bitmaps.build(2, rows.read())
        transaction.set_rollback(True)
    now = edition.now()
    updated.at_time(now)
    fresh.at_time(now)
    assert [row._replace(stamp=0) for row in updated.rows] == [row._replace(stamp=0) for row in fresh.rows]
    assert nonzero(updated.bits) == nonzero(fresh.bits)
    assert [by_city(updated, language) for language in ("en", "ar")] == [
        by_city(fresh, language) for language in ("en", "ar")
    ]
    assert updated.orders == fresh.orders
    assert updated.position == fresh.position


@pytest.mark.usefixtures("thousand")
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(selection=searches())
def test_sets_by_country_are_counted_as_those_by_age(selection):
    bitmaps = selection_index.current(at_once=True)
    by_country = GroupedSets(bitmaps, ROWS)
    plain = FoundInIndex(selection)
    base = bitmaps.started_between(selection.since, selection.until)
    base = base & plain.matches.bits if selection.words else base
    counted = by_country.counts(by_country.moved(base), by_country.chosen(selection.chosen))
    assert counted == bitmaps.counts(base, bitmaps.chosen(selection.chosen)) == plain.counts


@pytest.mark.usefixtures("thousand")
def test_a_large_directory_counts_by_country(monkeypatch):
    monkeypatch.setattr("practices.directory.index.group_counts.LEAST", ROWS)
    selection_index.forget()
    for selection in (Selection(), Selection(words="housing", chosen={"region": ("western-europe",)}, since=2015)):
        by_index, by_sql = FoundInIndex(selection), FoundBySql(selection)
        assert by_index.bitmaps.grouped
        assert by_index.counts.total == by_sql.counts.total == by_index.bits.bit_count()
        assert nonzero(by_index.counts.numbers) == nonzero(by_sql.counts.numbers)
        assert by_index.counts.without == by_sql.counts.without
    # In three years everything reads otherwise.
    later = by_index.bitmaps.at_time(edition.now() + 3 * YEAR)
    assert later.grouped.values["freshness"].keys() == later.values["freshness"].keys()
    total, counts = later.find(None, None, {"freshness": ("unconfirmed",)}, None)
    assert counts.total == total.bit_count() > by_sql.counts.total
    selection_index.forget()


CHANGES = ("themes", "started", "published", "hidden", "city", "confirmed", "deleted", "ended")


def change(what, one, data):
    """Changes the practice of a query set of one as ``what`` says."""
    entry = one.get()
    if what == "deleted":
        entry.delete()
        return
    values = {
        "themes": lambda: {"themes": data.draw(st.sampled_from([["housing"], ["health", "rights"]]))},
        "started": lambda: {"started": data.draw(st.none() | st.integers(1990, 2000))},
        "published": lambda: {
            "published_at": Practice.objects.exclude(pk=entry.pk).earliest("published_at").published_at
        },
        "hidden": lambda: {"archived_at": entry.published_at},
        "city": lambda: {"city": City.objects.order_by("-pk").first()},
        "confirmed": lambda: {"confirmed_at": data.draw(st.none() | st.just(entry.published_at))},
        "ended": lambda: {"status": "unknown", "ended": 2026},
    }
    one.update(**values[what]())
