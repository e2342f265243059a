"""What the links in e-mails to whoever invites do; how links are followed stands in citysolidarity/mail/link_views.py."""

from citysolidarity.desk.transitions import TransitionNotAllowed
from citysolidarity.mail.letter import OpenedLink
from citysolidarity.mail.link_views import EmailLinkViews
from pledges.invitations import emails
from pledges.models import Invitation, InvitationContact, InvitationLetter
from pledges.models.invitation_letter import InvitationPurpose


class InvitationLinks(EmailLinkViews):
    rows, refusal, done = InvitationLetter, TransitionNotAllowed, "invite_done"
    folder = outcomes = "pledges/invitations/links"
    again = {
        InvitationPurpose.CONFIRM: emails.confirm_invitation,
        InvitationPurpose.DISOWN: emails.confirm_invitation,
    }

    def facts_about(self, opened: OpenedLink) -> dict:
        invitation: Invitation = opened.letter.invitation
        contact = InvitationContact.objects.filter(invitation=invitation).first()
        return super().facts_about(opened) | {
            "invitation": invitation,
            "first_name": contact.first_name if contact else "",
        }

    def state_of(self, letter: InvitationLetter) -> str:
        return letter.invitation.state.label


LINKS = InvitationLinks()
