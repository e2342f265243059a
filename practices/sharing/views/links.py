"""The links in letters about submissions; how links are followed stands in citysolidarity/mail/link_views.py."""

from citysolidarity.desk.transitions import TransitionNotAllowed
from citysolidarity.mail.link_views import EmailLinkViews
from practices.models import SubmissionLetter


class SharingLinks(EmailLinkViews):
    rows, folder, outcomes = SubmissionLetter, "practices/sharing", "practices/links"
    done, refusal = "letter_done", TransitionNotAllowed


LINKS = SharingLinks()
