"""The letters about signatures, one function each, named like its templates in templates/email.

A function takes the signature at the moment of sending and gives the template what it needs besides the links. Nothing
that was typed into a form goes into a letter: whoever fills in a form could otherwise write to strangers through us.
The city's name stands only in letters that leave after a curator has looked at it.
"""

from uuid import uuid4

from django.conf import settings
from django.contrib.auth import get_user_model
from django.tasks import task
from django.urls import reverse

from citysolidarity import mail
from citysolidarity.postbox import QUEUE, Postbox
from citysolidarity.throttle import Limit
from pledges.models import SignatureLetter
from pledges.models.moves import CURATE
from pledges.tokens import Purpose
from pledges.vocabularies import Refusal, State

ALARMS = Limit("alarm to curators", 1, hours=1)
STANDING = (State.CONFIRMED, State.VERIFIED, State.PUBLISHED)


@task(queue_name=QUEUE)
def send_letter(letter_id: str) -> None:
    """Sends one letter of the outbox; raises mail.TryAgain."""
    POSTBOX.send(letter_id)


POSTBOX = Postbox(SignatureLetter, send_letter)
LETTERS = POSTBOX.letters


def letter(*purposes: Purpose, states):
    """Makes a Letter of a function; ``states`` are those of the signature in which it still makes sense to send it."""
    return POSTBOX.letter(*purposes, suits=lambda signature: signature.state in states)


@letter(Purpose.CONFIRM, Purpose.DISOWN, states=[State.DRAFTED])
def confirm_signature(signature):
    """Asks whoever holds the mailbox to press a button. After a draft."""
    return {}


@letter(Purpose.CONFIRM, Purpose.DISOWN, states=[State.DRAFTED])
def already_signed(signature):
    """The same for a city that has signed: this signature would take the other one's place. After a draft."""
    return {}


@letter(Purpose.CONFIRM, Purpose.DISOWN, states=[State.DRAFTED])
def expired_link_resend(signature):
    """A fresh link, for whoever asked for it on the page of the old one."""
    return {}


@letter(Purpose.WITHDRAW, Purpose.DISOWN, states=STANDING)
def confirmed_receipt(signature):
    """Says that it arrived, and what happens next. After ``confirm()``."""
    return {"is_free_mail": signature.contact.is_free_mail}


@letter(states=[State.VERIFIED])
def verified_notice(signature):
    """Says that a curator has checked it. After ``verify()``."""
    return {}


@letter(states=[State.PUBLISHED])
def published_notice(signature):
    """Says that it counts, and where it is shown if the city wants to be named. After ``publish()``."""
    return {
        "city": signature.city,
        "visibility": signature.visibility,
        "public_from": signature.public_from,
        "page": settings.SITE_URL + signature.get_absolute_url(),
    }


@letter(states=[State.REFUSED])
def refused(signature):
    """Says why, kindly, by the code. After ``refuse()``; whoever says "this was not me" is left in peace."""
    if signature.refusal == Refusal.NOT_ME:
        return None
    return {"refusal": signature.refusal, "contact": settings.SITE_URL + reverse("about_contact")}


@letter(Purpose.WITHDRAW, states=STANDING)
def withdrawal_link(signature):
    """The link somebody asked for, to withdraw."""
    return {}


@letter(Purpose.CORRECT, states=STANDING)
def correction_link(signature):
    """The link somebody asked for, to correct."""
    return {}


@letter(Purpose.UNDO, states=[State.WITHDRAWN])
def withdrawn_receipt(signature):
    """Says that it is gone, and how to undo that for 48 hours. After ``withdraw()``."""
    return {}


@letter(states=[State.WITHDRAWN])
def taken_away(signature):
    """Says that a curator took it away, and where to object; no link brings it back. After ``withdraw(by)``."""
    return {"contact": settings.SITE_URL + reverse("about_contact")}


def alarm_to_curators(code: str) -> int:
    """Writes to every curator, at most once an hour for each code; returns how many letters were posted.

    ``code`` is ``drafts-paused``. Where no curator has an address, CONTACT_EMAIL gets it.
    """
    if ALARMS.take(code):
        return 0
    found = list(curators().values_list("pk", flat=True)) or [None]
    for curator in found:
        send_alarm.enqueue(curator, code, str(uuid4()))
    return len(found)


def curators():
    """Active members of staff who may curate signatures and have an address."""
    users = get_user_model().objects.with_perm(CURATE, backend="django.contrib.auth.backends.ModelBackend")
    return users.filter(is_staff=True).exclude(email="").order_by("pk")


@task(queue_name=QUEUE)
def send_alarm(curator_id: int | None, code: str, identity: str) -> None:
    """Sends one alarm; raises mail.TryAgain. An address that bounces is logged by the worker."""
    addresses = curators().filter(pk=curator_id).values_list("email", flat=True) if curator_id else []
    address = settings.CONTACT_EMAIL if curator_id is None else next(iter(addresses), "")
    if address:
        facts = {"code": code, "admin_url": settings.SITE_URL + reverse("admin:index")}
        language = settings.LANGUAGE_CODE
        mail.deliver(mail.compose("alarm_to_curators", address, facts, language=language, identity=identity))
