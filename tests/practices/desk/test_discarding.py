"""What was never public can be taken away, brought back for a while, and is gone then."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from practices.models import Practice, Source
from tests.desk import act, desk
from tests.people import a_practice

pytestmark = pytest.mark.django_db


def listed(client, **query):
    return [row.pk for row in client.get(desk("practice"), query).context["cl"].result_list]


def test_a_draft_is_discarded_with_a_reason_and_leaves_the_list(admin_client, admin_user):
    draft = a_practice(published_at=None, slug="parks")
    page = desk("practice", "review", draft.pk)
    assert admin_client.post(page, {"move": "discarded"}).status_code == 200
    assert admin_client.post(page, {"move": "discarded", "why": "A test of the import"}).status_code == 302
    draft.refresh_from_db()
    assert draft.state == "discarded" and draft.slug == f"parks-discarded-{draft.pk}"
    assert draft.review_events.get().why == "A test of the import"
    assert LogEntry.objects.get().user == admin_user
    assert listed(admin_client) == listed(admin_client, state="draft") == []
    assert listed(admin_client, state="discarded") == [draft.pk]
    # Its address is free, and a file with the same entry makes a new one.
    a_practice(published_at=None, slug="parks")


def test_what_was_discarded_comes_back_to_its_address_where_that_is_free(admin_client):
    draft, other = a_practice(published_at=None, slug="parks"), a_practice(published_at=None, slug="squares")
    for practice in (draft, other):
        practice.discard(why="A mistake")
    a_practice(published_at=None, slug="squares")
    for practice in (draft, other):
        admin_client.post(desk("practice", "review", practice.pk), {"move": "brought-back"})
        practice.refresh_from_db()
        assert practice.state == "draft"
    assert draft.slug == "parks"
    assert other.slug == f"squares-discarded-{other.pk}"


def test_many_are_discarded_at_once_and_what_was_public_is_skipped_with_the_reason(admin_client):
    drafts = [a_practice(published_at=None) for _number in range(60)]
    public = a_practice("Parks")
    said = act(admin_client, "discard", *drafts, public, why="Imported by mistake")
    assert said == [
        "“Parks” was skipped: it was public: remove it from the public pages instead.",
        "60 practices are discarded now.",
    ]
    assert Practice.objects.discarded().count() == 60
    chosen = {"action": "bring_back", "_selected_action": [draft.pk for draft in drafts[:2]]}
    answer = admin_client.post(f"{desk('practice')}?state=discarded", chosen, follow=True)
    assert "2 practices are drafts again." in answer.content.decode()


def test_a_discarded_entry_goes_no_way_but_back(admin_client):
    draft = a_practice(published_at=None)
    draft.discard(why="A mistake")
    for move in ("submitted", "published", "archived", "ended", "discarded"):
        admin_client.post(desk("practice", "review", draft.pk), {"move": move, "why": "x"})
        assert Practice.objects.get().state == "discarded"
    assert not Source.objects.to_look_at(timezone.now(), timezone.now()).exists()


def test_after_90_days_it_is_deleted():
    old, young, draft = (a_practice(published_at=None) for _number in range(3))
    old.discard(why="A mistake")
    young.discard(why="A mistake")
    Practice.objects.filter(pk=old.pk).update(discarded_at=F("discarded_at") - timedelta(days=91))
    assert Practice.objects.delete_discarded() == 1
    assert {row.pk for row in Practice.objects.all()} == {young.pk, draft.pk}


def test_the_database_refuses_what_is_public_and_discarded():
    with pytest.raises(IntegrityError), transaction.atomic():
        Practice.objects.filter(pk=a_practice().pk).update(discarded_at=timezone.now())
