"""The words of a signature: codes are stable and kept in the database, labels are translated."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Origin(TextChoices):
    """How a signature came to this directory."""

    STATED = "stated", _("Stated in a source")
    ONLINE = "online", _("Signed online")


class Standing(TextChoices):
    """What the public is told about a signature; history is never called verified."""

    STATED = "stated", _("Stated in a source")
    VERIFIED = "verified", _("Verified by a curator")


class State(TextChoices):
    """Where a signature stands; derived from its dates, see ``SignatureQuerySet.in_state``."""

    DRAFTED = "drafted", _("Drafted")
    CONFIRMED = "confirmed", _("Confirmed by mail")
    VERIFIED = "verified", _("Verified")
    PUBLISHED = "published", _("Published")
    EXPIRED = "expired", _("Expired")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    SUPERSEDED = "superseded", _("Superseded")


class Visibility(TextChoices):
    """What the city chose when it signed."""

    PUBLIC = "public", _("Public now")
    FROM_DATE = "from-date", _("Public from a date")
    COUNTED = "counted", _("Counted, not named")


class Precision(TextChoices):
    """How well the day of a signature is known."""

    DAY = "day", _("On this day")
    BEFORE = "before", _("On or before this day")
    BETWEEN = "between", _("Between two days")
    UNKNOWN = "unknown", _("Day not known")


class Office(TextChoices):
    """The office of the person who signs for the institution."""

    UNKNOWN = "unknown", _("Not known")
    MAYOR = "mayor", _("Mayor")
    DEPUTY_MAYOR = "deputy-mayor", _("Deputy mayor")
    COUNCIL_PRESIDENT = "council-president", _("President of the council")
    GOVERNOR = "governor", _("Governor")
    CHIEF_EXECUTIVE = "chief-executive", _("City manager or chief executive")
    OTHER = "other", _("Other")


class Refusal(TextChoices):
    """Why a signature was refused."""

    NO_PROOF = "no-proof", _("No proof that the institution decided")
    NO_MANDATE = "no-mandate", _("The person may not sign for the institution")
    NOT_A_GOVERNMENT = "not-a-government", _("Not a local or regional government")
    WRONG_PLACE = "wrong-place", _("Sent for the wrong place")
    DUPLICATE = "duplicate", _("Sent twice")
    NOT_ME = "not-me", _("The holder of the address did not send it")


class Kind(TextChoices):
    """What an event records: one for each move, and how a signature entered."""

    STATED = "stated", _("Entered from a source")
    DRAFTED = "drafted", _("Sent by the form")
    CONFIRMED = "confirmed", _("Confirmed from the mailbox")
    VERIFIED = "verified", _("Checked by a curator")
    PUBLISHED = "published", _("Published")
    EXPIRED = "expired", _("Expired unconfirmed")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    WITHDRAWAL_UNDONE = "withdrawal-undone", _("Withdrawal undone")
    SUPERSEDED = "superseded", _("Replaced by a newer signature")


class Proof(TextChoices):
    """Kinds of evidence; which of them are strong stands in ``models/evidence.py``."""

    OFFICIAL_MAIL = "official-mail", _("Mail from the official address")
    PUBLISHED_DECISION = "published-decision", _("Decision published on the official site")
    CALLED_BACK = "called-back", _("Called back")
    LETTER = "letter", _("Copy of a letter")
    OTHER = "other", _("Other")
