"""Asking the cities once a year, and once more: each step may run as often as one likes, by any number of workers."""

from django.db import IntegrityError, transaction
from django.db.models.functions import ExtractYear, Now
from django.utils import translation

from practices import emails
from practices.models import Confirmation, ContactRoute, Practice
from practices.models.route import Seat


def ask_cities() -> int:
    """Posts the yearly letter about every entry that is due; returns how many."""
    return sum(map(asked, list(Confirmation.objects.due())))


def asked(practice: Practice) -> bool:
    """Posts the letter about one entry; False where another worker was quicker: the database takes one a year."""
    route = practice.routes.working().filter(seat=Seat.ROLE).first()
    if route is None:
        return False
    try:
        with transaction.atomic():
            confirmation = Confirmation.objects.create(practice=practice, year=ExtractYear(Now()))
            post(emails.still_right, confirmation, route)
    except IntegrityError:
        return False
    return True


def remind_cities() -> int:
    """Writes once more where nobody answered within 14 days; returns how many."""
    return sum(map(reminded, list(Confirmation.objects.to_remind())))


def reminded(confirmation: Confirmation) -> bool:
    """Posts the reminder of one question, to the deputy where the role's mailbox bounced; False where it has left."""
    route = confirmation.practice.routes.working().order_by("-seat").first()
    with transaction.atomic():
        waiting = Confirmation.objects.filter(pk=confirmation.pk, reminded_at__isnull=True, answered_at__isnull=True)
        if route is None or not waiting.update(reminded_at=Now()):
            return False
        post(emails.still_right_reminder, confirmation, route)
    return True


def post(letter, subject, route: ContactRoute) -> None:
    """Posts a letter to a mailbox, in its language."""
    with translation.override(route.letters_in):
        letter.post(subject, route=route)
