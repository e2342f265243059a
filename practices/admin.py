"""Every admin of the practices; Django finds this module by its name."""

from practices.cities.admin import CityAdmin
from practices.correspondence.confirmations.admin import ConfirmationAdmin
from practices.correspondence.enquiries.admin import EnquiryAdmin
from practices.correspondence.reports.admin import ReportAdmin
from practices.desk.admin import PracticeAdmin
from practices.desk.elsewhere import ElsewhereAdmin
from practices.desk.link_checks import SourceAdmin
from practices.desk.needs import NeedAdmin
from practices.desk.redirects import FormerAddressAdmin
from practices.following.admin import FollowingAdmin
from practices.guides.admin import GuideAdmin
from practices.library.admin import LibraryDocumentAdmin
from practices.library.networks.admin import NetworkAdmin
from practices.sharing.admin import SubmissionAdmin
from practices.translating.admin import TranslationAdmin
from practices.translating.sentences.desks import (
    DocumentTranslationAdmin,
    GuideTranslationAdmin,
    NetworkTranslationAdmin,
)

__all__ = [
    "CityAdmin", "ConfirmationAdmin", "DocumentTranslationAdmin", "ElsewhereAdmin", "EnquiryAdmin", "FollowingAdmin",
    "FormerAddressAdmin", "GuideAdmin", "GuideTranslationAdmin", "LibraryDocumentAdmin", "NeedAdmin", "NetworkAdmin",
    "NetworkTranslationAdmin", "PracticeAdmin", "ReportAdmin", "SourceAdmin", "SubmissionAdmin", "TranslationAdmin",
]  # fmt: skip
