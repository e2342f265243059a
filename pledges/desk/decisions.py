"""What a curator can do with a signature: one Act for each button. The caller opens the transaction."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from citysolidarity.database.clock import database_now
from citysolidarity.mail.tokens import NONCE_BYTES
from pledges import emails
from pledges.desk.forms import (
    ActForm,
    DomainForm,
    EvidenceForm,
    RefuseForm,
    RemoveEvidenceForm,
    ResendForm,
    WithdrawForm,
)
from pledges.models import Signature
from pledges.models.letter import UNDO_WITHIN
from pledges.models.workflow import CURATE, LEAD, REASONS, not_allowed
from pledges.vocabularies import Kind, Refusal, State, Visibility
from practices.cities.official_domain import record

CHECKED = (State.CONFIRMED, State.VERIFIED)


@dataclass(frozen=True)
class Act:
    """A button and the page it opens. ``do(signature, by, form)`` may return a message for the admin's log;
    ``hindrance(signature, by)`` says why the curator cannot press the button now, or ""."""

    code: str
    button: str
    explains: str
    done: str
    states: tuple[State, ...]
    do: Callable
    form: type = ActForm
    permission: str = CURATE
    letter: str = ""
    hindrance: Callable = lambda signature, by: ""
    is_offered: Callable = lambda signature: True
    # What the public will see because of it, as a sentence.
    foresees: Callable = lambda signature: ""
    # Whether the act is valid only in the state that the curator saw. A note is valid in any state.
    is_move: bool = True

    def perform(self, signature: Signature, by, form=None) -> str | None:
        """Do the act and post its e-mail; may return a message for the admin's log. Raises TransitionNotAllowed."""
        message = self.do(signature, by, form)
        if self.letter and getattr(signature, "contact", None) is not None:
            emails.LETTERS[self.letter].post(signature, language=signature.language)
        return message


def other_live_signature(signature: Signature) -> Signature | None:
    return Signature.objects.live().for_city(signature.city_id).exclude(pk=signature.pk).first()


def add_evidence(signature, by, form):
    if signature.evidence.filter(**form.cleaned_data, by=by).exists():
        raise not_allowed("recorded-already")
    proof = form.save(commit=False)
    proof.signature, proof.by = signature, by
    proof.save()
    return gettext("Evidence: %(kind)s.") % {"kind": proof.get_kind_display()}


def remove_evidence(signature, by, form):
    proof = signature.evidence.filter(pk=form.cleaned_data["proof"]).first()
    if proof is None:
        raise not_allowed("wrong-state")
    if proof.was_strong:
        raise not_allowed("used-to-verify")
    proof.delete()
    values = {"kind": proof.get_kind_display(), "day": date_format(proof.seen_on, "DATE_FORMAT")}
    return gettext("Evidence removed: %(kind)s, seen on %(day)s.") % values


def record_domain(signature, by, form):
    return record(signature.city, form.cleaned_data["official_domain"], form.cleaned_data["source"])


def resend(signature, by, form):
    contact, email = signature.contact, form.cleaned_data["email"]
    if email == contact.email:
        return gettext("The link was sent again.")
    contact.email = email
    contact.save(update_fields=["email"])
    # Links that lie in the wrong mailbox open nothing more.
    signature.letters.update(nonce=secrets.token_bytes(NONCE_BYTES))
    return gettext("The e-mail address was corrected, and the link sent there.")


def replace(signature, by, form):
    live = other_live_signature(signature)
    if live is None:
        raise not_allowed("wrong-state")
    live.supersede(by, signature)


def lacks_strong_proof(signature, by) -> str:
    contact = getattr(signature, "contact", None)
    strong = any(proof.is_strong_for(signature.city, contact) for proof in signature.evidence.all())
    return "" if strong else REASONS["no-strong-proof"]


def needs_second_curator(signature, by) -> str:
    if signature.needs_second_curator and signature.events.filter(kind=Kind.VERIFIED, by=by).exists():
        return REASONS["second-curator"]
    return ""


def why_not_publishable(signature, by) -> str:
    if other_live_signature(signature):
        return _("This city has a live signature: publish this one in its place, or withdraw that one first.")
    return needs_second_curator(signature, by)


def seen_after_publishing(signature) -> str:
    city, live = signature.city.name, other_live_signature(signature)
    values = {"city": city, "day": date_format(signature.public_from, "DATE_FORMAT") if signature.public_from else ""}
    if signature.has_begun:
        return gettext("Today %(city)s is shown with this signature.") % values
    if signature.visibility == Visibility.COUNTED:
        sentence = gettext("This signature counts from today on, and %(city)s is named nowhere.")
        if live and live.has_begun:
            sentence = gettext("This signature counts, and %(city)s, which is named today, is named nowhere any more.")
        return sentence % values
    if live and live.has_begun:
        return (
            gettext("Until %(day)s %(city)s stays public with its earlier signature; then this one is shown.") % values
        )
    return gettext("Nothing is shown and nothing counts before %(day)s.") % values


def seen_after_withdrawing(signature) -> str:
    if earlier := signature.shown_without:
        values = {"city": signature.city.name, "what": earlier.standing.label}
        return gettext("%(city)s stays public with its other signature: %(what)s.") % values
    return gettext("%(city)s is no longer shown as a signatory.") % {"city": signature.city.name}


def too_late(signature, by) -> str:
    return REASONS["too-late"] if database_now() - signature.withdrawn_at > UNDO_WITHIN else ""


ACTS = {
    act.code: act
    for act in (
        Act(
            "evidence",
            _("Add evidence"),
            _("What shows that the institution really signed? Record what you saw and where."),
            _("The evidence has been recorded."),
            CHECKED,
            add_evidence,
            EvidenceForm,
            is_move=False,
        ),
        Act(
            "remove",
            _("Remove evidence"),
            _("Remove evidence that was recorded by mistake. Evidence that was used to verify a signature stays."),
            _("The evidence has been removed."),
            CHECKED,
            remove_evidence,
            RemoveEvidenceForm,
            is_offered=lambda signature: signature.evidence.filter(was_strong=False).exists(),
            is_move=False,
        ),
        Act(
            "domain",
            _("Record the official domain"),
            _(
                "E-mail addresses and pages at this domain will count as the city’s own, for every signature of the "
                "city."
            ),
            _("The official domain has been recorded."),
            CHECKED,
            record_domain,
            DomainForm,
            is_move=False,
        ),
        Act(
            "resend",
            _("Send the link again"),
            _("We send the signatory a new link to confirm, which works for seven days."),
            _("A new link has been sent."),
            (State.DRAFTED,),
            resend,
            ResendForm,
            letter="expired_link_resend",
            is_offered=lambda signature: getattr(signature, "contact", None) is not None,
            is_move=False,
        ),
        Act(
            "verify",
            _("Verify"),
            _("You confirm under your own name that the institution has decided to sign. Nothing becomes public yet."),
            _("The signature is verified."),
            (State.CONFIRMED,),
            lambda signature, by, form: signature.verify(by),
            letter="verified_notice",
            hindrance=lacks_strong_proof,
        ),
        Act(
            "publish",
            _("Publish"),
            _("The signature becomes public as the city chose, and from the date it chose."),
            _("The signature is published."),
            (State.VERIFIED,),
            lambda signature, by, form: signature.publish(by),
            letter="published_notice",
            foresees=seen_after_publishing,
            hindrance=why_not_publishable,
        ),
        Act(
            "replace",
            _("Publish in place of the current one"),
            _("This signature replaces the current one, which stays in the history as superseded."),
            _("The signature is published, and the earlier one superseded."),
            (State.VERIFIED,),
            replace,
            letter="published_notice",
            foresees=seen_after_publishing,
            hindrance=needs_second_curator,
            is_offered=lambda signature: other_live_signature(signature) is not None,
        ),
        Act(
            "refuse",
            _("Refuse"),
            _("This ends the signature. We send the signatory the e-mail below with the reason."),
            _("The signature is refused."),
            CHECKED,
            lambda signature, by, form: signature.refuse(by, **form.cleaned_data),
            RefuseForm,
            letter="refused",
        ),
        Act(
            "reopen",
            _("Undo the decision"),
            _(
                "Possible within an hour: the signature becomes what it was before. Our e-mail about the decision "
                "has been sent; this one follows it."
            ),
            _("The decision has been undone."),
            (State.VERIFIED, State.REFUSED),
            lambda signature, by, form: signature.reopen(by),
            letter="decision_taken_back",
            hindrance=lambda signature, by: REASONS.get(signature.why_not_reopen(), ""),
            is_offered=lambda signature: signature.refusal != Refusal.NOT_ME,
        ),
        Act(
            "withdraw",
            _("Withdraw"),
            _(
                "The signature disappears from every page within five minutes. Its own page then says that it is "
                "no longer shown. This can be undone for 48 hours."
            ),
            _("The signature is withdrawn."),
            (State.CONFIRMED, State.VERIFIED, State.PUBLISHED),
            lambda signature, by, form: signature.withdraw(by, form.cleaned_data["reason"]),
            WithdrawForm,
            permission=LEAD,
            letter="taken_away",
            foresees=seen_after_withdrawing,
        ),
        Act(
            "undo",
            _("Undo the withdrawal"),
            _("The signature is what it was before."),
            _("The withdrawal is undone."),
            (State.WITHDRAWN,),
            lambda signature, by, form: signature.undo_withdrawal(by),
            permission=LEAD,
            hindrance=too_late,
        ),
    )
}


def offered(signature: Signature, user) -> list[tuple[Act, str]]:
    """The acts for this signature and member of staff, each with its hindrance or ""."""
    return [
        (act, act.hindrance(signature, user))
        for act in ACTS.values()
        if signature.state in act.states and user.has_perm(act.permission) and act.is_offered(signature)
    ]
