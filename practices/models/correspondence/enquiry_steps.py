"""What happens to a question to a city: confirmed, passed on, answered, shown or closed."""

from django.db import models, transaction
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from citysolidarity.desk.transitions import TransitionNotAllowed
from practices.models.correspondence.contact import ContactRole, ContactRoute

# Who has it: the date that says so, in the order in which it is passed on.
STATIONS = {ContactRole.ROLE: "relayed_at", ContactRole.DEPUTY: "deputy_at"}


class EnquirySteps(models.Model):
    """The acts of Enquiry. Each is one transaction under a lock on the row, and raises TransitionNotAllowed where it comes too late."""

    class Meta:
        abstract = True

    @property
    def is_unanswered(self) -> bool:
        return bool(self.confirmed_at and not self.answered_at and not self.closed_at)

    def why_not_answer(self) -> str:
        """Why a curator can't answer it now, as a sentence; "" where nothing speaks against it. Likewise the next two."""
        if self.closed_at or self.answered_at:
            return self.why_not_close() or _("it has been answered already.")
        if not self.confirmed_at:
            return _("whoever asked has not pressed the button in our e-mail yet.")
        return "" if self.curators_at else _("the city has it: after a week without an answer it comes to you.")

    def why_not_join(self) -> str:
        if self.closed_at or not self.answered_at:
            return self.why_not_close() or _("it has not been answered yet.")
        if not self.may_be_shown:
            return _("whoever asked has not agreed that it is shown.")
        if not self.may_join:
            return _("the city has not agreed that its answer is shown.")
        return _("it is shown already.") if self.joined_at else ""

    def confirm(self) -> ContactRoute | None:
        """The asker pressed the button: passes it on, see ``pass_on``."""
        with transaction.atomic():
            self._lock()
            if self.confirmed_at or self.closed_at:
                raise TransitionNotAllowed(_("This question is on its way already."))
            self._set(confirmed_at=Now())
            return self.pass_on()

    def pass_on(self) -> ContactRoute | None:
        """To the next mailbox that speaks for the city, which is returned; None where the curators have it now."""
        with transaction.atomic():
            self._lock()
            if not self.is_unanswered or self.curators_at:
                raise TransitionNotAllowed(_("This question has been answered."))
            for seat, column in STATIONS.items():
                later = seat == ContactRole.ROLE and self.deputy_at
                route = self.practice.routes.speaking().filter(seat=seat).first()
                if route and not later and not getattr(self, column):
                    self._set(**{column: Now()})
                    return route
            self.give_to_curators()
            return None

    def give_to_curators(self) -> None:
        """The city has no mailbox that answers, or one that is full for days."""
        self._set(curators_at=Now())

    def take_answer(self, text: str, *, may_join: bool = False) -> None:
        with transaction.atomic():
            self._lock()
            if not self.is_unanswered:
                raise TransitionNotAllowed(_("This question has been answered already."))
            self._set(answer=text, may_join=may_join, answered_at=Now())

    def join(self, by, question: str, answer: str) -> None:
        """Shows question and answer with the entry, as the curator words them."""
        with transaction.atomic():
            self._lock()
            if not (self.answered_at and self.may_join and self.may_be_shown) or self.closed_at:
                raise TransitionNotAllowed(
                    _("It cannot be shown: both have to agree, and it must be answered and open.")
                )
            self._set(public_question=question, public_answer=answer, joined_at=Now(), joined_by=by)
            self.show_again()

    def correct(self, question: str, answer: str) -> tuple[str, str]:
        """Words what is shown anew; returns the question and the answer as they were shown before."""
        with transaction.atomic():
            self._lock()
            before = type(self).objects.values_list("public_question", "public_answer").get(pk=self.pk)
            if not self.joined_at:
                raise TransitionNotAllowed(_("it is not shown with the entry."))
            if before == (question, answer):
                raise TransitionNotAllowed(_("the words are the same as before."))
            self._set(public_question=question, public_answer=answer)
            self.show_again()
        return before

    def close(self, by) -> None:
        """Nothing more is done about it; what was shown is taken away."""
        with transaction.atomic():
            self._lock()
            if self.closed_at:
                raise TransitionNotAllowed(_("It is closed already."))
            was_shown = self.joined_at
            self._set(closed_at=Now(), closed_by=by, joined_at=None, joined_by=None)
            if was_shown:
                self.show_again()

    def _lock(self) -> None:
        fields = [
            "confirmed_at", "relayed_at", "deputy_at", "curators_at", "answered_at", "joined_at", "closed_at",
            "may_join", "may_be_shown",
        ]  # fmt: skip
        self.refresh_from_db(fields=fields, from_queryset=type(self).objects.select_for_update(of=["self"]))

    def _set(self, **columns) -> None:
        type(self).objects.filter(pk=self.pk).update(**columns)
        self.refresh_from_db(fields=columns)
