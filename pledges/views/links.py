"""The links in letters about signatures; how links are followed stands in citysolidarity/links.py."""

from citysolidarity.letters import Opened
from citysolidarity.links import Links
from pledges import emails
from pledges.models import MoveRefused, SignatureLetter
from pledges.tokens import Purpose


class SignatureLinks(Links):
    rows, folder, refusal = SignatureLetter, "pledges", MoveRefused
    # The 48 hours for undoing can't be made longer.
    again = {
        Purpose.CONFIRM: emails.expired_link_resend,
        Purpose.DISOWN: emails.expired_link_resend,
        Purpose.WITHDRAW: emails.withdrawal_link,
        Purpose.CORRECT: emails.correction_link,
    }

    def facts_about(self, opened: Opened) -> dict:
        signature = opened.letter.signature
        commitments = list(signature.commitments.with_clause())
        return super().facts_about(opened) | {"signature": signature, "commitments": commitments}

    def state_of(self, letter: SignatureLetter) -> str:
        return letter.signature.state.label


LINKS = SignatureLinks()
