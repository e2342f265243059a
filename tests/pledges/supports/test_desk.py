"""The desk: which cities to write to, the e-mail to them, and their answers, which a curator publishes."""

import pytest
from django.contrib.admin.models import LogEntry
from django.core import mail as outbox
from django.urls import reverse

from citysolidarity.desk.transitions import TransitionNotAllowed
from pledges.models import AskedCity, SupportLetter
from pledges.supports.counting import count_supports
from tests.letters import work
from tests.people import a_city, a_practice
from tests.pledges.desk.desk import at_the_desk, somebody
from tests.pledges.signers import a_stated
from tests.pledges.supports.residents import an_asked_city, some

pytestmark = pytest.mark.django_db
ANSWER = {"reply": "other", "answered_on": "2026-11-20", "answer": "We shall see.", "answer_url": ""}


@pytest.fixture
def curator():
    return at_the_desk(somebody("Curator"))


@pytest.fixture
def amman():
    return an_asked_city(a_city(geonames_id=1, official_domain="amman.example"))


def press(client, asked, act, **typed):
    fields = {"email": asked.email, "language": asked.language, "reply": "", "answered_on": "", "answer": ""}
    address = reverse("admin:pledges_askedcity_change", args=[asked.pk])
    page = client.post(address, fields | {"answer_url": "", f"_act_{act}": "1"} | typed, follow=True)
    asked.refresh_from_db()
    return page


def test_a_city_is_to_be_written_to_from_ten_residents_on(curator, amman):
    start = curator.get(reverse("admin:index")).text
    assert "Cities to write to, since enough residents ask" in start
    few = an_asked_city(a_city("Irbid"), 9)
    waiting = reverse("admin:pledges_askedcity_changelist") + "?waits=to-write"
    listed = curator.get(waiting).text
    assert "Amman" in listed and "Irbid" not in listed and not few.is_due


def test_the_e_mail_is_read_before_it_is_sent_and_sent_once(curator, amman):
    page = press(curator, amman, "send")
    assert "first save the city" in page.text and not SupportLetter.objects.filter(asked=amman).exists()
    page = press(curator, amman, "preview", email="mail@amman.example", language="fr")
    assert amman.email == "mail@amman.example" and amman.language == "fr" and "/fr/statement/sign/" in page.text
    page = press(curator, amman, "send")
    assert amman.written_at and amman.written_for == 12 and amman.due_since is None
    outbox.outbox.clear()
    work()
    (sent,) = outbox.outbox
    assert sent.to == ["mail@amman.example"] and "Amman" in sent.subject and "home.example" not in sent.body
    assert "/fr/statement/sign/" in sent.body
    assert "no threshold was reached" in press(curator, amman, "send").text
    assert SupportLetter.objects.filter(asked=amman).count() == 1
    assert {entry.change_message for entry in LogEntry.objects.all()} >= {"Send the e-mail"}


def test_the_next_threshold_offers_the_next_e_mail(curator, amman):
    press(curator, amman, "preview", email="mail@amman.example")
    press(curator, amman, "send")
    some(amman.city, 50)
    count_supports()
    assert not AskedCity.objects.get().due_since
    some(amman.city, 50)
    count_supports()
    assert AskedCity.objects.get().due_since
    a_stated(amman.city)
    count_supports()
    assert not AskedCity.objects.get().due_since, "a city that has signed need not be asked"


def test_an_answer_is_public_once_a_curator_publishes_it(curator, client, amman):
    a_practice(city=amman.city)
    pages = [reverse("supports"), amman.city.get_absolute_url()]
    page = press(curator, amman, "answer", **(ANSWER | {"answer": ""}))
    assert "This cannot be empty." in page.text and not amman.answer
    press(curator, amman, "answer", **ANSWER)
    assert amman.answer and not any("We shall see." in client.get(path).text for path in pages)
    press(curator, amman, "publish")
    for path in pages:
        text = client.get(path).text
        assert "We shall see." in text and "20 November 2026" in text and "The city answers otherwise" in text
    press(curator, amman, "hide")
    assert not any("We shall see." in client.get(path).text for path in pages)
    press(curator, amman, "remove")
    assert (amman.reply, amman.answer, amman.answered_on) == ("", "", None)


def test_what_is_typed_for_another_button_is_not_saved(curator, amman):
    press(curator, amman, "preview", email="mail@amman.example", answer="Half an answer")
    assert amman.email == "mail@amman.example" and not amman.answer


def test_a_wrong_address_is_refused(curator, amman):
    page = press(curator, amman, "preview", email="amman")
    assert "Enter a valid email address" in page.text and not amman.email


def test_a_viewer_presses_nothing(amman):
    viewer = somebody("Viewer")
    page = at_the_desk(viewer).get(reverse("admin:pledges_askedcity_change", args=[amman.pk]))
    assert page.status_code == 200 and "_act_" not in page.text
    for act in (
        lambda: amman.keep_address(viewer, "x@amman.example", "en"),
        lambda: amman.note_written(viewer),
        lambda: amman.publish_answer(viewer),
        lambda: amman.remove_answer(viewer),
    ):
        with pytest.raises(TransitionNotAllowed):
            act()


def test_the_list_can_be_taken_away_without_an_address_of_a_resident(curator, amman):
    answer = curator.post(reverse("admin:pledges_askedcity_export", args=["csv"]))
    text = answer.content.decode()
    assert "amman-jo,12,10" in text and "home.example" not in text
