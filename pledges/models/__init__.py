from pledges.models.asked_city import AskedCity, CityReply, SupportMonth
from pledges.models.commitment import Commitment
from pledges.models.contact import SignatureContact
from pledges.models.deed import Deed
from pledges.models.evidence import Evidence
from pledges.models.invitation import Invitation, InvitationContact
from pledges.models.invitation_letter import InvitationLetter
from pledges.models.invited_city import InvitedCity
from pledges.models.letter import SignatureLetter
from pledges.models.log import SignatureEvent
from pledges.models.milestone import Milestone
from pledges.models.move import VersionMove
from pledges.models.question import CommitmentQuestion
from pledges.models.renewal import Election, Renewal
from pledges.models.sent_form import SentForm
from pledges.models.signature import Signature
from pledges.models.source import SignatureSource
from pledges.models.statement import Clause, Statement, StatementVersion
from pledges.models.support import Support, SupportContact
from pledges.models.support_letter import SupportLetter

__all__ = [
    "AskedCity",
    "CityReply",
    "Clause",
    "Commitment",
    "CommitmentQuestion",
    "Deed",
    "Election",
    "Evidence",
    "Invitation",
    "InvitationContact",
    "InvitationLetter",
    "InvitedCity",
    "Milestone",
    "Renewal",
    "SentForm",
    "Signature",
    "SignatureContact",
    "SignatureEvent",
    "SignatureLetter",
    "SignatureSource",
    "Statement",
    "StatementVersion",
    "Support",
    "SupportContact",
    "SupportLetter",
    "SupportMonth",
    "VersionMove",
]
