"""What a curator can do with a signature: one Act for each button of its page.

An act calls one move of the model and posts the letter that belongs to it; its caller holds the transaction.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pledges import emails
from pledges.admin.forms import ActForm, DomainForm, EvidenceForm, RefuseForm, WithdrawForm
from pledges.models import MoveRefused, Signature
from pledges.models.moves import CURATE, LEAD, REASONS, UNDO_WITHIN
from pledges.vocabularies import Kind, State

CHECKED = (State.CONFIRMED, State.VERIFIED)


@dataclass(frozen=True)
class Act:
    """A button and the page it opens. ``perform`` takes the signature, the curator and the form, and returns what
    the admin's own log shall say besides; ``hindrance`` says why the curator cannot press it now, or ""."""

    code: str
    button: str
    explains: str
    done: str
    states: tuple[State, ...]
    perform: Callable
    form: type = ActForm
    permission: str = CURATE
    letter: str = ""
    hindrance: Callable = lambda signature, by: ""
    is_offered: Callable = lambda signature: True
    # Whether it rests on the state the curator saw; what is only written down is not lost when that has moved.
    is_move: bool = True


def tell(letter, signature: Signature) -> None:
    """Posts a letter, where there is still somebody to write to."""
    if getattr(signature, "contact", None) is not None:
        letter.post(signature)


def live_one(signature: Signature) -> Signature | None:
    """Another signature of the same city that is live."""
    return Signature.objects.live().for_city(signature.city_id).exclude(pk=signature.pk).first()


# --- what each of them does -----------------------------------------------------------------


def add_evidence(signature, by, form):
    proof = form.save(commit=False)
    proof.signature, proof.by = signature, by
    proof.save()
    return gettext("Evidence: %(kind)s.") % {"kind": proof.get_kind_display()}


def record_domain(signature, by, form):
    city, before = signature.city, signature.city.official_domain
    city.official_domain = form.cleaned_data["official_domain"]
    city.save(update_fields=["official_domain"])
    words = {"before": before or "–", "after": city.official_domain, "source": form.cleaned_data["source"]}
    return gettext("Official domain of the city: %(before)s → %(after)s, after %(source)s") % words


def verify(signature, by, form):
    signature.verify(by)
    tell(emails.verified_notice, signature)


def publish(signature, by, form=None):
    signature.publish(by)
    tell(emails.published_notice, signature)


def replace(signature, by, form):
    live = live_one(signature)
    if live is None:
        raise MoveRefused("wrong-state")
    live.supersede(by, signature)
    tell(emails.published_notice, signature)


def refuse(signature, by, form):
    signature.refuse(by, form.cleaned_data["code"])
    tell(emails.refused, signature)


def withdraw(signature, by, form):
    signature.withdraw(by, form.cleaned_data["reason"])
    tell(emails.taken_away, signature)


def undo(signature, by, form):
    signature.undo_withdrawal(by)


# --- what stands in the way -----------------------------------------------------------------


def without_strong_proof(signature, by) -> str:
    contact = getattr(signature, "contact", None)
    strong = any(proof.is_strong_for(signature.city, contact) for proof in signature.evidence.all())
    return "" if strong else REASONS["no-strong-proof"]


def verified_by_the_same(signature, by) -> str:
    if signature.needs_second_curator and signature.events.filter(kind=Kind.VERIFIED, by=by).exists():
        return REASONS["second-curator"]
    return ""


def not_to_be_published(signature, by) -> str:
    if live_one(signature):
        return _("This city has a live signature: publish this one in its place, or withdraw that one first.")
    return verified_by_the_same(signature, by)


def too_late(signature, by) -> str:
    return REASONS["too-late"] if timezone.now() - signature.withdrawn_at > UNDO_WITHIN else ""


ACTS = {
    act.code: act
    for act in (
        Act(
            "evidence",
            _("Add evidence"),
            _("What shows that the institution really signed? Write down what you saw, and where."),
            _("The evidence is recorded."),
            CHECKED,
            add_evidence,
            EvidenceForm,
            is_move=False,
        ),
        Act(
            "domain",
            _("Record the official domain"),
            _("Mail and pages at this domain count as the city’s own from then on, for every signature of the city."),
            _("The official domain is recorded."),
            CHECKED,
            record_domain,
            DomainForm,
            is_move=False,
        ),
        Act(
            "verify",
            _("Verify"),
            _("You say, under your name, that the institution has decided to sign. Nothing becomes public yet."),
            _("The signature is verified."),
            (State.CONFIRMED,),
            verify,
            letter="verified_notice",
            hindrance=without_strong_proof,
        ),
        Act(
            "publish",
            _("Publish"),
            _("The signature becomes public, in the way the city chose, and counts."),
            _("The signature is published."),
            (State.VERIFIED,),
            publish,
            letter="published_notice",
            hindrance=not_to_be_published,
        ),
        Act(
            "replace",
            _("Publish in place of the live one"),
            _("This signature becomes public, and the one that is live today stays in the history as superseded."),
            _("The signature is published, and the earlier one superseded."),
            (State.VERIFIED,),
            replace,
            letter="published_notice",
            hindrance=verified_by_the_same,
            is_offered=lambda signature: live_one(signature) is not None,
        ),
        Act(
            "refuse",
            _("Refuse"),
            _("The signature ends here. The signer gets a letter that says why, in the words you see below."),
            _("The signature is refused."),
            CHECKED,
            refuse,
            RefuseForm,
            letter="refused",
        ),
        Act(
            "withdraw",
            _("Withdraw"),
            _("The signature disappears from every page within five minutes. This can be undone for 48 hours."),
            _("The signature is withdrawn."),
            (State.CONFIRMED, State.VERIFIED, State.PUBLISHED),
            withdraw,
            WithdrawForm,
            permission=LEAD,
            letter="taken_away",
        ),
        Act(
            "undo",
            _("Undo the withdrawal"),
            _("The signature stands again where it stood before."),
            _("The withdrawal is undone."),
            (State.WITHDRAWN,),
            undo,
            permission=LEAD,
            hindrance=too_late,
        ),
    )
}


def offered(signature: Signature, user) -> list[tuple[Act, str]]:
    """The acts for this signature and member of staff, each with what stands in its way or ""."""
    return [
        (act, act.hindrance(signature, user))
        for act in ACTS.values()
        if signature.state in act.states and user.has_perm(act.permission) and act.is_offered(signature)
    ]
