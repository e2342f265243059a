"""Asking the cities once a year: who is asked, when, and never twice."""

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from practices.correspondence.confirmations.yearly import ask_cities as ask
from practices.correspondence.confirmations.yearly import ask_city, remind_cities
from practices.models import Confirmation, PracticeLetter
from practices.models.correspondence.confirmation import ConfirmationAnswer
from practices.models.correspondence.contact import ContactRole
from tests.people import a_practice
from tests.practices.correspondence.letters import MAILBOX, a_route, an_asked, confirmed, letters, make_older

pytestmark = pytest.mark.django_db


def test_an_entry_nobody_confirmed_is_asked_about_once_a_year():
    confirmation = an_asked()
    assert ask() == 0
    (mail,) = letters()
    assert mail.to == [MAILBOX] and "Public spaces for all" in mail.body and "/letter/confirm_entry/" in mail.body
    make_older(confirmation, days=364)
    assert ask() == 0
    make_older(confirmation, days=2)
    Confirmation.objects.update(year=2020)
    assert ask() == 1
    assert Confirmation.objects.count() == PracticeLetter.objects.count() == 2


@pytest.mark.parametrize(("days", "expected"), [(30, 0), (330, 0), (340, 1), (800, 1)])
def test_the_letter_leaves_a_month_before_the_entry_grows_old(days, expected):
    practice = confirmed(a_practice(), days=days)
    a_route(practice)
    assert ask() == expected


def test_nobody_is_asked_about_what_is_not_public_is_over_or_has_no_working_mailbox():
    a_route(a_practice(published_at=None))
    a_route(a_practice(ended=2020))
    a_route(a_practice(status="completed"))
    archived = a_practice()
    a_route(archived)
    archived.archive()
    a_practice()
    a_route(a_practice(), ContactRole.DEPUTY)
    bounced = a_route(a_practice())
    bounced.bounced_at = bounced.since
    bounced.save()
    assert ask() == 0


def test_the_database_takes_one_question_a_year_whoever_asks():
    confirmation = an_asked()
    assert not ask_city(confirmation.practice)
    with pytest.raises(IntegrityError), transaction.atomic():
        Confirmation.objects.create(practice=confirmation.practice, year=confirmation.year)
    assert PracticeLetter.objects.count() == 1


def test_one_reminder_goes_out_after_14_days():
    confirmation = an_asked()
    letters()
    make_older(confirmation, days=13)
    assert remind_cities() == 0
    make_older(confirmation, days=2)
    assert remind_cities() == 1
    assert remind_cities() == 0
    (mail,) = letters()
    assert mail.subject == "A reminder: is your entry still right?" and mail.to == [MAILBOX]


def test_the_deputy_is_reminded_where_the_mailbox_bounced():
    confirmation = an_asked()
    deputy = a_route(confirmation.practice, ContactRole.DEPUTY, "deputy@amman.example")
    confirmation.letters.get().mark_bounced("550 5.1.1")
    make_older(confirmation, days=15)
    assert remind_cities() == 1
    assert PracticeLetter.objects.get(name="still_right_reminder").route == deputy


def test_nobody_is_reminded_who_answered_or_whose_entry_is_gone():
    first, second = an_asked(), an_asked()
    first.take(ConfirmationAnswer.STILL_RIGHT)
    second.practice.archive()
    for confirmation in (first, second):
        make_older(confirmation, days=20)
    assert remind_cities() == 0


def test_a_letter_that_is_answered_before_it_leaves_does_not_leave():
    an_asked().take(ConfirmationAnswer.STILL_RIGHT)
    assert letters() == []


def test_the_command_and_the_daily_tidy_do_both(capsys):
    a_route(a_practice())
    call_command("ask_cities")
    assert "1 asked, 0 reminded" in capsys.readouterr().out
    a_route(a_practice())
    call_command("tidy")
    assert "cities asked 1, cities reminded 0" in capsys.readouterr().out
