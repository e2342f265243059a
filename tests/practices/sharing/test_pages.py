"""The way through sharing: from page to page, back and on, until it is sent."""

import pytest
from django.urls import reverse

from practices.models import City, Practice, Submission
from tests.forms import fields_of, heading, said, send
from tests.people import a_city, a_practice
from tests.practices.sharing.sharers import ANSWERS, at, share, shared, walk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("patience")]


def test_the_first_page_tells_what_it_takes_and_leads_on(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        page = client.get(reverse("share"))
    assert "less than fifteen minutes" in page.text
    assert f'href="{reverse("share_page", args=["title"])}"' in page.text


def test_the_whole_way_makes_a_submission_with_its_event_and_no_entry(client):
    answer = send(client, walk(client), consent="on")
    submission = Submission.objects.get()
    assert answer["Location"] == reverse("share_sent", args=[submission.reference])
    assert (submission.state, submission.kind, submission.title) == ("waiting", "new", ANSWERS["title"]["title"])
    assert (submission.place, submission.country) == ("Athens, Greece", "GR")
    assert (submission.email, submission.office) == ("integration@athens.example", "Integration Office")
    assert [event.step for event in submission.events.all()] == ["sent"]
    assert not Practice.objects.exists() and not City.objects.exists()
    assert not client.cookies


def test_the_page_after_it_gives_the_reference_and_what_happens_next(client, django_assert_num_queries):
    address = share(client)["Location"]
    with django_assert_num_queries(0):
        page = client.get(address)
    assert Submission.objects.get().reference in page.text and "What happens next" in page.text


def test_the_page_to_check_says_everything(client):
    page = at(client)
    for said_so in (
        "Neighbours help new families settle in", "Athens, Greece", "Welcome &amp; public attitudes, Housing",
        "Families", "A church", "EUR", "https://www.athens.example/report", "integration@athens.example",
    ):  # fmt: skip
        assert said_so in page.text, said_so


def test_going_back_and_on_keeps_every_answer(client):
    page = at(client, "when")
    back = client.post(reverse("share_page", args=["words"]), fields_of(page) | {"show": "1"})
    assert heading(back) == "What is it about?" and not said(back)
    assert fields_of(back)["themes"] == ["welcome", "housing"]
    on = send(client, back, themes=["health"])
    assert fields_of(on)["themes"] == "health" and heading(on) == "Since when?"


def test_a_change_from_the_last_page_leads_straight_back_to_it(client):
    page = at(client)
    changed = client.post(reverse("share_page", args=["contact"]), fields_of(page) | {"show": "1"})
    again = send(client, changed, email="clerk@athens.example")
    assert heading(again) == "Check your answers" and "clerk@athens.example" in again.text


def test_a_page_in_the_middle_without_answers_leads_to_the_first(client):
    first = reverse("share_page", args=["title"])
    for name in ("city", "alike", "words", "contact"):
        assert client.get(reverse("share_page", args=[name]))["Location"] == first
    assert client.get(reverse("share_check"))["Location"] == first
    assert client.get(reverse("share_save"))["Location"] == first
    assert client.get(reverse("share_page", args=["nowhere"])).status_code == 404


# --- is it one of these? ----------------------------------------------------------------


def test_an_entry_much_like_it_is_asked_about(client):
    entry = a_practice("Neighbours who help newly arrived families", city=a_city("Athens", "GR", geonames_id=264371))
    a_practice("Solar roofs on schools", city=a_city("Vienna", "AT"))
    page = send(client, titled(client), **ANSWERS["city"])
    assert heading(page) == "Is it one of these?"
    assert entry.title in page.text and "Solar roofs" not in page.text
    assert said(send(client, page)) == ["Select one of the entries, or say that yours is a different one"]
    on = send(client, page, alike="new")
    assert heading(on) == "The practice in brief"


def titled(client):
    return send(client, client.get(reverse("share_page", args=["title"])), **ANSWERS["title"])


def test_what_is_like_nothing_is_compared_once(client, django_assert_max_num_queries):
    page = walk(client, to="approach")
    with django_assert_max_num_queries(1):
        page = send(client, page, **ANSWERS["approach"])
    a_practice("Neighbours help families", slug="known")
    back = client.post(reverse("share_page", args=["title"]), fields_of(page) | {"show": "1"})
    page = send(client, back, title="Neighbours help families settle in")
    assert heading(page) == "Is it one of these?", "another title is compared anew"


def test_an_entry_that_is_not_public_is_never_offered_nor_taken(client):
    a_practice(ANSWERS["title"]["title"], slug="hidden", published_at=None)
    page = send(client, titled(client), **ANSWERS["city"])
    assert heading(page) == "The practice in brief"
    a_practice("Neighbours help families", slug="shown")
    page = send(client, titled(client), **ANSWERS["city"])
    answer = send(client, page, alike="update:hidden")
    assert said(answer) == ["Select one of the entries on this page, or say that yours is a different one"]


def test_bringing_it_up_to_date_begins_with_what_it_says_now(client):
    entry = a_practice("Neighbours help families", slug="known", what_did_not_work="Evenings.", groups=["women"])
    page = send(client, send(client, titled(client), **ANSWERS["city"]), alike="update:known")
    assert heading(page) == "Check your answers" and "Evenings." in page.text and entry.summary in page.text
    page = client.post(reverse("share_page", args=["summary"]), fields_of(page) | {"show": "1"})
    page = send(client, page, summary="Parks, and now squares.")
    assert heading(page) == "How can we contact you?"
    page = send(client, page, **ANSWERS["contact"])
    send(client, page, consent="on")
    submission = Submission.objects.get()
    assert (submission.kind, submission.about, submission.title) == ("update", entry, "Neighbours help families")


def test_an_entry_can_be_corrected_from_its_own_page(client):
    a_practice("Public spaces for all", slug="known")
    page = client.get(reverse("share_update", args=["known"]))
    assert heading(page) == "Check your answers" and "Public spaces for all" in page.text
    assert heading(send(client, page, consent="on")) == "How can we contact you?"
    assert client.get(reverse("share_update", args=["unknown"])).status_code == 404


def test_a_version_of_another_citys_practice_names_it(client):
    entry = a_practice("Neighbours help families", slug="known")
    page = send(client, send(client, titled(client), **ANSWERS["city"]), alike="adaptation:known")
    assert heading(page) == "The practice in brief"
    for name in list(ANSWERS)[2:]:
        page = send(client, page, **ANSWERS[name])
    submission = Submission.objects.get()
    assert (submission.kind, submission.about) == ("adaptation", entry)


# --- which city -------------------------------------------------------------------------


def test_a_city_that_is_in_no_list_is_accepted_as_a_suggestion(client):
    page = send(client, titled(client), q="Kalaupapa", city="new")
    assert heading(page) == "Add your city"
    page = send(client, page, place_name="Kalaupapa", place_area="Hawaii", place_country="US")
    for name in list(ANSWERS)[2:]:
        page = send(client, page, **ANSWERS[name])
    submission = Submission.objects.get()
    assert (submission.place, submission.country) == ("Kalaupapa, Hawaii, United States of America", "US")
    assert not City.objects.exists()


def test_a_form_sent_twice_is_one_submission(client):
    page = at(client)
    first, second = send(client, page, consent="on"), send(client, page, consent="on")
    assert first["Location"] == second["Location"] and Submission.objects.count() == 1
    assert shared(client).state == "waiting"
