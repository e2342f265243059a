"""The index keeps up with the database: every change moves the edition, and a worker looks often enough."""

from datetime import timedelta
from threading import Thread

import pytest
from django.db import OperationalError, connection, transaction
from django.utils import timezone

from citysolidarity.caching import edition as edition_module
from citysolidarity.caching.edition import FIRST, Edition, EditionRow
from practices.directory.index import rows
from practices.directory.index.bitmaps import YEAR, Bitmaps
from practices.directory.index.keeper import SelectionIndex
from practices.models import City, Figure, Membership, Network, Practice
from practices.vocabularies import FRESHNESS
from tests.people import a_city, a_practice

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry():
    return a_practice("A roof for the first night", a_city("Quito", "EC"))


def edition():
    return EditionRow.read(FIRST).number


def a_network(city):
    network = Network.objects.create(slug="eurocities", name="Eurocities")
    Membership.objects.create(city=city, network=network)


CHANGES = {
    "a bulk edit": lambda entry: Practice.objects.filter(pk=entry.pk).update(title="Roofs"),
    "a save": lambda entry: entry.save(),
    "a new entry": lambda entry: a_practice("Another", entry.city),
    "an entry taken away": lambda entry: Practice.objects.filter(pk=entry.pk).update(archived_at=timezone.now()),
    "a city": lambda entry: City.objects.filter(pk=entry.city_id).update(name="San Francisco de Quito"),
    "a city's signature": lambda entry: entry.city.mark_signed(None, City.Precision.UNKNOWN),
    "a source": lambda entry: entry.sources.update(title="Another report"),
    "a figure": lambda entry: Figure.objects.create(
        practice=entry, value="6", what="roofs", year=2020, source=entry.sources.get()
    ),
    "a network": lambda entry: a_network(entry.city),
    "plain SQL": lambda entry: connection.cursor().execute("UPDATE practices_practice SET area = 'Centro'"),
    "a truncated table": lambda entry: connection.cursor().execute("TRUNCATE practices_membership"),
}


@pytest.mark.parametrize("what", CHANGES)
def test_every_change_of_what_is_shown_moves_the_edition(entry, what):
    before = edition()
    CHANGES[what](entry)
    assert edition() > before


@pytest.mark.django_db(transaction=True)
def test_a_change_that_is_taken_back_leaves_no_trace_and_its_number_is_not_used_again(entry):
    before = edition()
    with transaction.atomic():
        entry.save()
        taken_back = edition()
        transaction.set_rollback(True)
    assert edition() == before
    entry.save()
    assert edition() > taken_back


@pytest.mark.parametrize("what", ["a bulk edit", "a save", "an entry taken away", "a city", "a city's signature"])
def test_the_practices_touched_since_an_edition_are_named(entry, what):
    other = a_practice("Another", a_city("Lima", "PE"))
    before = edition()
    CHANGES[what](entry)
    assert EditionRow.read(before).changed == [entry.pk]
    assert EditionRow.read(FIRST).changed == []
    assert other.pk != entry.pk


def test_a_deleted_entry_is_named_too(entry):
    before, pk = edition(), entry.pk
    Practice.objects.filter(pk=pk).delete()
    assert pk in EditionRow.read(before).changed


def test_emptied_tables_are_read_as_a_whole():
    before = edition()
    connection.cursor().execute("TRUNCATE practices_practice CASCADE")
    assert EditionRow.read(before).whole > before


def test_freshness_passes_with_the_days_and_without_a_statement(entry, django_assert_num_queries):
    """The days pass in the index's clock; the database is asked for nothing."""
    confirmed = timezone.now() - timedelta(days=364)
    Practice.objects.filter(pk=entry.pk).update(confirmed_at=confirmed)
    bitmaps = Bitmaps.build(1, rows.read())
    moment = round(confirmed.timestamp() * 1_000_000)
    last_fresh, last_due = moment + YEAR - 1, moment + 2 * YEAR - 1
    with django_assert_num_queries(0):
        told = [freshness_at(bitmaps, now) for now in (last_fresh, last_fresh + 1, last_due, last_due + 1)]
        back = freshness_at(bitmaps, last_fresh)
    assert told == ["fresh", "due", "due", "unconfirmed"]
    assert back == "fresh"


def freshness_at(bitmaps, now):
    bits = bitmaps.at_time(now).bits
    [code] = [code for code, number in FRESHNESS.numbers.items() if bits[number]]
    return code


@pytest.mark.django_db(transaction=True)
def test_a_worker_looks_again_after_its_pause_and_a_curator_looks_at_once(entry, monkeypatch):
    monkeypatch.setattr(edition_module, "CHECK_SECONDS", 3600)
    selection_index = SelectionIndex(Edition())
    assert len(selection_index.current().rows) == 1
    a_practice("Another", entry.city)
    assert len(selection_index.current().rows) == 1
    assert len(selection_index.current(at_once=True).rows) == 2
    a_practice("A third", entry.city)
    monkeypatch.setattr(edition_module, "CHECK_SECONDS", 0)
    assert len(selection_index.current().rows) == 3


@pytest.mark.django_db(transaction=True)
def test_changed_rows_are_read_alone(entry, monkeypatch):
    """An index is not built twice: the second time only what was touched is read."""
    asked = []
    read = rows.read
    monkeypatch.setattr(rows, "read", lambda keys=None: asked.append(keys) or read(keys))
    selection_index = SelectionIndex(Edition())
    selection_index.current()
    other = a_practice("Another", entry.city)
    Practice.objects.filter(pk=entry.pk).update(archived_at=timezone.now())
    assert [row.pk for row in selection_index.current().rows] == [other.pk]
    Network.objects.create(slug="eurocities", name="A change that no list shows")
    selection_index.current()
    assert [asked[0], sorted(asked[1])] == [None, [entry.pk, other.pk]]
    assert len(asked) == 2


@pytest.mark.django_db(transaction=True)
def test_what_a_transaction_wrote_and_took_back_is_in_no_index(entry):
    selection_index = SelectionIndex(Edition())
    selection_index.current()
    with transaction.atomic():
        a_practice("Never", entry.city)
        assert len(selection_index.current().rows) == 2
        transaction.set_rollback(True)
    a_practice("Another", entry.city)
    assert "never" not in {row.slug for row in selection_index.current().rows}
    assert sorted(row.pk for row in selection_index.current().rows) == sorted(
        Practice.objects.values_list("pk", flat=True)
    )


@pytest.mark.django_db(transaction=True)
def test_what_was_public_is_still_read_while_the_database_is_away(entry):
    selection_index = SelectionIndex(Edition())
    known = selection_index.current()

    def away(execute, sql, params, many, context):
        raise OperationalError("the server closed the connection unexpectedly")

    with connection.execute_wrapper(away):
        assert selection_index.current() is known
        with pytest.raises(OperationalError):
            SelectionIndex(Edition()).current()


@pytest.mark.django_db(transaction=True)
def test_threads_of_one_worker_share_one_index_and_all_see_the_change(entry):
    selection_index, found, failures = SelectionIndex(Edition()), [], []

    def read():
        try:
            found.extend(len(selection_index.current().rows) for _ in range(30))
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    a_practice("Another", entry.city)
    for thread in threads:
        thread.join()
    assert failures == []
    assert set(found) <= {1, 2}
    assert len(selection_index.current().rows) == 2
