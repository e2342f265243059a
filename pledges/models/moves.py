"""The moves of a signature: ``drafted → confirmed → verified → published``, and the ways out.

Each move is one transaction under a lock on the row. It expects a state, writes one date and
one event, and keeps the city's mark in step. A move that is not allowed raises MoveRefused and
changes nothing. The clock is always the database's.
"""

from contextlib import contextmanager
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from pledges.models.contact import SignatureContact
from pledges.models.letter import FIRST
from pledges.vocabularies import Kind, Origin, Precision, Refusal, State

CONFIRM_WITHIN = timedelta(days=7)
UNDO_WITHIN = timedelta(hours=48)
# Each of these letters gives seven days to answer it.
ASKING = (*FIRST, "expired_link_resend")
CURATE, LEAD = "pledges.curate_signature", "pledges.lead_curate_signature"

REASONS = {
    "wrong-state": _("This signature has moved in the meantime, or cannot move so: please look again."),
    "not-a-curator": _("Only a named curator with the right to do so may do this."),
    "expired": _("The seven days for confirming are over."),
    "not-expired": _("The seven days for confirming are not over."),
    "no-strong-proof": _(
        "This needs a strong proof: mail from the city’s recorded official domain, a decision on its "
        "official site, or a call back through a number you found yourself."
    ),
    "second-curator": _("Free mail or an earlier refusal needs a second curator: not the one who verified."),
    "already-signed": _("This city has a live signature: supersede or withdraw it first."),
    "other-city": _("A signature can only replace one of the same city."),
    "no-reason": _("Please give a reason."),
    "taken-away": _("A curator took this signature away: only a lead curator can bring it back. Please write to us."),
    "too-late": _("A withdrawal can be undone for 48 hours only."),
}


class MoveRefused(ValidationError):
    """A move that the rules do not allow; ``code`` is one of REASONS."""

    def __init__(self, code: str):
        super().__init__(REASONS[code], code=code)


def require(by, permission: str) -> None:
    """Raises MoveRefused unless ``by`` is an active member of staff with the permission."""
    if by is None or not (by.is_active and by.is_staff and by.has_perm(permission)):
        raise MoveRefused("not-a-curator")


class Moves:
    """What a signature can do; mixed into the model."""

    @contextmanager
    def _moving(self, kind: Kind, *expected: State, by=None, reason: str = ""):
        """One move; yields the database's time. On an error the object is as the database has it."""
        before = {}
        try:
            with transaction.atomic():
                row = type(self).objects.select_for_update().annotate(clock=Now()).get(pk=self.pk)
                before = {field.attname: getattr(row, field.attname) for field in self._meta.concrete_fields}
                self._take(before)
                if self.state not in expected:
                    raise MoveRefused("wrong-state")
                yield row.clock
                self.save(update_fields=[name for name, value in before.items() if getattr(self, name) != value])
                self.events.create(kind=kind, by=by, reason=reason, at=row.clock)
                type(self).objects.show_on_cities([self.city_id])
        except IntegrityError as error:
            self._take(before)
            if "signature_one_live_per_city" in str(error):
                raise MoveRefused("already-signed") from error
            raise
        except BaseException:
            self._take(before)
            raise

    def _take(self, columns: dict) -> None:
        for name, value in columns.items():
            setattr(self, name, value)

    @property
    def needs_second_curator(self) -> bool:
        """Whether free mail or an earlier refusal of the city asks for two curators; so does a lost contact."""
        contact = getattr(self, "contact", None)
        if contact is None or contact.is_free_mail:
            return True
        return (
            type(self).objects.for_city(self.city_id).in_state(State.REFUSED).exclude(refusal=Refusal.NOT_ME).exists()
        )

    def _asked_at(self):
        """When the mailbox was last asked to confirm: a fresh link gives another seven days."""
        newest = self.letters.filter(name__in=ASKING).aggregate(newest=models.Max("posted_at"))["newest"]
        return max(filter(None, [self.drafted_at, newest]))

    def confirm(self) -> None:
        """The holder of the mailbox pressed the button, within seven days of the last letter that asks for it."""
        with self._moving(Kind.CONFIRMED, State.DRAFTED) as now:
            if now - self._asked_at() > CONFIRM_WITHIN:
                raise MoveRefused("expired")
            self.confirmed_at = now
            if self.precision == Precision.UNKNOWN:
                self.signed_on, self.precision, self.not_before = now.date(), Precision.DAY, None

    def verify(self, by, evidence=()) -> None:
        """A curator checked the mandate. ``evidence`` are unsaved rows that are recorded with the move.

        At least one proof, new or recorded before, must be strong.
        """
        require(by, CURATE)
        with self._moving(Kind.VERIFIED, State.CONFIRMED, by=by) as now:
            for proof in evidence:
                proof.signature, proof.by = self, by
                proof.save(force_insert=True)
            contact = getattr(self, "contact", None)
            strong = [proof.pk for proof in self.evidence.all() if proof.is_strong_for(self.city, contact)]
            if not strong:
                raise MoveRefused("no-strong-proof")
            self.evidence.filter(pk__in=strong).update(was_strong=True)
            self.verified_at = now

    def publish(self, by, superseding=None) -> None:
        """A curator shows it. ``superseding`` is the city's live signature where this one replaces it."""
        require(by, CURATE)
        with self._moving(Kind.PUBLISHED, State.VERIFIED, by=by) as now:
            if self.needs_second_curator and self.events.filter(kind=Kind.VERIFIED, by=by).exists():
                raise MoveRefused("second-curator")
            if superseding is not None:
                superseding._give_way_to(self, by)
            self.published_at = now

    def supersede(self, by, successor) -> None:
        """A curator replaces this live signature by a verified one of the same city, in one transaction."""
        successor.publish(by, superseding=self)

    def _give_way_to(self, successor, by) -> None:
        if successor.city_id != self.city_id or successor.pk == self.pk:
            raise MoveRefused("other-city")
        with self._moving(Kind.SUPERSEDED, State.PUBLISHED, by=by) as now:
            self.superseded_at, self.superseded_by = now, successor

    def refuse(self, by, code: str) -> None:
        """A curator refuses it; ``code`` is one of Refusal."""
        require(by, CURATE)
        with self._moving(Kind.REFUSED, State.CONFIRMED, State.VERIFIED, by=by, reason=Refusal(code).value) as now:
            self.refused_at, self.refusal = now, Refusal(code)

    def disown(self) -> None:
        """The holder of the mailbox says that they did not send it."""
        with self._moving(Kind.REFUSED, State.DRAFTED, State.CONFIRMED, reason=Refusal.NOT_ME.value) as now:
            self.refused_at, self.refusal = now, Refusal.NOT_ME

    def withdraw(self, by=None, reason: str = "") -> None:
        """The city withdraws (``by`` is None), or a lead curator does with a reason. Gone at once, everywhere."""
        if by is not None:
            require(by, LEAD)
            if not reason.strip():
                raise MoveRefused("no-reason")
        with self._moving(
            Kind.WITHDRAWN, State.CONFIRMED, State.VERIFIED, State.PUBLISHED, by=by, reason=reason
        ) as now:
            self.withdrawn_at = now

    def undo_withdrawal(self, by=None) -> None:
        """Within 48 hours the signature is back where it stood, if the city has no other by then.

        The city (``by`` is None) undoes only what it withdrew itself: not what a lead curator took away.
        """
        if by is not None:
            require(by, LEAD)
        with self._moving(Kind.WITHDRAWAL_UNDONE, State.WITHDRAWN, by=by) as now:
            if now - self.withdrawn_at > UNDO_WITHIN:
                raise MoveRefused("too-late")
            if by is None and self.events.filter(kind=Kind.WITHDRAWN).latest("at", "pk").by_id is not None:
                raise MoveRefused("taken-away")
            self.withdrawn_at = None

    def expire(self) -> None:
        """Nobody confirmed within seven days of the last letter that asked for it."""
        with self._moving(Kind.EXPIRED, State.DRAFTED) as now:
            if now - self._asked_at() <= CONFIRM_WITHIN:
                raise MoveRefused("not-expired")
            self.expired_at = now

    @classmethod
    def draft(cls, *, email: str, phone: str = "", decision_url: str = "", **columns):
        """Records what the form sent, with its contact and its event, in one transaction; returns the signature."""
        with transaction.atomic():
            signature = cls.objects.create(origin=Origin.ONLINE, drafted_at=Now(), **columns)
            signature.refresh_from_db(fields=["drafted_at"])
            SignatureContact.objects.create(signature=signature, email=email, phone=phone, decision_url=decision_url)
            signature.events.create(kind=Kind.DRAFTED, at=signature.drafted_at)
        return signature
