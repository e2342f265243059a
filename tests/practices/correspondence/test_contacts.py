"""The mailboxes that answer for an entry: kept by curators, never public, gone when somebody asks."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.test import Client

from citysolidarity.mail.tokens import TokenStatus
from practices.models import ContactRoute, PracticeLetter
from practices.models.correspondence.letter import Purpose
from tests.desk import desk, save
from tests.people import a_practice
from tests.practices.correspondence.letters import MAILBOX, a_route, an_asked, letters

pytestmark = pytest.mark.django_db


def a_member(role) -> Client:
    user = User.objects.create_user(role, password="x", is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    client = Client()
    client.force_login(user)
    return client


def test_a_curator_keeps_them_beside_the_texts_and_no_address_reaches_the_log():
    practice, client = a_practice(), a_member("Curator")
    page = desk("practice", "change", practice.pk)
    new = {"routes-TOTAL_FORMS": 1, "routes-0-seat": "role", "routes-0-email": MAILBOX, "routes-0-language": "en"}
    assert save(client, page, **new) == []
    assert ContactRoute.objects.get().email == MAILBOX
    assert MAILBOX in client.get(page).content.decode()
    assert save(client, page, **{"routes-0-DELETE": "on"}) == []
    assert not ContactRoute.objects.exists()
    assert LogEntry.objects.count() == 2
    assert not [entry for entry in LogEntry.objects.all() if MAILBOX in entry.change_message + entry.object_repr]


@pytest.mark.parametrize("role", ["Viewer", "Translator"])
def test_others_at_the_desk_do_not_see_them(role):
    route = a_route(a_practice())
    page = a_member(role).get(desk("practice", "change", route.practice_id))
    assert page.status_code == 200 and MAILBOX not in page.content.decode()


def test_an_entry_has_one_of_each():
    practice = a_practice()
    a_route(practice)
    errors = save(a_member("Curator"), desk("practice", "change", practice.pk), **{
        "routes-TOTAL_FORMS": 2, "routes-1-seat": "role", "routes-1-email": "b@amman.example", "routes-1-language": "en"
    })  # fmt: skip
    assert errors


def test_a_bounce_marks_the_mailbox_and_another_address_starts_anew():
    letter = an_asked().letters.get()
    token = letter.token(Purpose.CONFIRM_ENTRY)
    letter.mark_bounced("550 5.1.1")
    route = ContactRoute.objects.bounced().get()
    route.office = "Office of the Mayor"
    route.save()
    assert route.bounced_at and PracticeLetter.objects.open(token, Purpose.CONFIRM_ENTRY).verdict is TokenStatus.GOOD
    route.email = "new@amman.example"
    route.save()
    assert ContactRoute.objects.working().get().email == "new@amman.example"
    # A link that lies in the old mailbox opens nothing more.
    assert PracticeLetter.objects.open(token, Purpose.CONFIRM_ENTRY).verdict is TokenStatus.ALTERED


def test_a_late_bounce_does_not_mark_the_new_address():
    letter = PracticeLetter.objects.with_subject().get(pk=an_asked().letters.get().pk)
    ContactRoute.objects.update(email="new@amman.example")
    letter.mark_bounced("550 5.1.1")
    assert not ContactRoute.objects.bounced()


def test_whoever_asks_is_forgotten_with_every_letter(capsys):
    confirmation = an_asked()
    call_command("forget", MAILBOX.upper(), "--yes")
    assert "1 e-mail address of an entry" in capsys.readouterr().out
    assert not ContactRoute.objects.exists() and not PracticeLetter.objects.exists()
    assert letters() == []
    confirmation.refresh_from_db()


def test_a_mailbox_stands_on_no_public_page(client):
    practice = an_asked().practice
    for page in (
        practice.get_absolute_url(),
        "/en/practices/",
        practice.city.get_absolute_url(),
        "/feeds/practices.atom",
    ):
        assert MAILBOX not in client.get(page).content.decode()
