"""The letters about signatures, one function each, named like its templates in templates/email.

A function takes the signature at the moment of sending and gives the template what it needs besides the links. Nothing
that was typed into a form goes into a letter: whoever fills in a form could otherwise write to strangers through us.
The city's name stands only in letters that leave after a curator has looked at it.
"""

from uuid import uuid4

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.tasks import task
from django.urls import reverse
from django.utils import translation

from citysolidarity import mail
from citysolidarity.throttle import Limit
from pledges.models import Signature, SignatureLetter
from pledges.models.moves import CURATE
from pledges.tokens import Purpose
from pledges.vocabularies import Refusal, State

QUEUE = "letters"
LETTERS = {}
ALARMS = Limit("alarm to curators", 1, hours=1)
STANDING = (State.CONFIRMED, State.VERIFIED, State.PUBLISHED)


class Letter:
    """A letter that can be posted; ``states`` are those of the signature in which it still makes sense to send it."""

    def __init__(self, facts, purposes, states):
        self.name, self.__doc__ = facts.__name__, facts.__doc__
        self.facts, self.purposes, self.states = facts, purposes, states

    def post(self, signature: Signature) -> SignatureLetter:
        """Puts the letter into the outbox, in the caller's transaction; its text is made when it is sent.

        Raises TransactionManagementError outside a transaction, and IntegrityError where the letter leaves only once
        and has been posted before.
        """
        if not connection.in_atomic_block:
            raise transaction.TransactionManagementError("A letter is posted in the transaction it tells about.")
        letter = SignatureLetter.about(signature, self.name, translation.get_language() or settings.LANGUAGE_CODE)
        send_letter.enqueue(str(letter.pk))
        return letter

    def compose(self, letter: SignatureLetter):
        """The mail with its links, ready to be delivered; None when it makes no sense any more."""
        signature = letter.signature
        if signature.state not in self.states:
            return None
        with translation.override(letter.language):
            facts = self.facts(signature)
            if facts is None:
                return None
            links = {
                purpose.value: settings.SITE_URL + reverse(purpose.value, args=[letter.token(purpose)])
                for purpose in self.purposes
            }
            facts = {"links": links, "expires_at": letter.expires_at(*self.purposes[:1]), **facts}
        return mail.compose(
            self.name, signature.contact.email, facts, language=letter.language, identity=str(letter.pk)
        )


def letter(*purposes: Purpose, states):
    """Makes a Letter of a function; ``purposes`` are those of its links, the first of which says when it ends."""

    def register(facts) -> Letter:
        LETTERS[facts.__name__] = Letter(facts, purposes, states)
        return LETTERS[facts.__name__]

    return register


@task(queue_name=QUEUE)
def send_letter(letter_id: str) -> None:
    """Sends one letter of the outbox, unless it has left or makes no sense any more; raises mail.TryAgain."""
    letter = SignatureLetter.objects.to_send(letter_id)
    if letter is None:
        return
    composed = LETTERS[letter.name].compose(letter)
    if composed is None:
        letter.mark_needless()
        return
    try:
        mail.deliver(composed)
    except mail.Bounced as refusal:
        reply = refusal.reply
        mail.patiently(lambda: letter.mark_bounced(reply))
    else:
        mail.patiently(letter.mark_sent)


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
