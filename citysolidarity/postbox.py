"""Letters as functions: each app declares its own, posts them with what they tell about, and a worker sends them.

An app has one Postbox and one task, which the backlog knows by its path::

    @task(queue_name=QUEUE)
    def send_letter(letter_id: str) -> None:
        POSTBOX.send(letter_id)

    POSTBOX = Postbox(SignatureLetter, send_letter)

    @POSTBOX.letter(Purpose.CONFIRM)
    def confirm_signature(signature):
        return {}
"""

from collections.abc import Callable

from django.conf import settings
from django.db import connection, transaction
from django.db.models import TextChoices
from django.tasks import Task
from django.urls import reverse
from django.utils import translation

from citysolidarity import mail
from citysolidarity.blocked import BlockedMailbox
from citysolidarity.letters import PostedLetter

QUEUE = "letters"


class Letter:
    """A letter that can be posted, named like its templates in templates/email.

    ``facts`` is called with its subject at the moment of sending, and gives the template what it needs besides the
    links; None where the letter makes no sense any more. ``suits`` says first whether the subject still stands so
    that it makes sense. Each purpose is also the name of the address that its link leads to.
    """

    def __init__(self, postbox: "Postbox", facts: Callable, purposes: tuple[TextChoices, ...], suits: Callable):
        self.name, self.__doc__ = facts.__name__, facts.__doc__
        self.postbox, self.facts, self.purposes, self.suits = postbox, facts, purposes, suits

    def post(self, subject, **columns) -> PostedLetter:
        """Puts the letter into the outbox, in the caller's transaction; its text is made when it is sent.

        ``columns`` are further ones of the letter's row. Raises TransactionManagementError outside a transaction, and
        IntegrityError where the letter leaves only once and has been posted before.
        """
        if not connection.in_atomic_block:
            raise transaction.TransactionManagementError("A letter is posted in the transaction it tells about.")
        language = translation.get_language() or settings.LANGUAGE_CODE
        letter = self.postbox.rows.about(subject, self.name, language, **columns)
        self.postbox.task.enqueue(str(letter.pk))
        return letter

    def compose(self, letter: PostedLetter):
        """The mail with its links, ready to be delivered; None when it makes no sense any more."""
        subject = letter.subject
        if not self.suits(subject):
            return None
        with translation.override(letter.language):
            facts = self.facts(subject)
            if facts is None:
                return None
            links = {
                purpose.value: settings.SITE_URL + reverse(purpose.value, args=[letter.token(purpose)])
                for purpose in self.purposes
            }
            facts = {"links": links, "expires_at": letter.expires_at(*self.purposes[:1]), **facts}
        return mail.compose(self.name, letter.address, facts, language=letter.language, identity=str(letter.pk))


class Postbox:
    """The letters of one app by their names; ``rows`` is their model, ``task`` sends the letter of an id."""

    def __init__(self, rows: type[PostedLetter], task: Task):
        self.rows, self.task, self.letters = rows, task, {}

    def letter(self, *purposes: TextChoices, suits: Callable = lambda subject: True):
        """Makes a Letter of a function; ``purposes`` are those of its links, the first of which says when it ends."""

        def register(facts) -> Letter:
            self.letters[facts.__name__] = Letter(self, facts, purposes, suits)
            return self.letters[facts.__name__]

        return register

    def send(self, letter_id: str) -> None:
        """Sends one letter of the outbox, unless it has left, makes no sense or is unwanted; raises mail.TryAgain."""
        letter = self.rows.objects.to_send(letter_id)
        if letter is None:
            return
        # Asked here, for all letters at once, and not where a form is sent: so its answer takes the same time for all.
        unwanted = letter.address_was_typed and BlockedMailbox.objects.holds(letter.address)
        composed = None if unwanted else self.letters[letter.name].compose(letter)
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
