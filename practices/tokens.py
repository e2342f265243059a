"""What the links in letters about practices are for; how they are made stands in citysolidarity/tokens.py."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from citysolidarity.tokens import Mint


class Purpose(TextChoices):
    """What a link is for; also the name of the address it leads to."""

    CONFIRM_ENTRY = "confirm_entry", _("Say whether an entry is still right")
    CONFIRM_QUESTION = "confirm_question", _("Send a question to a city")
    ANSWER_QUESTION = "answer_question", _("Answer a question")
    READ_ANSWER = "read_answer", _("Read an answer")


MINT = Mint(
    "practices.tokens",
    {
        Purpose.CONFIRM_ENTRY: b"c",
        Purpose.CONFIRM_QUESTION: b"q",
        Purpose.ANSWER_QUESTION: b"a",
        Purpose.READ_ANSWER: b"r",
    },
)
