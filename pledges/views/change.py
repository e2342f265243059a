"""Asking for a link, to withdraw or correct a signature. The answer is the same whether the mailbox is known or not."""

from django.db import transaction
from django.shortcuts import redirect, render

from citysolidarity.blocked import BlockedMailbox
from citysolidarity.forms.waiting import please_wait
from citysolidarity.letters import LETTERS
from citysolidarity.private import private
from citysolidarity.throttle import address_block
from pledges import emails
from pledges.forms.change import CORRECT, WITHDRAW, ChangeForm
from pledges.limits import CHANGE_POSTS
from pledges.models import Signature

LETTER_FOR = {WITHDRAW: emails.withdrawal_link, CORRECT: emails.correction_link}
MOST = 3  # signatures of one mailbox that are written about at once


@private
def sign_change(request):
    """Takes the address and what is wished; a link goes to the mailbox if it has confirmed a signature."""
    if request.method != "POST":
        return show(request, ChangeForm())
    sent = {name: value.replace("\0", "") for name, value in request.POST.items()}
    spoilt = frozenset(name for name, value in request.POST.items() if "\0" in value)
    form = ChangeForm(sent, spoilt=spoilt)
    if not form.is_valid():
        return show(request, form, form.problems(), status=422)
    email = form.cleaned_data["email"]
    if wait := CHANGE_POSTS.take(address_block(request)) or LETTERS.take(email):
        return put_off(request, form, wait)
    post_links(email, LETTER_FOR[form.cleaned_data["wish"]])
    return redirect("done", "asked")


def show(request, form, problems=(), status=200):
    """The form with what is wrong in it."""
    return render(request, "pledges/sign_change.html", {"form": form, "problems": problems}, status=status)


def put_off(request, form, wait: int):
    """429: too many for now; the answers stay in the page."""
    response = show(request, form, [please_wait(wait)], status=429)
    response.headers["Retry-After"] = str(wait)
    return response


def post_links(email: str, letter) -> None:
    """Posts the letter about each signature of the mailbox; for a stranger's the same work, and nothing of it stays."""
    with transaction.atomic():
        is_blocked = BlockedMailbox.objects.holds(email)
        standing = list(Signature.objects.standing_of(email)[:MOST])
        stand_in = list(Signature.objects.exclude(contact=None).order_by("-pk")[:1])
        known = [] if is_blocked else standing
        with transaction.atomic():
            for number, signature in enumerate(known or stand_in):
                if number == 0 or not LETTERS.take(email):
                    letter.post(signature)
            if not known:
                transaction.set_rollback(True)
