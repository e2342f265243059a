"""The page "Review": the log, the comments between curators, and the moves."""

import pytest
from django.contrib.auth.models import Permission

from practices.models import Practice
from practices.models.entries.review import ReviewComment
from tests.desk import desk
from tests.people import a_practice

pytestmark = pytest.mark.django_db


def page_of(practice):
    return desk("practice", "review", practice.pk)


def text_of(client, practice):
    return client.get(page_of(practice)).content.decode()


def test_curators_comment_for_each_other_and_nobody_else_reads_it(admin_client, client, admin_user):
    practice = a_practice()
    assert admin_client.post(page_of(practice), {"text": "Is <b>420</b> right?"}).status_code == 302
    comment = ReviewComment.objects.get()
    assert (comment.by, comment.practice) == (admin_user, practice)
    assert "Is &lt;b&gt;420&lt;/b&gt; right?" in text_of(admin_client, practice)
    assert "420" not in client.get(practice.get_absolute_url()).content.decode()


@pytest.mark.parametrize("text", ["", "   ", "x" * 2_001])
def test_a_comment_says_something_and_not_too_much(admin_client, text):
    answer = admin_client.post(page_of(a_practice()), {"text": text})
    assert answer.status_code == 200
    assert answer.context["comment"].errors
    assert not ReviewComment.objects.exists()


def test_an_entry_goes_all_the_way_on_this_page(admin_client):
    practice = a_practice(published_at=None)
    for move, facts, state in [
        ("submitted", {}, "in-review"),
        ("sent-back", {"why": "No figures"}, "draft"),
        ("submitted", {"why": "Now"}, "in-review"),
        ("published", {}, "public"),
        ("ended", {"year": "2021", "why": "The money ended"}, "ended"),
        ("archived", {"why": "The city asked"}, "archived"),
        ("published", {}, "ended"),
    ]:
        assert admin_client.post(page_of(practice), {"move": move} | facts).status_code == 302
        assert Practice.objects.get().state == state
    assert Practice.objects.get().ended == 2021
    page = text_of(admin_client, practice)
    assert page.index("No figures") < page.index("The money ended") < page.index("The city asked")


@pytest.mark.parametrize(
    "posted",
    [
        {"move": "archived"},
        {"move": "archived", "why": "x" * 301},
        {"move": "ended", "year": "20024"},
        {"move": "ended", "year": "soon"},
        {"move": "ended", "year": "2014", "why": "Over"},
        {"move": "vanished"},
        {"move": ""},
        {},
    ],
)
def test_a_move_that_cannot_be_is_told_and_not_made(admin_client, posted):
    practice = a_practice(started=2015)
    answer = admin_client.post(page_of(practice), posted)
    assert answer.status_code == 200
    assert Practice.objects.get().state == "public"
    assert practice.review_events.count() == 1


def test_a_move_that_somebody_else_made_meanwhile_is_told(admin_client):
    practice = a_practice()
    practice.archive()
    answer = admin_client.post(page_of(practice), {"move": "archived", "why": "The city asked"})
    assert "Nothing was done: it is not public." in answer.content.decode()
    assert practice.review_events.count() == 2


def test_the_page_offers_only_moves_that_fit(admin_client):
    practice = a_practice(published_at=None)
    assert offered(admin_client, practice) == ["submitted", "discarded"]
    practice.submit()
    assert offered(admin_client, practice) == ["sent-back", "published", "discarded"]
    practice.publish()
    assert "discarded" not in offered(admin_client, practice)


def offered(client, practice):
    return [move.value for move, _form in client.get(page_of(practice)).context["moves"]]


def test_a_move_that_does_not_fit_is_shown_with_its_reason(admin_client):
    practice = a_practice(published_at=None)
    practice.sources.all().delete()
    page = text_of(admin_client, practice)
    assert '<span class="act off">Send to review</span> <span class="why">It has no source.</span>' in page
    assert "It is a draft: send it to review first." in page


def test_buttons_say_what_they_do_and_the_log_what_was_done(admin_client):
    practice = a_practice(published_at=None)
    practice.submit()
    page = text_of(admin_client, practice)
    assert '<button class="default">Publish</button>' in page and ">Published</button>" not in page
    assert "<b>Sent to review</b>" in page


def test_the_same_comment_is_added_once_and_its_writer_can_remove_it(admin_client, client, django_user_model):
    practice = a_practice()
    for _press in range(2):
        answer = admin_client.post(page_of(practice), {"text": "Is 420 right?"}, follow=True)
    assert "it was not added again" in answer.content.decode()
    comment = ReviewComment.objects.get()
    other = django_user_model.objects.create_superuser("other")
    client.force_login(other)
    assert "Remove this comment" not in text_of(client, practice)
    client.post(page_of(practice), {"remove": comment.pk})
    assert ReviewComment.objects.exists()
    for _press in range(2):
        assert admin_client.post(page_of(practice), {"remove": comment.pk}).status_code == 302
    assert not ReviewComment.objects.exists()


def test_what_curators_tell_each_other_is_theirs_alone(admin_client, client, django_user_model):
    practice = a_practice()
    admin_client.post(page_of(practice), {"text": "Please look at the cost band"})
    admin_client.post(page_of(practice), {"move": "ended", "why": "They told me on the telephone"})
    reader = django_user_model.objects.create_user("reader", is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_practice"))
    client.force_login(reader)
    page = text_of(client, practice)
    assert "Marked as ended" in page
    assert "cost band" not in page and "telephone" not in page


def test_who_may_only_look_reads_the_log_and_moves_nothing(client, django_user_model):
    reader = django_user_model.objects.create_user("reader", is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_practice"))
    client.force_login(reader)
    practice = a_practice()
    assert '<form method="post" novalidate>' not in text_of(client, practice)
    assert client.post(page_of(practice), {"move": "archived", "why": "x"}).status_code == 403
    assert client.post(page_of(practice), {"text": "Hello"}).status_code == 403
    assert Practice.objects.get().state == "public"
