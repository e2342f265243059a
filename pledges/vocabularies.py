"""Codes are stable and stored in the database; labels are translated."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Origin(TextChoices):
    STATED = "stated", _("Named in a public source")
    ONLINE = "online", _("Signed online")


class Standing(TextChoices):
    """What the public sees; a historical signature is never called verified."""

    STATED = "stated", _("Named in a public source")
    VERIFIED = "verified", _("Verified by a curator")


class State(TextChoices):
    """Derived from the dates of a signature, see ``SignatureQuerySet.in_state``."""

    DRAFTED = "drafted", _("Drafted")
    CONFIRMED = "confirmed", _("Confirmed by e-mail")
    VERIFIED = "verified", _("Verified")
    PUBLISHED = "published", _("Published")
    EXPIRED = "expired", _("Expired")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    SUPERSEDED = "superseded", _("Superseded")


class Visibility(TextChoices):
    PUBLIC = "public", _("Public now")
    FROM_DATE = "from-date", _("Public from a date")
    COUNTED = "counted", _("Counted but not named")


class Precision(TextChoices):
    DAY = "day", _("On this day")
    BEFORE = "before", _("On or before this day")
    BETWEEN = "between", _("Between two days")
    UNKNOWN = "unknown", _("Day not known")


class Office(TextChoices):
    UNKNOWN = "unknown", _("Not known")
    MAYOR = "mayor", _("Mayor")
    DEPUTY_MAYOR = "deputy-mayor", _("Deputy mayor")
    COUNCIL_PRESIDENT = "council-president", _("President of the council")
    GOVERNOR = "governor", _("Governor")
    CHIEF_EXECUTIVE = "chief-executive", _("City manager or chief executive")
    OTHER = "other", _("Other")


class Refusal(TextChoices):
    NO_PROOF = "no-proof", _("No proof that the institution decided")
    NO_MANDATE = "no-mandate", _("The person may not sign for the institution")
    NOT_A_GOVERNMENT = "not-a-government", _("Not a local or regional government")
    WRONG_PLACE = "wrong-place", _("Sent for the wrong place")
    NOT_ITS_MAILBOX = "not-its-mailbox", _("The e-mail address is not the city’s")
    DUPLICATE = "duplicate", _("Sent twice")
    NOT_ME = "not-me", _("The holder of the address did not send it")


class Kind(TextChoices):
    """The kinds of events: one for each transition, and two for how a signature entered."""

    STATED = "stated", _("Entered from a public source")
    DRAFTED = "drafted", _("Signed online")
    CONFIRMED = "confirmed", _("Confirmed by e-mail")
    VERIFIED = "verified", _("Verified by a curator")
    PUBLISHED = "published", _("Published")
    EXPIRED = "expired", _("Expired without confirmation")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    WITHDRAWAL_UNDONE = "withdrawal-undone", _("Withdrawal undone")
    SUPERSEDED = "superseded", _("Replaced by a newer signature")
    TAKEN_BACK = "taken-back", _("A curator took the decision back")


class Proof(TextChoices):
    """Kinds of evidence; ``Evidence.is_strong_for`` says which are strong."""

    OFFICIAL_MAIL = "official-mail", _("E-mail from the official address")
    PUBLISHED_DECISION = "published-decision", _("Decision published on the official website")
    CALLED_BACK = "called-back", _("Confirmed by phone")
    LETTER = "letter", _("Copy of a letter")
    OTHER = "other", _("Other")


class Progress(TextChoices):
    """The institution's answer to the yearly question about a commitment."""

    DONE = "done", pgettext_lazy("commitment", "Done")
    UNDER_WAY = "under-way", pgettext_lazy("commitment", "Under way")
    CHANGED = "changed", pgettext_lazy("commitment", "Changed")
    DROPPED = "dropped", pgettext_lazy("commitment", "Dropped")


# Theme of a practice → codes of the clauses for which it is proposed to the curators, who decide each time.
# A theme stands under the clause whose promise names its subject: "dignity … from the first day" is arrival and
# welcome; "the services we run" are housing, health, documents and the counters behind them; "a place in the life of
# the municipality" is participation; "school, language courses, training and decent work" are education and
# employment; "neighbourhoods … places where neighbours meet" are cohesion, culture, sport and the environment; facts
# against rumours belong to public attitudes; strategy and data are what cities learn from each other by.
CLAUSES_OF_THEMES = {
    "social-cohesion": ("host-communities",),
    "participation": ("voice",),
    "welcome": ("welcome", "facts"),
    "employment": ("work-and-learning",),
    "housing": ("services",),
    "education": ("work-and-learning",),
    "health": ("services",),
    "rights": ("services",),
    "reception": ("welcome",),
    "environment": ("host-communities",),
    "governance": ("learning",),
    "culture-sport": ("host-communities",),
}
# In the order of the statement.
CLAUSE_CODES = ("welcome", "services", "voice", "work-and-learning", "host-communities", "facts", "learning")


def themes_of(clause: str) -> tuple[str, ...]:
    """The themes whose practices are proposed for the clause with this code; none for one of a later text."""
    return tuple(theme for theme, clauses in CLAUSES_OF_THEMES.items() if clause in clauses)


def clauses_of(themes) -> list[str]:
    """The codes of the clauses for which a practice with these themes is proposed, in the order of the statement."""
    codes = {clause for theme in themes for clause in CLAUSES_OF_THEMES.get(theme, ())}
    return [code for code in CLAUSE_CODES if code in codes]
