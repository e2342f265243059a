"""The transitions of a signature: ``drafted → confirmed → verified → published``, and the ways out.

Each is one transaction with the row locked. It expects a state, writes one date and one event, and updates the city.
A transition that is not allowed raises TransitionNotAllowed and changes nothing. The clock is the database's.
"""

from contextlib import contextmanager
from datetime import timedelta

from django.db import IntegrityError, models, transaction
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from citysolidarity.database.clock import database_now
from citysolidarity.database.locks import lock_edition
from citysolidarity.desk.transitions import TransitionNotAllowed, require
from citysolidarity.erasures.models import ErasureAct, ErasureNote
from pledges.models.contact import SignatureContact
from pledges.models.letter import FIRST, UNDO_WITHIN
from pledges.vocabularies import Kind, Origin, Precision, Refusal, State

CONFIRM_WITHIN = timedelta(days=7)
REOPENS_FOR = timedelta(hours=1)
# Each of these e-mails gives seven days to confirm.
CONFIRMATION_REQUESTS = (*FIRST, "expired_link_resend")
CURATE, LEAD = "pledges.curate_signature", "pledges.lead_curate_signature"

REASONS = {
    "wrong-state": _("This signature has changed in the meantime, or this is not possible: please check it again."),
    "expired": _("The seven days for confirming are over."),
    "not-expired": _("The seven days for confirming are not over."),
    "no-strong-proof": _(
        "This needs strong proof: an e-mail address at the city’s recorded official domain, a decision on its "
        "official website, or a call to a number that you found yourself."
    ),
    "second-curator": _(
        "An e-mail address outside the city’s recorded domain, or an earlier refusal, needs a second curator, not "
        "the one who verified."
    ),
    "already-signed": _("This city already has a signature: replace or withdraw it first."),
    "other-city": _("A signature can only replace one of the same city."),
    "no-reason": _("Please give a reason."),
    "taken-away": _("A curator has withdrawn this signature: only a lead curator can restore it. Please write to us."),
    "recorded-already": _("You have recorded this already; it was not recorded again."),
    "used-to-verify": _("The signature was verified with this, so it stays in the record."),
    "decided-long-ago": _("It was decided more than an hour ago."),
    "renewed": _("The signature has been renewed already."),
    "moved": _("The signature has moved to this version already."),
    "too-late": _("A withdrawal can be undone for 48 hours only."),
}


def not_allowed(code: str) -> TransitionNotAllowed:
    """The error for a key of REASONS."""
    return TransitionNotAllowed(REASONS[code], code)


class SignatureWorkflow(models.Model):
    class Meta:
        abstract = True

    @contextmanager
    def _transition(self, kind: Kind, *expected: State, by=None, reason: str = ""):
        """Yields the database's time. After an error the object has the values of the database."""
        before = {}
        is_shown = State.PUBLISHED in expected or kind in (Kind.PUBLISHED, Kind.WITHDRAWAL_UNDONE)
        try:
            with transaction.atomic():
                if is_shown:  # whoever signs waits for nobody
                    lock_edition()
                row = type(self).objects.select_for_update().annotate(clock=Now()).get(pk=self.pk)
                before = {field.attname: getattr(row, field.attname) for field in self._meta.concrete_fields}
                self._set(before)
                if self.state not in expected:
                    raise not_allowed("wrong-state")
                yield row.clock
                self.save(update_fields=[name for name, value in before.items() if getattr(self, name) != value])
                self.events.create(kind=kind, by=by, reason=reason, at=row.clock)
                if is_shown:
                    type(self).objects.show_on_cities([self.city_id])
        except IntegrityError as error:
            self._set(before)
            if "signature_one_live_per_city" in str(error):
                raise not_allowed("already-signed") from error
            raise
        except BaseException:
            self._set(before)
            raise

    def _set(self, columns: dict) -> None:
        for name, value in columns.items():
            setattr(self, name, value)

    @property
    def needs_second_curator(self) -> bool:
        """Two curators are needed unless the mailbox is at the city's recorded domain, and after a refusal of the city."""
        contact = getattr(self, "contact", None)
        if contact is None or not contact.is_official_for(self.city):
            return True
        return (
            type(self).objects.for_city(self.city_id).in_state(State.REFUSED).exclude(refusal=Refusal.NOT_ME).exists()
        )

    def _confirmation_requested_at(self):
        """When the last request was sent: a new link gives another seven days."""
        newest = self.letters.filter(name__in=CONFIRMATION_REQUESTS).aggregate(newest=models.Max("posted_at"))["newest"]
        return max(filter(None, [self.drafted_at, newest]))

    def confirm(self) -> None:
        """By the holder of the mailbox, within CONFIRM_WITHIN of the last request."""
        with self._transition(Kind.CONFIRMED, State.DRAFTED) as now:
            if now - self._confirmation_requested_at() > CONFIRM_WITHIN:
                raise not_allowed("expired")
            self.confirmed_at = now
            if self.precision == Precision.UNKNOWN:
                self.signed_on, self.precision, self.not_before = now.date(), Precision.DAY, None

    def verify(self, by, evidence=()) -> None:
        """Needs strong evidence: recorded before, or among the unsaved rows in ``evidence``."""
        require(by, CURATE)
        with self._transition(Kind.VERIFIED, State.CONFIRMED, by=by) as now:
            for proof in evidence:
                proof.signature, proof.by = self, by
                proof.save(force_insert=True)
            contact = getattr(self, "contact", None)
            strong = [proof.pk for proof in self.evidence.all() if proof.is_strong_for(self.city, contact)]
            if not strong:
                raise not_allowed("no-strong-proof")
            self.evidence.filter(pk__in=strong).update(was_strong=True)
            self.verified_at = now

    def publish(self, by, superseding=None) -> None:
        """``superseding`` is the city's live signature where this one replaces it."""
        require(by, CURATE)
        with self._transition(Kind.PUBLISHED, State.VERIFIED, by=by) as now:
            if self.needs_second_curator and self.events.filter(kind=Kind.VERIFIED, by=by).exists():
                raise not_allowed("second-curator")
            if superseding is not None:
                superseding._give_way_to(self, by)
            self.published_at = now

    def supersede(self, by, successor) -> None:
        """Publish a verified signature of the same city in place of this live one."""
        successor.publish(by, superseding=self)

    def _give_way_to(self, successor, by) -> None:
        if successor.city_id != self.city_id or successor.pk == self.pk:
            raise not_allowed("other-city")
        with self._transition(Kind.SUPERSEDED, State.PUBLISHED, by=by) as now:
            self.superseded_at, self.superseded_by = now, successor
        self._carry_over(successor)

    def refuse(self, by, code: str, note: str = "") -> None:
        """``code`` is one of Refusal; ``note`` is a curator's own sentence for the signer."""
        require(by, CURATE)
        with self._transition(Kind.REFUSED, State.CONFIRMED, State.VERIFIED, by=by, reason=Refusal(code).value) as now:
            self.refused_at, self.refusal, self.refusal_note = now, Refusal(code), note

    def why_not_reopen(self) -> str:
        """The key of REASONS why the decision can't be taken back now, "" where it can."""
        decided_at = self.refused_at or self.verified_at
        if self.state not in (State.VERIFIED, State.REFUSED) or self.refusal == Refusal.NOT_ME:
            return "wrong-state"
        return "decided-long-ago" if database_now() - decided_at > REOPENS_FOR else ""

    def reopen(self, by) -> None:
        """A curator's decision of the last hour is taken back: it stands where it stood before."""
        require(by, CURATE)
        what = Kind.REFUSED if self.refused_at else Kind.VERIFIED
        with self._transition(Kind.TAKEN_BACK, State.VERIFIED, State.REFUSED, by=by, reason=what.value):
            if against := self.why_not_reopen():
                raise not_allowed(against)
            if self.refused_at:
                self.refused_at, self.refusal, self.refusal_note = None, "", ""
            else:
                self.verified_at = None
                self.evidence.update(was_strong=False)

    def disown(self) -> None:
        """By the holder of the mailbox, who did not send the form."""
        with self._transition(Kind.REFUSED, State.DRAFTED, State.CONFIRMED, reason=Refusal.NOT_ME.value) as now:
            self.refused_at, self.refusal = now, Refusal.NOT_ME
            ErasureNote.objects.note(ErasureAct.SIGNATURE_DISOWNED, self.noted_as)

    def withdraw(self, by=None, reason: str = "") -> None:
        """By the city (``by`` is None), or by a lead curator with a reason."""
        if by is not None:
            require(by, LEAD)
            if not reason.strip():
                raise not_allowed("no-reason")
        with self._transition(
            Kind.WITHDRAWN, State.CONFIRMED, State.VERIFIED, State.PUBLISHED, by=by, reason=reason
        ) as now:
            self.withdrawn_at = now
            ErasureNote.objects.note(ErasureAct.SIGNATURE_WITHDRAWN, self.noted_as)

    def undo_withdrawal(self, by=None) -> None:
        """Within 48 hours, if the city has no other live signature by then.

        The city (``by`` is None) can undo its own withdrawal, but not that of a lead curator.
        """
        if by is not None:
            require(by, LEAD)
        with self._transition(Kind.WITHDRAWAL_UNDONE, State.WITHDRAWN, by=by) as now:
            if now - self.withdrawn_at > UNDO_WITHIN:
                raise not_allowed("too-late")
            if by is None and self.events.filter(kind=Kind.WITHDRAWN).latest("at", "pk").by_id is not None:
                raise not_allowed("taken-away")
            self.withdrawn_at = None
            ErasureNote.objects.note(ErasureAct.SIGNATURE_RESTORED, self.noted_as)

    @property
    def noted_as(self) -> str:
        """Its number alone may be given out once more after a restore. History was never drafted."""
        return f"{self.pk} {self.drafted_at.isoformat() if self.drafted_at else ''}"

    def expire(self, *, at_once: bool = False) -> None:
        """Nobody confirmed in time; ``at_once`` skips the waiting where nobody is left who could."""
        with self._transition(Kind.EXPIRED, State.DRAFTED) as now:
            if not at_once and now - self._confirmation_requested_at() <= CONFIRM_WITHIN:
                raise not_allowed("not-expired")
            self.expired_at = now

    @classmethod
    def draft(cls, *, email: str, phone: str = "", decision_url: str = "", **columns):
        """Create a signature with its contact and its event in one transaction."""
        with transaction.atomic():
            signature = cls.objects.create(origin=Origin.ONLINE, drafted_at=Now(), **columns)
            signature.refresh_from_db(fields=["drafted_at"])
            SignatureContact.objects.create(signature=signature, email=email, phone=phone, decision_url=decision_url)
            signature.events.create(kind=Kind.DRAFTED, at=signature.drafted_at)
        return signature
