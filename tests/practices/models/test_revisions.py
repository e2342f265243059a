"""The database counts revisions, and every version that the desk replaces is kept."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from practices.entries.differences import differences
from practices.models import Figure, Practice
from practices.models.entries.record import record_of, write
from practices.models.entries.version import Version
from tests.people import a_city, a_practice

pytestmark = pytest.mark.django_db


def revision(practice):
    return Practice.objects.values_list("revision", flat=True).get(pk=practice.pk)


def by_sql(practice):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE practices_practice SET lead = 'The city' WHERE id = %s", [practice.pk])


CHANGES = {
    "a text": lambda practice: Practice.objects.filter(pk=practice.pk).update(title="Other"),
    "a code": lambda practice: Practice.objects.filter(pk=practice.pk).update(themes=["housing"]),
    "psql": by_sql,
    "a new source": lambda practice: practice.sources.create(title="B", publisher="B", url="https://example.org/b"),
    "a changed source": lambda practice: practice.sources.update(year=1999),
    "a lost source": lambda practice: practice.sources.all().delete(),
    "a figure": lambda practice: Figure.objects.create(
        practice=practice, value="12", what="parks", year=2020, source=practice.sources.get()
    ),
}
NO_CHANGES = {
    "publishing": lambda practice: practice.publish(),
    "confirming": lambda practice: practice.confirm(),
    "the same again": lambda practice: practice.save(),
    "a link seen working": lambda practice: practice.sources.update(last_seen_on=date(2026, 1, 1)),
    "a broken link": lambda practice: practice.sources.update(broken_since=date(2026, 1, 1)),
    "a new name of the city": lambda practice: practice.city.save(),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_of_content_counts_one(change):
    practice = a_practice(published_at=None)
    before = revision(practice)
    change(practice)
    assert revision(practice) == before + 1


@pytest.mark.parametrize("change", NO_CHANGES.values(), ids=NO_CHANGES)
def test_what_changes_no_content_counts_nothing(change):
    practice = a_practice()
    before = revision(practice)
    change(practice)
    assert revision(practice) == before


def test_an_old_copy_never_sets_the_number_back():
    practice = a_practice()
    old = Practice.objects.get()
    for title in ("One", "Two", "Three"):
        practice.title = title
        practice.save()
    before = revision(practice)
    old.save()  # an old title comes back: a change like any other
    assert revision(practice) == before + 1


def test_a_version_is_kept_once_for_each_revision():
    practice, other = a_practice(), a_practice()
    Version.objects.keep([practice.pk, other.pk])
    Version.objects.keep([practice.pk])
    assert Version.objects.count() == 2
    version = practice.versions.get()
    assert version.revision == revision(practice)
    assert version.record == record_of(practice)


def test_a_version_is_never_changed():
    Version.objects.keep([a_practice().pk])
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        Version.objects.update(note="Other")


def test_a_record_brings_everything_back():
    practice = a_practice(partners=["Ministry of Health, Labour and Welfare"], sdgs=["11"], cost_band="none")
    Figure.objects.create(practice=practice, value="12", what="parks", year=2020, source=practice.sources.get())
    before = record_of(Practice.objects.get())
    kept = practice.sources.get().pk
    write(
        practice,
        before
        | {
            "city": a_city("Quito", "EC").slug,
            "title": "Other",
            "partners": [],
            "sources": [
                {
                    "title": "B",
                    "publisher": "B",
                    "url": "https://example.org/b",
                    "year": None,
                    "language": "",
                    "archived_url": "",
                }
            ],
            "figures": [],
        },
    )
    assert {one.name for one in differences(before, record_of(Practice.objects.get()))} == {
        "city", "title", "partners", "sources", "figures",
    }  # fmt: skip
    write(practice, before)
    connection.check_constraints()
    assert record_of(Practice.objects.get()) == before
    assert practice.sources.get().pk != kept


def test_a_source_that_stays_keeps_what_is_known_of_it():
    practice = a_practice()
    practice.sources.update(last_seen_on=date(2026, 1, 1))
    record = record_of(practice)
    record["sources"][0]["publisher"] = "The other city"
    write(practice, record)
    source = practice.sources.get()
    assert (source.publisher, source.last_seen_on) == ("The other city", date(2026, 1, 1))


def test_differences_can_be_read_word_by_word():
    before = record_of(a_practice(summary="Parks made with women who use them.", themes=["housing", "health"]))
    after = before | {"summary": "Parks made with all who use them.", "themes": ["health", "housing"], "started": 2020}
    summary, started = differences(before, after)
    assert summary.pieces == [
        ("same", "Parks made with"), ("gone", " women"), ("new", " all"), ("same", " who use them."),
    ]  # fmt: skip
    assert (started.label, started.before, started.after) == ("Started (year)", "", "2020")
