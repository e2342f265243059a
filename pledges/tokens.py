"""What the links in letters about signatures are for; how they are made stands in citysolidarity/tokens.py."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from citysolidarity.tokens import Mint


class Purpose(TextChoices):
    """What a link is for."""

    CONFIRM = "confirm", _("Confirm the signature")
    DISOWN = "disown", _("Say that it was not you")
    WITHDRAW = "withdraw", _("Withdraw the signature")
    CORRECT = "correct", _("Correct the signature")
    UNDO = "undo", _("Undo the withdrawal")


MINT = Mint(
    "pledges.tokens",
    {
        Purpose.CONFIRM: b"c",
        Purpose.DISOWN: b"d",
        Purpose.WITHDRAW: b"w",
        Purpose.CORRECT: b"e",
        Purpose.UNDO: b"u",
    },
)
