"""What happens to a submission: sent, asked about, accepted, refused or withdrawn. Each step is logged with it."""

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from citysolidarity.forms.once import mark_of


class CannotHandle(ValueError):
    """The step does not fit where the submission stands; ``messages`` holds a sentence for whoever asked."""

    @property
    def messages(self) -> list[str]:
        return [str(self)]


class Step(models.TextChoices):
    """The steps, as the log tells them."""

    SENT = "sent", gettext_lazy("Sent by the city")
    ASKED = "asked", gettext_lazy("The curators asked a question")
    ANSWERED = "answered", gettext_lazy("The city answered")
    ACCEPTED = "accepted", gettext_lazy("Accepted")
    REFUSED = "refused", gettext_lazy("Refused")
    WITHDRAWN = "withdrawn", gettext_lazy("Withdrawn by the city")


class Handling:
    """The acts of Submission; ``by`` is the curator. Each is one transaction, under a lock on the row."""

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
        """Whether it waits for a decision."""
        return self.sent_at is not None and not (self.accepted_at or self.refused_at or self.withdrawn_at)

    def send(self, content: str, **columns) -> None:
        """Puts it before the curators; ``content`` is the form's text by which it is known again."""
        with transaction.atomic():
            self._lock()
            if self.sent_at is not None:
                raise CannotHandle(_("This has been sent already."))
            self._save(content=mark_of(content), sent_at=timezone.now(), **columns)
            self._log(Step.SENT)

    def ask(self, by, text: str):
        """Asks the city something; returns the question."""
        with transaction.atomic():
            self._lock_undecided()
            if self.questions.open().exists():
                raise CannotHandle(_("A question waits for the city’s answer already."))
            question = self.questions.create(text=text, by=by)
            self._log(Step.ASKED, by)
        return question

    def answer(self, text: str) -> None:
        """Takes the city's answer to the open question."""
        with transaction.atomic():
            self._lock_undecided()
            if not self.questions.open().update(answer=text, answered_at=timezone.now()):
                raise CannotHandle(_("There is no open question: it has been answered."))
            self._log(Step.ANSWERED)

    def accept(self, by, practice) -> None:
        """It became this entry, or changed it."""
        with transaction.atomic():
            self._lock_undecided()
            self._save(accepted_at=timezone.now(), practice=practice)
            self._log(Step.ACCEPTED, by)

    def refuse(self, by, code: str) -> None:
        """It ends here; ``code`` is one of Refusal."""
        with transaction.atomic():
            self._lock_undecided()
            self._save(refused_at=timezone.now(), refusal=code)
            self._log(Step.REFUSED, by, code)

    def withdraw(self) -> None:
        """The city takes it back before anybody decided."""
        with transaction.atomic():
            self._lock_undecided()
            self._save(withdrawn_at=timezone.now())
            self._log(Step.WITHDRAWN)

    def _lock(self) -> None:
        dates = ["sent_at", "accepted_at", "refused_at", "withdrawn_at"]
        self.refresh_from_db(fields=dates, from_queryset=type(self).objects.select_for_update(of=["self"]))

    def _lock_undecided(self) -> None:
        self._lock()
        if not self.is_undecided:
            raise CannotHandle(_("This has been decided in the meantime."))

    def _save(self, **columns) -> None:
        for name, value in columns.items():
            setattr(self, name, value)
        self.save(update_fields=columns)

    def _log(self, step: Step, by=None, why: str = "") -> None:
        self.events.create(step=step, by=by, why=why)
