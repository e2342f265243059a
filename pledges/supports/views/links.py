from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from citysolidarity.http.private_pages import private
from citysolidarity.mail.blocked_addresses import BlockedMailbox
from pledges.models import SupportContact
from pledges.models.support_letter import SupportPurpose
from pledges.supports import emails
from pledges.supports.links import LINKS

# The heading, and what happens next.
OUTCOMES = {
    "confirmed": (
        _("Thank you: your support is confirmed"),
        _(
            "If you agreed to be counted, you are in the numbers from tomorrow on: they are counted once a day. We "
            "will e-mail you when the city signs or answers. You can withdraw at any time with the link in the "
            "e-mail that we have just sent."
        ),
    ),
    "withdrawn": (
        _("Your support is withdrawn"),
        _(
            "Your e-mail address and first name are erased. If you were counted, you leave the numbers tomorrow at "
            "the latest. You are welcome to ask your city again at any time."
        ),
    ),
    "disowned": (
        _("Thank you for telling us"),
        _(
            "What was sent in your name is withdrawn, and your e-mail address is erased. We will send no more e-mails "
            "to it. To make sure of that we keep an encrypted mark of it, not the address itself."
        ),
    ),
    "again": (
        _("We have sent you a new link"),
        _("It works for seven days. If you have confirmed in the meantime, you will not get an e-mail."),
    ),
}


@private
def confirm_support(request, token):
    def act(support):
        support.confirm()
        emails.support_receipt.post(support)

    return LINKS.follow(request, token, SupportPurpose.CONFIRM, act, done="confirmed")


@private
def withdraw_support(request, token):
    return LINKS.follow(request, token, SupportPurpose.WITHDRAW, lambda support: support.withdraw(), done="withdrawn")


@private
def disown_support(request, token):
    """The button withdraws the support, and no e-mail goes to this address again."""

    def act(support):
        # The address is erased with the support.
        for address in SupportContact.objects.filter(support=support).values_list("email", flat=True):
            BlockedMailbox.objects.block(address)
        support.withdraw()

    return LINKS.follow(request, token, SupportPurpose.DISOWN, act, done="disowned")


@private
def support_done(request, what):
    """What a button has done, on a page that may be loaded again without doing it twice."""
    if what not in OUTCOMES:
        raise Http404
    heading, next_step = OUTCOMES[what]
    return render(request, "pledges/supports/links/done.html", {"heading": heading, "next_step": next_step})
