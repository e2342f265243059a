"""Contacts that curators wrote down speak for a city once they are proved; the others get nothing and say nothing."""

import pytest
from django.db import IntegrityError, transaction
from django.db.models.functions import Now

from practices.correspondence.confirmations.yearly import ask_cities, remind_cities
from practices.correspondence.contacts.proving import ask_mailboxes
from practices.correspondence.enquiries.sending import pass_on_questions
from practices.correspondence.reports.right_of_reply import tell_cities
from practices.models import Confirmation, ContactRoute, Practice, Submission
from practices.models.correspondence.contact import ContactRole
from tests.desk import desk, save
from tests.dump import every_row
from tests.forms import a_place
from tests.people import a_practice
from tests.practices.correspondence.letters import MAILBOX, a_route, an_asked, letters, link, make_older, now_speaking
from tests.practices.correspondence.test_enquiries import on_its_way
from tests.practices.correspondence.test_report import a_report
from tests.practices.sharing.speakers import (
    FREE,
    OFFICIAL,
    OTHER,
    a_correction,
    an_entry,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def athens():
    a_place()


@pytest.fixture
def entry():
    return an_entry()


# --- a mailbox that a curator wrote down --------------------------------------------------


def written_down(client, entry, email) -> ContactRoute:
    new = {"routes-TOTAL_FORMS": 1, "routes-0-seat": "role", "routes-0-email": email, "routes-0-language": "en"}
    assert save(client, desk("practice", "change", entry.pk), **new, **{"routes-0-vouch": "on"}) == []
    return entry.routes.get()


def vouch(client, route):
    assert save(client, desk("practice", "change", route.practice_id), **{"routes-0-vouch": "on"}) == []
    route.refresh_from_db()


@pytest.mark.parametrize(("domain", "official"), [(OFFICIAL, True), (FREE, False), (OTHER, False)])
def test_it_is_asked_by_letter_and_speaks_once_curators_have_vouched(client, entry, ana, bo, domain, official):
    route = written_down(ana, entry, f"office@{domain}")
    assert route.vouched_by is None and not ContactRoute.objects.speaking()
    assert ask_cities() == 0
    (letter,) = letters()
    assert letter.to == [f"office@{domain}"] and letter.subject == "Is your office responsible for this entry?"
    assert ask_mailboxes() == 0, "once"
    path = link(route.letters.get(), "confirm_mailbox")
    before = every_row()
    assert client.get(path).status_code == 200 and every_row() == before
    assert client.post(path, follow=True).status_code == 200
    assert client.post(path).status_code == 302 and client.get(path).status_code == 410
    route.refresh_from_db()
    assert route.mailbox_confirmed_at and route.speaks_since is None and ask_cities() == 0
    vouch(ana, route)
    assert bool(route.speaks_since) == official
    vouch(ana, route)
    assert bool(route.speaks_since) == official, "the same curator is no second one"
    vouch(bo, route)
    assert route.speaks_since and ask_cities() == 1


def test_another_address_starts_anew(entry, ana):
    route = a_route(entry)
    save(ana, desk("practice", "change", entry.pk), **{"routes-0-email": "new@mail.example", "routes-0-vouch": "on"})
    route.refresh_from_db()
    assert route.email == "new@mail.example" and not ContactRoute.objects.speaking()
    assert (route.mailbox_confirmed_at, route.vouched_by, route.speaks_since) == (None, None, None)
    assert [letter.name for letter in route.letters.all()] == ["confirm_mailbox"]


def test_a_form_that_was_fetched_before_undoes_no_press(entry):
    stale = entry.routes.create(email=MAILBOX)
    ContactRoute.objects.get().confirm_mailbox()
    stale.office = "Office of the Mayor"
    stale.save()
    assert ContactRoute.objects.get().mailbox_confirmed_at
    forged = ContactRoute.objects.get()
    forged.speaks_since = forged.mailbox_confirmed_at
    forged.save()
    assert ContactRoute.objects.get().speaks_since is None


def test_a_draft_writes_to_nobody():
    a_practice(published_at=None).routes.create(email=MAILBOX)
    archived = a_practice()
    archived.routes.create(email=MAILBOX)
    archived.archive()
    assert ask_mailboxes() == 0


# --- what goes only to those who speak for the city ---------------------------------------


@pytest.mark.parametrize("seat", ContactRole)
def test_nothing_goes_to_a_mailbox_that_nobody_proved(client, seat):
    entry = a_practice()
    route = entry.routes.create(seat=seat, email=MAILBOX)
    a_report(entry).take_up()
    enquiry = on_its_way(client, entry)
    assert enquiry.curators_at and not (enquiry.relayed_at or enquiry.deputy_at)
    assert (ask_cities(), remind_cities(), tell_cities(), pass_on_questions()) == (0, 0, 0, 0)
    assert not route.letters.exists()


@pytest.mark.parametrize("seat", ContactRole)
def test_the_reminder_goes_to_a_deputy_only_if_it_speaks_for_the_city(seat):
    confirmation = an_asked()
    letter = confirmation.letters.get()
    letter.mark_bounced("550 5.1.1")
    deputy = confirmation.practice.routes.create(seat=ContactRole.DEPUTY, email="deputy@mail.example")
    make_older(confirmation, days=15)
    assert ContactRoute.objects.bounced().exists() and remind_cities() == 0
    now_speaking(deputy)
    assert remind_cities() == 1


@pytest.mark.parametrize(
    ("purpose", "answers"),
    [("confirm_entry", {"answer": "still-right"}), ("answer_question", {"text": "With one park."})],
)
def test_a_link_in_a_mailbox_that_speaks_no_longer_opens_nothing(client, purpose, answers):
    """Such as one that got its letter before mailboxes had to be proved."""
    entry = a_practice()
    route = a_route(entry)
    if purpose == "confirm_entry":
        ask_cities()
    else:
        on_its_way(client, entry)
    path = link(route.letters.get(), purpose)
    assert client.get(path).status_code == 200
    nobody = {"speaks_since": None, "seconded_by": None, "vouched_by": None, "mailbox_confirmed_at": None}
    ContactRoute.objects.update(**nobody)
    assert client.get(path).status_code == client.post(path, answers).status_code == 404
    assert Practice.objects.get().confirmed_at is None
    assert not Confirmation.objects.filter(answered_at__isnull=False).exists()
    left = [letter.subject for letter in letters() if MAILBOX in letter.to]
    assert left == ["Is your office responsible for this entry?"], "a letter that still waits does not leave"


# --- the database ---------------------------------------------------------------------


@pytest.mark.parametrize("model", [Submission, ContactRoute])
def test_the_database_refuses_who_speaks_without_proof(entry, ana, bo, model):
    row = a_correction(OFFICIAL) if model is Submission else entry.routes.create(email=MAILBOX)
    rows = model.objects.filter(pk=row.pk)
    whole = {"mailbox_confirmed_at": Now(), "vouched_by": ana.user, "seconded_by": bo.user, "speaks_since": Now()}
    impossible = [
        *({**whole, name: None} for name in whole),
        whole | {"seconded_by": ana.user},
        {"vouched_by": ana.user},
        {"was_official": True},
        whole | {"was_official": True},
    ]
    for columns in impossible:
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**columns)
    assert rows.update(**whole) == 1
    if model is Submission:
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(confirms_at=Now())
