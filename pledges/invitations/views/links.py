from django.utils.translation import gettext_lazy as _

from citysolidarity.http.private_pages import private
from citysolidarity.mail.link_views import DISOWNED, SENT_AGAIN
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
    "disowned": DISOWNED,
    "again": SENT_AGAIN,
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
    return LINKS.disown(
        request,
        token,
        InvitationPurpose.DISOWN,
        lambda invitation: InvitationContact.objects.filter(invitation=invitation),
    )


@private
def invite_done(request, what):
    return LINKS.say(request, what, OUTCOMES)
