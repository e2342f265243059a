"""Translations as they are kept: what the database refuses, what lags behind, what is public."""

import pytest
from django.db import IntegrityError, transaction

from citysolidarity.desk.transitions import TransitionNotAllowed
from practices.models import Practice, PracticeTranslation, Rewording
from practices.models.entries.record import FIELDS, LONG_TEXTS
from practices.models.entries.texts import TEXTS
from tests.people import a_practice
from tests.translating import SPANISH, a_published_translation, a_translation

pytestmark = pytest.mark.django_db


def refused(name, act):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        act()


def behind():
    return [(row.language, row.since) for row in PracticeTranslation.objects.behind()]


def test_the_texts_are_those_of_the_practice_under_the_same_limits():
    assert ("title", "summary", *LONG_TEXTS) == TEXTS
    assert set(TEXTS) < set(FIELDS)
    for name in TEXTS:
        one, other = (model._meta.get_field(name) for model in (Practice, PracticeTranslation))
        assert (type(one), one.max_length, one.blank) == (type(other), other.max_length, other.blank)


def test_the_database_refuses_what_can_not_be():
    practice = a_practice()
    row = a_translation(practice)
    rows = PracticeTranslation.objects.filter(pk=row.pk)
    refused("translation_once_per_language", lambda: a_translation(practice))
    refused("translation_language_known", lambda: rows.update(language="de"))
    refused("translation_kind_known", lambda: rows.update(kind="guessed"))
    refused("translation_says_what_and_whose", lambda: rows.update(made_by=""))
    refused("translation_says_what_and_whose", lambda: rows.update(title=""))
    refused("translation_shown_once_published", lambda: rows.update(published_at=practice.published_at))
    refused("translation_shown_once_published", lambda: rows.update(shown=row.public_texts))
    shown = {"published_at": practice.published_at, "shown": row.public_texts}
    refused("translation_shown_once_published", lambda: rows.update(**shown))  # reviewed, and by nobody


def test_no_entry_is_translated_into_its_own_language():
    refused("into its own language", lambda: a_translation(a_practice(), "en"))
    practice = a_practice(language="en-GB")
    refused("into its own language", lambda: a_translation(practice, "en"))
    a_translation(practice)
    refused("into its own language", lambda: Practice.objects.filter(pk=practice.pk).update(language="es"))


@pytest.mark.parametrize("name", TEXTS)
def test_it_lags_behind_once_a_text_of_its_original_changes(name):
    practice = a_practice()
    a_translation(practice)
    assert behind() == []
    Practice.objects.filter(pk=practice.pk).update(**{name: "Other words"})
    assert behind() == [("es", Rewording.objects.get().at)]


def test_it_does_not_lag_for_a_year_a_source_a_theme_or_a_confirmation():
    practice = a_practice()
    a_translation(practice)
    practice.started, practice.themes, practice.lead = 2019, ["housing"], "The park office"
    practice.save()
    practice.sources.update(year=2021)
    practice.confirm()
    assert Practice.objects.get().revision > PracticeTranslation.objects.get().follows
    assert behind() == []


def test_it_lags_since_the_first_change_it_does_not_follow_and_catches_up():
    practice = a_practice()
    row = a_translation(practice)
    for words in ("First", "Second"):
        Practice.objects.filter(pk=practice.pk).update(title=words)
    second, first = Rewording.objects.all()
    assert behind() == [("es", first.at)]
    row.follows = first.revision
    row.save()
    assert behind() == [("es", second.at)]
    row.refresh_from_db()
    row.follow()
    row.save()
    assert behind() == []


def test_what_is_off_the_public_pages_does_not_lag():
    practice = a_practice()
    a_translation(practice)
    Practice.objects.filter(pk=practice.pk).update(title="Other words")
    practice.refresh_from_db()
    practice.archive()
    assert behind() == []


def test_a_curator_publishes_the_texts_as_they_stand_and_later_ones_wait(admin_user):
    row = a_translation(a_practice())
    assert list(PracticeTranslation.objects.to_publish()) == [row]
    assert not PracticeTranslation.objects.published().exists()
    row.publish(admin_user)
    assert (row.published_by, row.shown["title"]) == (admin_user, SPANISH["title"])
    assert list(PracticeTranslation.objects.public()) == [row]
    assert not PracticeTranslation.objects.to_publish().exists()
    row.title = "Jardines para todos"
    row.save()
    row.refresh_from_db()
    assert row.revision == 2
    assert row.shown["title"] == SPANISH["title"]
    assert list(PracticeTranslation.objects.to_publish()) == [row]
    row.take_back(admin_user)
    assert not PracticeTranslation.objects.published().exists()
    assert [(event.deed, event.by) for event in row.events.all()] == [
        ("published", admin_user),
        ("taken-back", admin_user),
    ]


def test_half_a_translation_is_not_published_and_waits_for_nobody(admin_user):
    row = a_translation(a_practice(challenge="Rents rose.", lessons="Ask first."), lessons="")
    assert not PracticeTranslation.objects.to_publish().exists()
    with pytest.raises(TransitionNotAllowed, match="says more: what others can learn"):
        row.publish(admin_user)
    with pytest.raises(TransitionNotAllowed, match="it is not public"):
        row.take_back(admin_user)
    assert not row.events.exists()


def test_an_entry_in_another_language_is_read_and_never_saved():
    practice = a_practice()
    a_published_translation(practice)
    told = Practice.objects.in_language("es").get()
    assert (told.title, told.language, told.written_in) == (SPANISH["title"], "es", "en")
    with pytest.raises(ValueError, match="is not saved"):
        told.save()
    assert Practice.objects.in_language("fr").get().title == practice.title
    assert Practice.objects.get().title == practice.title


def test_what_is_taken_out_of_the_original_is_not_told_by_the_translation():
    practice = a_practice(challenge="A name that must go.")
    a_published_translation(practice)
    Practice.objects.filter(pk=practice.pk).update(challenge="")
    assert Practice.objects.in_language("es").get().challenge == ""


def test_a_translation_goes_with_its_entry():
    practice = a_practice()
    a_published_translation(practice)
    practice.delete()
    assert not PracticeTranslation.objects.exists()
