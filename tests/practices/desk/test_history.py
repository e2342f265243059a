"""The history of an entry: who changed what, in words, and the way back."""

import pytest
from django.contrib.auth.models import Permission
from django.db import connection

from practices.models import Figure, Practice
from practices.models.entries.record import record_of
from practices.models.entries.version import Version
from tests.desk import desk, save
from tests.people import a_practice

pytestmark = pytest.mark.django_db


def history(client, practice):
    return client.get(desk("practice", "history", practice.pk))


def restored(client, practice, revision, **posted):
    now = {"seen_revision": Practice.objects.get().revision} | posted
    answer = client.post(desk("practice", "restore", practice.pk, revision), now)
    connection.check_constraints()
    return answer


def test_a_save_keeps_what_was_there_and_what_came(admin_client, admin_user):
    practice = a_practice(challenge="Rents rose.")
    page = desk("practice", "change", practice.pk)
    assert save(admin_client, page, challenge="Rents doubled.") == []
    new, old = Version.objects.all()
    assert (old.record["challenge"], old.by) == ("Rents rose.", None)
    assert (new.record["challenge"], new.by) == ("Rents doubled.", admin_user)
    assert save(admin_client, page) == []
    assert Version.objects.count() == 2


def test_the_history_shows_what_changed_word_by_word(admin_client, admin_user):
    practice = a_practice(challenge="Rents rose <fast> here.")
    page = desk("practice", "change", practice.pk)
    assert save(admin_client, page, challenge="Rents doubled <fast> here.", **{"sources-0-year": "2021"}) == []
    text = history(admin_client, practice).content.decode()
    assert "Rents<del> rose</del><ins> doubled</ins> &lt;fast&gt; here." in text
    assert admin_user.username in text
    assert "Sources" in text


def test_an_entry_that_nobody_changed_has_no_history(admin_client):
    assert "Nobody has changed this entry" in history(admin_client, a_practice()).content.decode()


def test_a_version_comes_back_as_a_new_one(admin_client, admin_user):
    practice = a_practice(challenge="Rents rose.", themes=["housing"], slug="parks")
    Figure.objects.create(practice=practice, value="12", what="parks", year=2020, source=practice.sources.get())
    first = Practice.objects.get().revision
    before = record_of(Practice.objects.get())
    changes = {
        "challenge": "Rents doubled.",
        "themes": ["health"],
        "sources-0-title": "Another",
        "figures-0-value": "13",
    }
    assert save(admin_client, desk("practice", "change", practice.pk), **changes) == []
    assert "Rents<ins> rose.</ins>" in _squeezed(admin_client.get(desk("practice", "restore", practice.pk, first)))
    assert restored(admin_client, practice, first).status_code == 302
    now = Practice.objects.get()
    assert record_of(now) == before
    version = Version.objects.first()
    assert (version.revision, version.by, version.note) == (now.revision, admin_user, version.note)
    assert version.note.endswith("restored")
    assert now.state == "public"
    assert Version.objects.filter(record__challenge="Rents doubled.").exists()


def _squeezed(answer):
    return answer.content.decode().replace("<del> doubled.</del>", "")


def test_looking_at_a_version_brings_nothing_back(admin_client):
    practice = a_practice(challenge="Rents rose.")
    assert save(admin_client, desk("practice", "change", practice.pk), challenge="Rents doubled.") == []
    first = Version.objects.last().revision
    assert admin_client.get(desk("practice", "restore", practice.pk, first)).status_code == 200
    assert Practice.objects.get().challenge == "Rents doubled."


def test_nothing_comes_back_over_a_change_that_was_not_seen(admin_client):
    practice = a_practice(challenge="Rents rose.")
    assert save(admin_client, desk("practice", "change", practice.pk), challenge="Rents doubled.") == []
    first = Version.objects.last().revision
    seen = Practice.objects.get().revision
    assert save(admin_client, desk("practice", "change", practice.pk), lead="The mayor") == []
    assert restored(admin_client, practice, first, seen_revision=seen).status_code == 200
    assert Practice.objects.get().challenge == "Rents doubled."


def test_a_public_entry_never_goes_back_to_a_time_without_sources(admin_client):
    practice = a_practice(published_at=None)
    practice.sources.all().delete()
    Version.objects.keep([practice.pk])
    first = Version.objects.get().revision
    practice.sources.create(title="B", publisher="B", url="https://example.org/b")
    practice.publish()
    assert restored(admin_client, practice, first).status_code == 200
    assert practice.sources.exists()


def test_the_address_of_the_page_does_not_go_back(admin_client):
    draft = a_practice(slug="draft", published_at=None)
    assert save(admin_client, desk("practice", "change", draft.pk), slug="better", lead="The mayor") == []
    assert restored(admin_client, draft, Version.objects.last().revision).status_code == 302
    assert (Practice.objects.get().slug, Practice.objects.get().lead) == ("better", "")


def test_a_version_that_is_none_is_not_found(admin_client):
    practice = a_practice()
    assert admin_client.get(desk("practice", "restore", practice.pk, 99)).status_code == 404


def test_who_may_only_look_reads_the_history_and_restores_nothing(client, django_user_model):
    practice = a_practice()
    Version.objects.keep([practice.pk])
    reader = django_user_model.objects.create_user("reader", is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_practice"))
    client.force_login(reader)
    assert history(client, practice).status_code == 200
    assert "/restore/" not in history(client, practice).content.decode()
    assert restored(client, practice, Version.objects.get().revision).status_code == 403
