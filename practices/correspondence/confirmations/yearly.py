"""Asking the cities once a year, and once more: each step may run as often as one likes, by any number of workers."""

from django.db import IntegrityError, transaction
from django.db.models.functions import ExtractYear, Now

from practices.correspondence import emails
from practices.models import Confirmation, Practice
from practices.models.correspondence.contact import ContactRole


def ask_cities() -> int:
    """Posts the yearly letter about every entry that is due; returns how many."""
    return sum(map(ask_city, list(Confirmation.objects.due())))


def ask_city(practice: Practice) -> bool:
    """Posts the letter about one entry; False where another worker was quicker: the database takes one a year."""
    route = practice.routes.speaking().filter(seat=ContactRole.ROLE).first()
    if route is None:
        return False
    try:
        with transaction.atomic():
            confirmation = Confirmation.objects.create(practice=practice, year=ExtractYear(Now()))
            emails.post_to(route, emails.still_right, confirmation)
    except IntegrityError:
        return False
    return True


def remind_cities() -> int:
    """Writes once more where nobody answered within 14 days; returns how many."""
    return sum(map(remind_city, list(Confirmation.objects.to_remind())))


def remind_city(confirmation: Confirmation) -> bool:
    """Posts the reminder of one question, to the deputy where the role's mailbox bounced; False where it has left."""
    route = confirmation.practice.routes.speaking().order_by("-seat").first()
    with transaction.atomic():
        waiting = Confirmation.objects.filter(pk=confirmation.pk, reminded_at__isnull=True, answered_at__isnull=True)
        if route is None or not waiting.update(reminded_at=Now()):
            return False
        emails.post_to(route, emails.still_right_reminder, confirmation)
    return True
