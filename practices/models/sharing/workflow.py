"""What happens to a submission: sent, asked about, accepted, refused or withdrawn. Each step is logged with it."""

import secrets
from datetime import timedelta

from django.db import models, transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from citysolidarity.database.clock import database_now
from citysolidarity.desk.fields import curator_name
from citysolidarity.desk.transitions import TransitionNotAllowed
from citysolidarity.erasures.models import ErasureAct, ErasureNote
from citysolidarity.forms.one_time_key import digest_of
from citysolidarity.mail.tokens import NONCE_BYTES


class Step(models.TextChoices):
    SENT = "sent", gettext_lazy("Sent")
    PROVED = "proved", gettext_lazy("The e-mail address was confirmed")
    ASKED = "asked", gettext_lazy("The curators asked a question")
    ANSWERED = "answered", gettext_lazy("The question was answered")
    VOUCHED = "vouched", gettext_lazy("A curator vouched for the e-mail address")
    CONTACT = "contact", gettext_lazy("The e-mail address became the entry’s contact")
    CONFIRMED = "confirmed", gettext_lazy("Taken as the city’s confirmation")
    ACCEPTED = "accepted", gettext_lazy("Accepted")
    REFUSED = "refused", gettext_lazy("Refused")
    WITHDRAWN = "withdrawn", gettext_lazy("Withdrawn")
    READDRESSED = "readdressed", gettext_lazy("A curator corrected the e-mail address")
    REOPENED = "reopened", gettext_lazy("A curator took the decision back")


REOPENS_FOR = timedelta(hours=1)
DECISIONS = (Step.ACCEPTED, Step.REFUSED, Step.WITHDRAWN)
# What curators agree on among themselves is not told to the sender.
AT_THE_DESK = (Step.VOUCHED,)


class SubmissionWorkflow(models.Model):
    """The acts of Submission; ``by`` is the curator. Each is one transaction, under a lock on the row."""

    class Meta:
        abstract = True

    @property
    def state(self) -> str:
        """The key of STATES that holds, derived from its dates and questions."""
        for state in ("withdrawn", "refused", "accepted"):
            if getattr(self, f"{state}_at"):
                return state
        if self.sent_at is None:
            return "begun"
        asked = getattr(self, "is_asked", None)
        return "asked" if (self.questions.open().exists() if asked is None else asked) else "waiting"

    @property
    def is_undecided(self) -> bool:
        return self.sent_at is not None and not (self.accepted_at or self.refused_at or self.withdrawn_at)

    def send(self, content: str, **columns) -> None:
        """Puts it before the curators; ``content`` is the form's text by which it is known again."""
        with transaction.atomic():
            self._lock()
            if self.sent_at is not None:
                raise TransitionNotAllowed(_("This has been sent already."))
            self._save(content=digest_of(content), sent_at=Now(), **columns)
            self._log(Step.SENT)

    def confirm_mailbox(self) -> None:
        """Whoever reads our letters pressed its button; once more changes nothing."""
        with transaction.atomic():
            self.lock_undecided()
            if self.mailbox_confirmed_at is None:
                self._save(mailbox_confirmed_at=Now())
                self._log(Step.PROVED)

    def vouch_for(self, by, city) -> None:
        with transaction.atomic():
            self.lock_undecided()
            self.vouch(by, city)
            self._log(Step.VOUCHED, by)

    def take_word(self, by, city) -> None:
        """What was sent is the city's word on its entry, under the name of a curator."""
        with transaction.atomic():
            self.speak(by, city)
            self._save(confirms_at=Now())
            self._log(Step.CONFIRMED, by)

    def why_not_correct_address(self) -> str:
        """Why the sender's e-mail address cannot be corrected, as a sentence; "" where it can."""
        if self.mailbox_confirmed_at:
            return _("it has been confirmed, so someone reads e-mails there: it stays as it is.")
        return ""

    def correct_address(self, by, email: str) -> None:
        """It was mistyped; links that lie in the wrong mailbox open nothing more."""
        with transaction.atomic():
            self.lock_undecided()
            if against := self.why_not_correct_address():
                raise TransitionNotAllowed(against)
            self._save(email=email)
            self.letters.update(nonce=secrets.token_bytes(NONCE_BYTES))
            self._log(Step.READDRESSED, by)

    def note_contact(self, by) -> None:
        self._log(Step.CONTACT, by)

    def ask(self, by, text: str):
        """Asks the city something; returns the question."""
        with transaction.atomic():
            self.lock_undecided()
            if self.questions.open().exists():
                raise TransitionNotAllowed(_("A question waits for the city’s answer already."))
            question = self.questions.create(text=text, by=by)
            self._log(Step.ASKED, by)
        return question

    def answer(self, text: str) -> None:
        with transaction.atomic():
            self.lock_undecided()
            if not self.questions.open().update(answer=text, answered_at=Now()):
                raise TransitionNotAllowed(_("There is no open question: it has been answered."))
            self._log(Step.ANSWERED)

    def accept(self, by, practice) -> None:
        with transaction.atomic():
            self.lock_undecided()
            self._save(accepted_at=Now(), practice=practice)
            self._log(Step.ACCEPTED, by)

    def refuse(self, by, code: str, note: str = "") -> None:
        """It ends here; ``code`` is one of Refusal, ``note`` the curator's own words to the sender."""
        with transaction.atomic():
            self.lock_undecided()
            self._save(refused_at=Now(), refusal=code, refusal_note=note)
            self._log(Step.REFUSED, by, code)

    def why_not_reopen(self) -> str:
        """Why a curator can't take the decision back now, as a sentence; "" where nothing speaks against it."""
        decided_at = self.accepted_at or self.refused_at
        if decided_at is None:
            return _("nothing has been decided.")
        if database_now() - decided_at > REOPENS_FOR:
            return _("it was decided more than an hour ago.")
        if self.accepted_at is None:
            return ""
        entry = self.practice
        if entry is None:
            return _("the entry that came of it is gone.")
        if self.speaks_since and entry.routes.filter(email__iexact=self.email).exists():
            return _("its e-mail address answers for the entry since: remove it on the entry’s page first.")
        return self._why_not_undo(entry)

    def reopen(self, by) -> None:
        """A decision of the last hour is taken back: it waits for the curators again. Raises TransitionNotAllowed."""
        with transaction.atomic():
            self._lock()
            if against := self.why_not_reopen():
                raise TransitionNotAllowed(against)
            if self.accepted_at:
                self._undo(self.practice, by)
            self._save(accepted_at=None, refused_at=None, refusal="", refusal_note="", practice=None, confirms_at=None)
            self._log(Step.REOPENED, by)

    def withdraw(self) -> None:
        """The city takes it back before anybody decided."""
        with transaction.atomic():
            self.lock_undecided()
            self._save(withdrawn_at=Now())
            self._log(Step.WITHDRAWN)
            ErasureNote.objects.note(ErasureAct.SUBMISSION_WITHDRAWN, self.reference)

    def _lock(self) -> None:
        dates = ["sent_at", "accepted_at", "refused_at", "withdrawn_at", "mailbox_confirmed_at"]
        self.refresh_from_db(fields=dates, from_queryset=type(self).objects.select_for_update(of=["self"]))

    def lock_undecided(self) -> None:
        """Until the transaction ends nobody else decides on it. Raises TransitionNotAllowed where somebody has."""
        self._lock()
        if self.is_undecided:
            return
        event = self.events.select_related("by").filter(step__in=DECISIONS).last()
        who = curator_name(event.by) if event and event.by else _("the sender")
        what = event.get_step_display() if event else ""
        raise TransitionNotAllowed(
            _("this has been decided in the meantime: %(what)s, %(who)s.") % {"what": what, "who": who}
        )

    def _save(self, **columns) -> None:
        for name, value in columns.items():
            setattr(self, name, value)
        self.save(update_fields=columns)

    def _log(self, step: Step, by=None, why: str = "") -> None:
        self.events.create(step=step, by=by, why=why)
