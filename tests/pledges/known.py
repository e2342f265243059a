"""A signature as a small model beside the database knows it."""

from dataclasses import dataclass, field

from pledges.models import Signature
from pledges.vocabularies import Kind, State, Visibility

REACHED = {Kind.CONFIRMED: State.CONFIRMED, Kind.VERIFIED: State.VERIFIED, Kind.PUBLISHED: State.PUBLISHED}
ENDED = {
    Kind.EXPIRED: State.EXPIRED, Kind.REFUSED: State.REFUSED, Kind.SUPERSEDED: State.SUPERSEDED,
    Kind.WITHDRAWN: State.WITHDRAWN,
}  # fmt: skip


@dataclass
class Known:
    """What the model knows of a signature: the rest follows from the kinds of its events."""

    signature: Signature
    city: int
    visibility: str = Visibility.PUBLIC
    days_to_wait: int = 0
    is_free: bool = False
    kinds: list = field(default_factory=list)
    verified_by: object = None
    refusal: str = ""
    age: int = 0  # days since the draft
    days_withdrawn: int = 0
    taken_away: bool = False

    @property
    def state(self) -> State:
        """An end, unless it was undone; else the last step of the ladder."""
        if self.kinds[-1] in ENDED:
            return ENDED[self.kinds[-1]]
        steps = [REACHED[kind] for kind in self.kinds if kind in REACHED]
        return State.PUBLISHED if self.kinds[0] == Kind.STATED else steps[-1] if steps else State.DRAFTED

    @property
    def is_named(self) -> bool:
        if self.state != State.PUBLISHED or self.visibility == Visibility.COUNTED:
            return False
        return self.visibility == Visibility.PUBLIC or self.days_to_wait <= 0
