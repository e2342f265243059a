"""A link to withdraw or correct a signature. The response is the same whether we know the mailbox or not."""

from django.db import transaction
from django.db.models.functions import Now
from django.shortcuts import redirect, render

from citysolidarity.forms.please_wait import please_wait
from citysolidarity.http.private_pages import private
from citysolidarity.http.throttle import TooMany, too_many_requests
from citysolidarity.mail.blocked_addresses import BlockedMailbox
from citysolidarity.mail.domains import mailbox_key
from citysolidarity.mail.letter import LINKS_WORK_FOR, seconds_to_wait
from pledges import emails
from pledges.email_links.forms import CORRECT, ChangeForm
from pledges.email_links.limits import CHANGE_POSTS, WITHDRAWALS
from pledges.models import Signature, SignatureLetter
from pledges.models.letter import Purpose

MOST_AT_ONCE = 3  # signatures of one mailbox


@private
def sign_change(request):
    """A link goes to the mailbox if it has confirmed a signature."""
    form = ChangeForm.posted(request)
    if request.method != "POST":
        return show(request, form)
    if not form.is_valid():
        return show(request, form, form.problems(), status=422)
    email = form.cleaned_data["email"]
    try:
        with transaction.atomic():
            if form.cleaned_data["wish"] == CORRECT:
                CHANGE_POSTS.count(request)
                post_links(email, emails.correction_link, wait_to_correct)
            else:
                post_links(email, emails.withdrawal_link, wait_to_withdraw)
    except TooMany as limit:
        return too_many_requests(show(request, form, [please_wait(limit)]), limit.wait)
    return redirect("done", "asked")


def show(request, form, problems=(), status=200):
    return render(request, "pledges/email_links/request.html", {"form": form, "problems": problems}, status=status)


def post_links(email: str, letter, wait_of) -> None:
    """Post the e-mail about each signature of the mailbox. For an unknown one do the same work and roll it back."""
    is_blocked = BlockedMailbox.objects.holds(email)
    signatures = list(Signature.objects.standing_of(email)[:MOST_AT_ONCE])
    stand_in = list(Signature.objects.exclude(contact=None).order_by("-pk")[:1])
    if is_blocked:
        signatures = []
    posts = [(signature, wait_of(email, signature, is_known=bool(signatures))) for signature in signatures or stand_in]
    with transaction.atomic():
        for signature, wait in posts:
            if wait is not None:
                letter.post(signature, wait=wait)
        if not signatures:
            transaction.set_rollback(True)


def wait_to_correct(email: str, signature: Signature, *, is_known: bool) -> float | None:
    return seconds_to_wait("correct", email)


def wait_to_withdraw(email: str, signature: Signature, *, is_known: bool) -> float | None:
    """Nobody can keep a city from withdrawing: whoever uses up the limit has sent it links that still work."""
    links = SignatureLetter.objects.filter(
        signature=signature, name=emails.withdrawal_link.name, posted_at__gt=Now() - LINKS_WORK_FOR, bounced_at=None
    )
    is_out_there = links.exclude(used__contains=[Purpose.WITHDRAW.value]).exists() or not is_known
    return None if WITHDRAWALS.take(mailbox_key(email)) and is_out_there else 0
