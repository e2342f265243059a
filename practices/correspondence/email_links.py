"""The links in letters about practices; how links are followed stands in citysolidarity/mail/link_views.py."""

from citysolidarity.desk.transitions import TransitionNotAllowed
from citysolidarity.mail.letter import OpenedLink
from citysolidarity.mail.link_views import EmailLinkViews
from practices.correspondence import emails
from practices.models import PracticeLetter
from practices.models.correspondence.letter import Purpose


class PracticeLinks(EmailLinkViews):
    rows, folder, outcomes, done = PracticeLetter, "practices/correspondence", "practices/links", "letter_done"
    refusal = TransitionNotAllowed
    again = {
        Purpose.CONFIRM_ENTRY: emails.still_right_link,
        Purpose.CONFIRM_MAILBOX: emails.confirm_mailbox,
        Purpose.CONFIRM_QUESTION: emails.confirm_question,
        Purpose.ANSWER_QUESTION: emails.question_link,
        Purpose.CONFIRM_REPORT: emails.confirm_report,
    }

    def facts_about(self, opened: OpenedLink) -> dict:
        return super().facts_about(opened) | {"subject": opened.letter.subject}


LINKS = PracticeLinks()
