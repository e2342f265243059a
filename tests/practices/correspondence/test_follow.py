"""Two short forms by which another city says that it does the same; they reach the desk and nothing is shown."""

import pytest
from django.urls import reverse

from practices.models import Practice, Report
from tests.desk import desk
from tests.forms import fields_of, said
from tests.people import a_practice
from tests.practices.correspondence.writing import a_stamp, send

pytestmark = pytest.mark.django_db
FIELDS = {
    "city": "Quito",
    "country": "EC",
    "text": "Since 2020, in two districts.",
    "email": "integration@quito.example",
}
FORMS = {"practice_too": "same", "practice_adapted": "adapted"}


@pytest.fixture
def parks():
    return a_practice(slug="parks")


@pytest.mark.parametrize(("name", "kind"), FORMS.items())
def test_it_reaches_the_desk_and_no_page(client, admin_client, parks, name, kind):
    path = reverse(name, args=["parks"])
    assert f'href="{path}"' in client.get("/en/practices/parks/").text
    answer = send(client, name, parks, **FIELDS)
    assert answer["Location"] == reverse("letter_done", args=["too"])
    assert "this has reached our curators" in client.get(answer["Location"]).text
    report = Report.objects.get()
    assert (report.kind, report.text) == (kind, "Quito, Ecuador\nSince 2020, in two districts.")
    assert (report.practice, report.email, report.language) == (parks, FIELDS["email"], "en")
    assert not report.contests and not Practice.objects.with_review().get().review_since
    assert "Quito" not in client.get("/en/practices/parks/").text
    page = admin_client.get(desk("report", "changelist"), {"waits": "follows"}).text
    assert report.reference in page
    assert report.reference not in admin_client.get(desk("report", "changelist"), {"waits": "open"}).text


def test_sent_twice_it_counts_once(client, parks):
    stamp = a_stamp(parks)
    for _ in range(2):
        assert send(client, "practice_too", parks, stamp=stamp, **FIELDS).status_code == 302
    assert Report.objects.count() == 1


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"city": ""}, "Enter the name of your city"),
        ({"country": ""}, "Select the country"),
        ({"country": "XX"}, "Select the country from the list"),
        ({"text": "x" * 801}, "This is 801 characters long; the limit is 800. Please shorten it."),
        ({"city": "<b>Quito</b>"}, "This contains < or >. Please remove them."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(client, parks, name, typed, sentence):
    answer = send(client, name, parks, **FIELDS | typed)
    assert answer.status_code == 422 and said(answer) == [sentence]
    assert fields_of(answer)["email"] == FIELDS["email"] and not Report.objects.exists()


def test_a_text_is_not_needed_and_an_e_mail_address_is(client, parks):
    assert send(client, "practice_too", parks, **FIELDS | {"text": ""}).status_code == 302
    assert Report.objects.get().text == "Quito, Ecuador"
    assert send(client, "practice_too", parks, **FIELDS | {"email": ""}).status_code == 422


def test_robots_and_floods_are_kept_out(client, parks):
    assert send(client, "practice_too", parks, **FIELDS | {"subject": "Buy now"}).status_code == 422
    codes = [send(client, "practice_adapted", parks, **FIELDS).status_code for _ in range(6)]
    assert codes == [302] * 5 + [429]


def test_they_are_no_choice_of_the_form_for_problems(client, parks):
    text = client.get(reverse("practice_report", args=["parks"])).text
    assert 'value="wrong"' in text and 'value="same"' not in text
    assert send(client, "practice_report", parks, kind="same", text="x is y", email="").status_code == 422


def test_only_a_public_entry_has_them(client, parks):
    parks.archive()
    for name in FORMS:
        assert client.get(reverse(name, args=["parks"])).status_code in (404, 410)
