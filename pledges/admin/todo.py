"""What waits for a curator: each kind is one condition, for the filter of the list and for the desk's start page."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Exists, Expression, F, Min, OuterRef, Q, Subquery
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from pledges.models import SignatureLetter
from pledges.models.signatures import IN_STATE, NOT_ENDED
from pledges.vocabularies import State

# A bounce has no "done" of its own: after a month it has been seen, or the signature has moved on.
BOUNCES_WAIT_FOR = timedelta(days=30)


@dataclass(frozen=True)
class ToDo:
    """Rows that wait: ``query`` selects them in the list, ``since`` says from when each of them waits."""

    code: str
    label: str
    condition: Q
    since: Expression
    parameter: str = "waits"

    @property
    def query(self) -> dict[str, str]:
        """The query string of the list that shows exactly these."""
        return {self.parameter: self.code}


def undelivered():
    """Letters about a signature of the outer query that bounced or never left, and that a curator may still see to."""
    recent = SignatureLetter.objects.undelivered().filter(posted_at__gt=Now() - BOUNCES_WAIT_FOR)
    return recent.filter(signature=OuterRef("pk"))


def since_bounce() -> Subquery:
    """When the oldest of these letters was posted."""
    first = undelivered().order_by().values("signature").annotate(first=Min("posted_at"))
    return Subquery(first.values("first"))


TODOS = (
    ToDo("to-verify", _("Signatures to verify"), IN_STATE[State.CONFIRMED], F("confirmed_at")),
    ToDo("to-publish", _("Verified signatures to publish"), IN_STATE[State.VERIFIED], F("verified_at")),
    ToDo("bounced", _("Signatures whose letters did not arrive"), NOT_ENDED & Q(Exists(undelivered())), since_bounce()),
)
