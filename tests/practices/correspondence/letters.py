"""Mailboxes, letters about practices and the addresses in them, for the tests."""

from datetime import timedelta

from django.contrib.auth.models import User
from django.core import mail as sent
from django.db.models import F
from django.db.models.functions import Now
from django.urls import reverse

from practices.correspondence.confirmations.yearly import ask_cities
from practices.models import Confirmation, ContactRoute, Practice, PracticeLetter
from practices.models.correspondence.contact import ContactRole
from tests.letters import work
from tests.people import a_practice

MAILBOX = "integration@amman.example"


def a_route(practice, seat=ContactRole.ROLE, email=MAILBOX, **facts) -> ContactRoute:
    """A mailbox that speaks for the city of the entry."""
    route = practice.routes.create(seat=seat, email=email, office="Integration Office", **facts)
    return now_speaking(route)


def now_speaking(route: ContactRoute) -> ContactRoute:
    """The same mailbox, pressed and vouched for by two curators."""
    route.confirm_mailbox()
    rights = {"is_staff": True, "is_superuser": True}
    for name in ("first-to-vouch", "second-to-vouch"):
        route.vouch(User.objects.get_or_create(username=name, defaults=rights)[0], None)
    return route


def an_asked(**facts) -> Confirmation:
    """A yearly question whose letter waits in the outbox."""
    practice = a_practice(**facts)
    a_route(practice)
    assert ask_cities() == 1
    return Confirmation.objects.get(practice=practice)


def link(letter: PracticeLetter, purpose: str) -> str:
    """The path of the letter's link for a purpose, as in ``confirm_entry``."""
    return reverse(purpose, args=[letter.token(purpose)])


def letters() -> list:
    """What leaves when everything due is done."""
    sent.outbox.clear()
    work()
    return list(sent.outbox)


def confirmed(practice, **ago) -> Practice:
    """The entry, confirmed so long ago."""
    Practice.objects.filter(pk=practice.pk).update(confirmed_at=Now() - timedelta(**ago))
    practice.refresh_from_db()
    return practice


def make_older(confirmation: Confirmation, **span) -> None:
    """Moves the question and its letters into the past."""
    Confirmation.objects.filter(pk=confirmation.pk).update(asked_at=F("asked_at") - timedelta(**span))
    confirmation.letters.update(posted_at=F("posted_at") - timedelta(**span))
