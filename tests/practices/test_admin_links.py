"""The list of broken sources on the desk."""

from datetime import date

import pytest
from django.urls import reverse

from tests.people import a_practice

pytestmark = pytest.mark.django_db


def test_broken_sources_are_a_list_and_an_archived_copy_can_be_added(admin_client):
    source = a_practice().sources.get()
    source.broken_since = date(2026, 3, 4)
    source.save()
    a_practice().sources.update(title="Sound")
    address = reverse("admin:practices_source_changelist")
    page = admin_client.get(address, {"broken_since__isempty": "0"}).content.decode()
    assert "A report" in page
    assert "Sound" not in page
    change = reverse("admin:practices_source_change", args=[source.pk])
    posted = {
        "title": source.title,
        "publisher": source.publisher,
        "url": source.url,
        "archived_url": "https://archive.example/1",
        "checks-TOTAL_FORMS": 0,
        "checks-INITIAL_FORMS": 0,
    }
    assert admin_client.post(change, posted).status_code == 302
    source.refresh_from_db()
    assert source.archived_url == "https://archive.example/1"


def test_a_source_is_neither_added_nor_deleted_apart_from_its_entry(admin_client):
    source = a_practice().sources.get()
    assert admin_client.get(reverse("admin:practices_source_add")).status_code == 403
    assert admin_client.post(reverse("admin:practices_source_delete", args=[source.pk])).status_code == 403
