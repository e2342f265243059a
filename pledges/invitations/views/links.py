from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from citysolidarity.http.private_pages import private
from citysolidarity.mail.blocked_addresses import BlockedMailbox
from pledges.invitations import emails
from pledges.invitations.links import LINKS
from pledges.models import InvitationContact
from pledges.models.invitation_letter import InvitationPurpose

# The heading, and what happens next.
OUTCOMES = {
    "confirmed": (
        _("Thank you: your invitation is confirmed"),
        _(
            "A curator reads it before it is sent. We will e-mail you whether it was sent, and on which day. A city gets "
            "one invitation a month at most, so it may take a while."
        ),
    ),
    "withdrawn": (
        _("Your invitation is withdrawn"),
        _("Your message, your first name and your e-mail address are erased. Nothing was sent to the city."),
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
def confirm_invitation(request, token):
    def act(invitation):
        invitation.confirm()
        emails.invitation_receipt.post(invitation)

    return LINKS.follow(request, token, InvitationPurpose.CONFIRM, act, done="confirmed")


@private
def withdraw_invitation(request, token):
    def act(invitation):
        invitation.withdraw()

    return LINKS.follow(request, token, InvitationPurpose.WITHDRAW, act, done="withdrawn")


@private
def disown_invitation(request, token):
    """The button withdraws the invitation, and no e-mail goes to this address again."""

    def act(invitation):
        # The address is erased with the invitation.
        for address in InvitationContact.objects.filter(invitation=invitation).values_list("email", flat=True):
            BlockedMailbox.objects.block(address)
        invitation.withdraw()

    return LINKS.follow(request, token, InvitationPurpose.DISOWN, act, done="disowned")


@private
def invite_done(request, what):
    """What a button has done, on a page that may be loaded again without doing it twice."""
    if what not in OUTCOMES:
        raise Http404
    heading, next_step = OUTCOMES[what]
    return render(request, "pledges/invitations/links/done.html", {"heading": heading, "next_step": next_step})
