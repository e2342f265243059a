from practices.models.cities.city import City
from practices.models.cities.network import Membership, Network, OtherMember
from practices.models.cities.place import Place
from practices.models.correspondence.confirmation import Confirmation
from practices.models.correspondence.contact import ContactRoute
from practices.models.correspondence.enquiry import Asker, Enquiry
from practices.models.correspondence.letter import PracticeLetter
from practices.models.correspondence.report import Report
from practices.models.entries.change_draft import ChangeDraft
from practices.models.entries.elsewhere import Elsewhere
from practices.models.entries.embedding import PracticeEmbedding
from practices.models.entries.facts import Fact, Transfer
from practices.models.entries.keywords import PracticeKeywords
from practices.models.entries.link_check import LinkCheck
from practices.models.entries.need import Need, NeedPractice
from practices.models.entries.picture import Picture
from practices.models.entries.practice import Practice
from practices.models.entries.redirect import FormerAddress
from practices.models.entries.sheet_import import SheetImport, SheetRow
from practices.models.entries.source import Figure, Source
from practices.models.entries.text_change import Rewording
from practices.models.entries.translation import PracticeTranslation, TranslationEvent
from practices.models.entries.translation_file import TranslationFile
from practices.models.following.following import Follower, Following
from practices.models.following.letter import FollowingLetter
from practices.models.guides import Guide, GuideDocument, GuidePractice, GuideStep, GuideTranslation
from practices.models.lexicon import LexiconWord, PracticeText, Term
from practices.models.library.document import LibraryDocument
from practices.models.library.link_check import DocumentCheck
from practices.models.library.parts import DocumentCity, DocumentPoint, DocumentPractice
from practices.models.library.translations import DocumentTranslation, NetworkTranslation
from practices.models.sharing.letter import SubmissionLetter
from practices.models.sharing.question import CuratorQuestion, SubmissionEvent
from practices.models.sharing.submission import Submission

__all__ = [
    "Asker",
    "ChangeDraft",
    "City",
    "Confirmation",
    "ContactRoute",
    "CuratorQuestion",
    "DocumentCheck",
    "DocumentCity",
    "DocumentPoint",
    "DocumentPractice",
    "DocumentTranslation",
    "Elsewhere",
    "Enquiry",
    "Fact",
    "Figure",
    "Follower",
    "Following",
    "FollowingLetter",
    "FormerAddress",
    "Guide",
    "GuideDocument",
    "GuidePractice",
    "GuideStep",
    "GuideTranslation",
    "LexiconWord",
    "LibraryDocument",
    "LinkCheck",
    "Membership",
    "Need",
    "NeedPractice",
    "Network",
    "NetworkTranslation",
    "OtherMember",
    "Picture",
    "Place",
    "Practice",
    "PracticeEmbedding",
    "PracticeKeywords",
    "PracticeLetter",
    "PracticeText",
    "PracticeTranslation",
    "Report",
    "Rewording",
    "SheetImport",
    "SheetRow",
    "Source",
    "Submission",
    "SubmissionEvent",
    "SubmissionLetter",
    "Term",
    "Transfer",
    "TranslationEvent",
    "TranslationFile",
]
