"""What the links in letters about submissions are for; how they are made stands in citysolidarity/tokens.py."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from citysolidarity.tokens import Mint


class SharingPurpose(TextChoices):
    """What a link is for; also the name of the address it leads to."""

    RESUME = "share_resume", _("Go on with a practice that is not finished")
    STATUS = "submission", _("See where a submission stands")


MINT = Mint("practices.sharing", {SharingPurpose.RESUME: b"r", SharingPurpose.STATUS: b"s"})
