"""One function per e-mail: each app registers its own and posts them, and a worker sends them.

An app has one EmailRegistry and one task, which the backlog knows by its path::

    @task(queue_name=QUEUE)
    def send_letter(letter_id: str) -> None:
        POSTBOX.send(letter_id)

    POSTBOX = EmailRegistry(SignatureLetter, send_letter)

    @POSTBOX.letter(Purpose.CONFIRM)
    def confirm_signature(signature):
        return {}
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.db.models import TextChoices
from django.tasks import Task
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format

from citysolidarity.mail import sending
from citysolidarity.mail.blocked_addresses import BlockedMailbox
from citysolidarity.mail.edited_texts import written
from citysolidarity.mail.letter import OutgoingEmail
from citysolidarity.mail.texts import EmailText, rendered

QUEUE = "letters"


# The registries whose e-mails lead curators can edit.
EDITABLE: list["EmailRegistry"] = []


class Letter:
    """A kind of letter, named like its templates in templates/email.

    When it is sent, ``suits`` is asked whether it still makes sense for its subject, and ``facts`` returns the values
    of its variables (and the code of its ``variant``, where it has some), or None where it makes no sense. Each purpose
    is also the URL name that its link leads to. ``texts`` can be edited, by variant; without ``when`` there are none.
    """

    def __init__(
        self, postbox: "EmailRegistry", facts: Callable, purposes: tuple[TextChoices, ...], suits, when, variables, stop
    ):
        self.name, self.__doc__ = facts.__name__, facts.__doc__
        self.stop = stop
        self.postbox, self.facts, self.purposes, self.suits = postbox, facts, purposes, suits
        variants = when if isinstance(when, dict) else {"": when}
        variables = {**postbox.variables, **variables}
        self.texts = {code: EmailText(self.name, code, said, variables) for code, said in variants.items() if said}

    def post(self, subject, *, language: str = "", wait: float = 0, **columns) -> OutgoingEmail:
        """Save the letter's row and its task in the caller's transaction; the text is written when it is sent.

        It leaves in ``wait`` seconds; without a ``language`` in that of the page, which is right where its reader sees the page.
        ``columns`` are further ones of the row. Raises TransactionManagementError outside a transaction, and IntegrityError for the
        second letter of a kind that is sent only once.
        """
        if not connection.in_atomic_block:
            raise transaction.TransactionManagementError("A letter is posted in the transaction it tells about.")
        language = language or translation.get_language() or settings.LANGUAGE_CODE
        letter = self.postbox.rows.about(subject, self.name, language, **columns)
        later = {"run_after": timezone.now() + timedelta(seconds=wait)} if wait else {}
        self.postbox.task.using(**later).enqueue(str(letter.pk))
        return letter

    def compose(self, letter: OutgoingEmail):
        """The message with its links, or None where it makes no sense any more."""
        subject, language = letter.subject, letter.language
        if not self.suits(subject):
            return None
        with translation.override(language):
            links = {
                purpose: settings.SITE_URL + reverse(purpose.value, args=[letter.token(purpose)])
                for purpose in self.purposes
            }
        words, unusable = self._write(subject, links, letter.expires_at(*self.purposes[:1]), language)
        if unusable:
            unusable.mark_unusable()
        if words is None:
            return None
        headers = {"language": language, "identity": str(letter.pk), "stop": links.get(self.stop, "")}
        return sending.compose(words, letter.address, **headers)

    def preview(self, subject, language: str = "") -> str:
        """The text if it were sent now, with dots in place of its links."""
        language = language or translation.get_language() or settings.LANGUAGE_CODE
        words, _unusable = self._write(subject, dict.fromkeys(self.purposes, "…"), timezone.now(), language)
        return words.body.strip() if words else ""

    def _write(self, subject, links: dict, expires_at: datetime, language: str):
        with translation.override(language):
            facts = self.facts(subject)
        if facts is None:
            return None, None
        if not self.texts:
            return rendered(self.name, facts, language), None
        text = self.texts[facts.get("variant", "")]
        with translation.override(language):
            until = {"until_day": date_format(expires_at, "DATE_FORMAT"), "until_time": date_format(expires_at, "H:i")}
        values = {f"{purpose.value}_link": link for purpose, link in links.items()} | until | facts
        return written(text, values, language)


class EmailRegistry:
    """The letters of one app by name; ``rows`` is their model, ``task`` sends the letter of an id.

    One whose texts can be edited has a ``title`` for lead curators, and ``variables`` that its texts share.
    """

    def __init__(self, rows: type[OutgoingEmail], task: Task, title: str = "", variables: dict | None = None):
        self.rows, self.task, self.letters = rows, task, {}
        self.title, self.variables, self.texts_alone = title, variables or {}, []
        if title:
            EDITABLE.append(self)

    def letter(
        self,
        *purposes: TextChoices,
        suits: Callable = lambda subject: True,
        when: str | dict[str, str] = "",
        variables: dict | None = None,
        stop: TextChoices | None = None,
    ):
        """Decorate a function that becomes a Letter. Its variable ``until_day`` is when the first purpose's link expires.

        ``when`` says to lead curators when it is sent; a dictionary says it of each variant. ``variables`` are its own.
        ``stop`` is the purpose whose link mail programs may use by themselves (RFC 8058).
        """

        def register(facts) -> Letter:
            self.letters[facts.__name__] = Letter(self, facts, purposes, suits, when, variables or {}, stop)
            return self.letters[facts.__name__]

        return register

    def text_alone(self, name: str, when: str, variables: dict) -> EmailText:
        """The text of an e-mail that has no row, and is sent by a task of its own."""
        self.texts_alone.append(EmailText(name, "", when, {**self.variables, **variables}))
        return self.texts_alone[-1]

    @property
    def texts(self) -> list[EmailText]:
        """All that can be edited."""
        return [text for letter in self.letters.values() for text in letter.texts.values()] + self.texts_alone

    def send(self, letter_id: str) -> None:
        """Send a letter, unless it was sent before, makes no sense or goes to a blocked mailbox; raises TryAgain."""
        letter = self.rows.objects.to_send(letter_id)
        if letter is None:
            return
        # Checked here and not in the form's view: the time of the answer must not tell whether an address is blocked.
        is_blocked = letter.address_was_typed and BlockedMailbox.objects.holds(letter.address)
        composed = None if is_blocked else self.letters[letter.name].compose(letter)
        if composed is None:
            letter.cancel()
            return
        try:
            sending.deliver(composed)
        except sending.Bounced as refusal:
            reply = refusal.reply
            sending.patiently(lambda: letter.mark_bounced(reply))
        else:
            sending.patiently(letter.mark_sent)
