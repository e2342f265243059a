"""The links in letters about practices; how links are followed stands in citysolidarity/links.py."""

from citysolidarity.letters import Opened
from citysolidarity.links import Links
from practices import emails
from practices.models import PracticeLetter
from practices.models.asked import MovedOn
from practices.models.confirmation import AnsweredAlready
from practices.tokens import Purpose


class PracticeLinks(Links):
    rows, folder, done = PracticeLetter, "practices", "letter_done"
    refusal = (AnsweredAlready, MovedOn)
    again = {
        Purpose.CONFIRM_ENTRY: emails.still_right_link,
        Purpose.CONFIRM_QUESTION: emails.confirm_question,
        Purpose.ANSWER_QUESTION: emails.question_link,
    }

    def facts_about(self, opened: Opened) -> dict:
        return super().facts_about(opened) | {"subject": opened.letter.subject}


LINKS = PracticeLinks()
