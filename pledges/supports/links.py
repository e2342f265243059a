"""What the links in e-mails to residents do; how links are followed stands in citysolidarity/mail/link_views.py."""

from citysolidarity.desk.transitions import TransitionNotAllowed
from citysolidarity.mail.letter import OpenedLink
from citysolidarity.mail.link_views import EmailLinkViews
from pledges.models import Support, SupportContact, SupportLetter
from pledges.models.support_letter import SupportPurpose
from pledges.supports import emails


class SupportLinks(EmailLinkViews):
    rows, refusal, done = SupportLetter, TransitionNotAllowed, "support_done"
    folder = outcomes = "pledges/supports/links"
    # A link to withdraw always works.
    again = {SupportPurpose.CONFIRM: emails.confirm_support, SupportPurpose.DISOWN: emails.confirm_support}

    def facts_about(self, opened: OpenedLink) -> dict:
        support: Support = opened.letter.support
        contact = SupportContact.objects.filter(support=support).first()
        return super().facts_about(opened) | {"support": support, "first_name": contact.first_name if contact else ""}

    def state_of(self, letter: SupportLetter) -> str:
        return letter.support.state.label


LINKS = SupportLinks()
