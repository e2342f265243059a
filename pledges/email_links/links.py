from citysolidarity.desk.transitions import TransitionNotAllowed
from citysolidarity.mail.letter import OpenedLink
from citysolidarity.mail.link_views import EmailLinkViews
from pledges import emails
from pledges.models import SignatureLetter
from pledges.models.letter import Purpose


class SignatureLinks(EmailLinkViews):
    rows, refusal = SignatureLetter, TransitionNotAllowed
    folder = outcomes = "pledges/email_links"
    # Purpose.UNDO is missing: nobody can extend the 48 hours for undoing.
    again = {
        Purpose.CONFIRM: emails.expired_link_resend,
        Purpose.DISOWN: emails.expired_link_resend,
        Purpose.WITHDRAW: emails.withdrawal_link,
        Purpose.CORRECT: emails.correction_link,
        Purpose.REPORT: emails.commitments_link,
        Purpose.RENEW: emails.renewal_link,
        Purpose.MOVE: emails.new_version_link,
    }

    def facts_about(self, opened: OpenedLink) -> dict:
        signature = opened.letter.signature
        commitments = list(signature.commitments.with_clause())
        facts = super().facts_about(opened) | {"signature": signature, "commitments": commitments}
        if opened.purpose == Purpose.MOVE:
            move = signature.moves.filter(moved_at__isnull=True).select_related("version").last()
            facts["newer_version"] = move and move.version
        return facts

    def state_of(self, letter: SignatureLetter) -> str:
        return letter.signature.state.label


LINKS = SignatureLinks()
