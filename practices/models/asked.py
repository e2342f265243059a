"""What happens to a question to a city: confirmed, passed on, answered, shown or closed."""

from django.db import models, transaction
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from practices.models.route import ContactRoute, Seat

# Who has it: the date that says so, in the order in which it is passed on.
STATIONS = {Seat.ROLE: "relayed_at", Seat.DEPUTY: "deputy_at"}


class MovedOn(ValueError):
    """The question has moved on since; ``messages`` holds a sentence for whoever comes late."""

    @property
    def messages(self) -> list[str]:
        return [str(self)]


class Asked(models.Model):
    """The acts of Enquiry. Each is one transaction under a lock on the row, and raises MovedOn where it comes too late."""

    class Meta:
        abstract = True

    @property
    def is_unanswered(self) -> bool:
        """Whether an answer is still wanted."""
        return bool(self.confirmed_at and not self.answered_at and not self.closed_at)

    @property
    def may_be_joined(self) -> bool:
        """Whether both agree that it is shown, and nobody has decided."""
        agreed = self.answered_at and self.may_join and self.may_be_shown
        return bool(agreed and not self.joined_at and not self.closed_at)

    def confirm(self) -> ContactRoute | None:
        """The asker pressed the button: passes it on, see ``pass_on``."""
        with transaction.atomic():
            self._lock()
            if self.confirmed_at or self.closed_at:
                raise MovedOn(_("This question is on its way already."))
            self._set(confirmed_at=Now())
            return self.pass_on()

    def pass_on(self) -> ContactRoute | None:
        """To the next mailbox that works, which is returned; None where the curators have it now."""
        with transaction.atomic():
            self._lock()
            if not self.is_unanswered or self.curators_at:
                raise MovedOn(_("This question has been answered."))
            for seat, column in STATIONS.items():
                later = seat == Seat.ROLE and self.deputy_at
                route = self.practice.routes.working().filter(seat=seat).first()
                if route and not later and not getattr(self, column):
                    self._set(**{column: Now()})
                    return route
            self._set(curators_at=Now())
            return None

    def take_answer(self, text: str, *, may_join: bool = False) -> None:
        """An answer, by the city or by a curator, once."""
        with transaction.atomic():
            self._lock()
            if not self.is_unanswered:
                raise MovedOn(_("This question has been answered already."))
            self._set(answer=text, may_join=may_join, answered_at=Now())

    def join(self, by, question: str, answer: str) -> None:
        """Shows question and answer with the entry, as the curator words them."""
        with transaction.atomic():
            self._lock()
            if not (self.answered_at and self.may_join and self.may_be_shown) or self.closed_at:
                raise MovedOn(_("It can’t be shown: both have to agree, and it must be answered and open."))
            self._set(public_question=question, public_answer=answer, joined_at=Now(), joined_by=by)
            self.show_again()

    def close(self, by) -> None:
        """Nothing more is done about it; what was shown is taken away."""
        with transaction.atomic():
            self._lock()
            if self.closed_at:
                raise MovedOn(_("It is closed already."))
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
