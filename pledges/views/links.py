"""The links in letters: opening one changes nothing, its button acts, and one that leads nowhere says why."""

from collections.abc import Callable

from django.db import transaction
from django.shortcuts import redirect, render
from django.urls import reverse

from pledges import emails
from pledges.limits import LETTERS
from pledges.models import MoveRefused, Signature, SignatureContact, SignatureLetter
from pledges.models.letter import Opened
from pledges.tokens import Purpose, Verdict

STATUS = {Verdict.EXPIRED: 410, Verdict.USED: 410, Verdict.ALTERED: 404, Verdict.WRONG_PURPOSE: 404}
# What is sent when somebody asks for a new link; the 48 hours for undoing can't be made longer.
AGAIN = {
    Purpose.CONFIRM: emails.expired_link_resend,
    Purpose.DISOWN: emails.expired_link_resend,
    Purpose.WITHDRAW: emails.withdrawal_link,
    Purpose.CORRECT: emails.correction_link,
}


def follow(request, token: str, purpose: Purpose, act: Callable[[Signature], None], done: str):
    """The page of a link, or what its button does: ``act``, in one transaction with the use of the link."""
    if request.method != "POST":
        opened = SignatureLetter.objects.open(token, purpose)
        if opened.verdict is not Verdict.GOOD:
            return dead_end(request, token, opened, purpose)
        return render(request, f"pledges/{purpose.value}.html", facts_about(opened))
    if "again" in request.POST:
        return send_again(request, token, purpose)
    try:
        with transaction.atomic():
            opened = SignatureLetter.objects.use(token, purpose)
            if opened.verdict is Verdict.GOOD:
                act(opened.letter.signature)
    except MoveRefused as refusal:
        return render(request, "pledges/link_moved.html", {"reason": refusal.messages[0]}, status=409)
    if opened.verdict is not Verdict.GOOD:
        return dead_end(request, token, opened, purpose)
    return redirect("done", done)


def facts_about(opened: Opened) -> dict:
    """What the page of a good link shows."""
    signature = opened.letter.signature
    commitments = list(signature.commitments.with_clause())
    return {"signature": signature, "commitments": commitments, "expires_at": opened.letter.expires_at(opened.purpose)}


def dead_end(request, token: str, opened: Opened, purpose: Purpose):
    """The page of a link that does not work, each kind with its own words."""
    context = {
        "state": opened.letter.signature.state.label if opened.letter else "",
        "can_ask": opened.verdict is Verdict.EXPIRED and purpose in AGAIN,
        "right_page": "",
        "purpose": opened.purpose.label if opened.purpose else "",
    }
    if opened.verdict is Verdict.WRONG_PURPOSE:
        context["right_page"] = reverse(opened.purpose.value, args=[token])
    return render(request, f"pledges/link_{opened.verdict.name.lower()}.html", context, status=STATUS[opened.verdict])


def send_again(request, token: str, purpose: Purpose):
    """A fresh letter to the same mailbox; only the holder of the old link can ask for it."""
    opened = SignatureLetter.objects.open(token, purpose)
    if opened.verdict is Verdict.GOOD:
        return redirect(purpose.value, token)
    if opened.verdict is not Verdict.EXPIRED or purpose not in AGAIN:
        return dead_end(request, token, opened, purpose)
    signature = opened.letter.signature
    contact = SignatureContact.objects.filter(signature=signature).first()
    if contact:
        if wait := LETTERS.take(contact.email):
            return too_many(request, wait)
        with transaction.atomic():
            AGAIN[purpose].post(signature)
    return redirect("done", "again")


def too_many(request, wait: int):
    """429: this mailbox has had its letters for today."""
    response = render(request, "pledges/link_too_many.html", {"hours": -(-wait // 3600)}, status=429)
    response.headers["Retry-After"] = str(wait)
    return response
