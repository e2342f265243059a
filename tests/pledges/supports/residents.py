"""Residents who ask their city, for the tests: by the form as a browser without script fills it in, and as rows."""

import time
from datetime import timedelta
from itertools import count

from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from citysolidarity.forms import FormToken
from pledges.models import AskedCity, Support, SupportLetter
from pledges.supports import emails
from pledges.supports.counting import count_supports
from tests.forms import ATHENS, fields_of, send
from tests.people import a_city
from tests.pledges.desk.desk import somebody

MINUTE = 60  # seconds: longer than a robot needs
EMAIL = "rana@home.example"
ANSWERS = {"q": "Athens", "searched": "Athens", "city": f"place:{ATHENS}", "email": EMAIL, "may_be_counted": "on"}
number = count(1)


def a_stamp() -> str:
    """The stamp of a form that was begun a minute ago."""
    return str(FormToken.new(0)._replace(begun=int(time.time()) - MINUTE))


def ask(client, **changes):
    """The answer to the button of the form."""
    page = client.get(reverse("support"))
    return send(client, page, **{"stamp": a_stamp(), **ANSWERS, **changes})


def a_support(city=None, email=None, counted=True, confirmed=False, letter=True, **facts) -> Support:
    """What the form has just sent, with its e-mail on the way unless ``letter`` is False."""
    city = city or a_city()
    email = email or f"resident-{next(number)}@home.example"
    columns = {"language": "en", "first_name": ""} | facts
    with transaction.atomic():
        support = Support.ask(f"key-{next(number)}", "", email=email, city=city, may_be_counted=counted, **columns)
        if letter:
            emails.confirm_support.post(support)
    if confirmed:
        confirm(support)
    return support


def confirm(support: Support) -> None:
    with transaction.atomic():
        support.confirm()
        emails.support_receipt.post(support)


def some(city, many: int, **facts) -> list[Support]:
    """So many residents of the city who have confirmed, without their e-mails."""
    supports = []
    for _number in range(many):
        name = f"resident-{next(number)}"
        support = Support.ask(
            name, "", email=f"{name}@home.example", city=city, language="en", **{"may_be_counted": True} | facts
        )
        support.confirm()
        supports.append(support)
    return supports


def an_asked_city(city=None, many: int = 12) -> AskedCity:
    """A city with so many residents who ask it, as the daily task leaves it."""
    city = city or a_city()
    some(city, many)
    count_supports()
    return AskedCity.objects.with_city().get(city=city)


def letter_of(support: Support, name: str) -> SupportLetter:
    return SupportLetter.objects.filter(support=support, name=name).latest("posted_at")


def link(letter: SupportLetter, purpose: str) -> str:
    return reverse(purpose, args=[letter.token(purpose_of(purpose))])


def purpose_of(name: str):
    return next(purpose for purpose in SupportLetter.SIGNER.marks if purpose.value == name)


def make_older(span: timedelta, **rows) -> None:
    """All that is kept of supports was so much earlier; the database keeps the clock."""
    Support.objects.filter(**rows).update(
        **{name: F(name) - span for name in ("sent_at", "confirmed_at", "withdrawn_at")}
    )
    AskedCity.objects.update(settled_at=F("settled_at") - span)


__all__ = ["fields_of", "send"]


def asked_at_the_desk(state: str) -> str:
    """The page at the desk of a city that is ``new``, has an address, or whose answer is ``public``."""
    asked, by = an_asked_city(), somebody("Curator")
    if state != "new":
        asked.keep_address(by, "mail@amman.example", "fr")
    if state == "public":
        asked.record_answer(by, "other", timezone.localdate(), "We shall see.")
        asked.publish_answer(by)
    return reverse("admin:pledges_askedcity_change", args=[asked.pk])
