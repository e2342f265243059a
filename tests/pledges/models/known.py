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
    verified_by: set = field(default_factory=set)
    refusal: str = ""
    age: int = 0  # days since the draft
    days_withdrawn: int = 0
    days_verified: int = 0
    days_refused: int = 0
    taken_away: bool = False
    successor: "Known | None" = None
    superseded: int = 0  # a number that grows

    @property
    def state(self) -> State:
        """An end, unless it was undone; else the last step of the ladder."""
        if self.kinds[-1] in ENDED:
            return ENDED[self.kinds[-1]]
        steps, refused = [], False
        for kind in self.kinds:
            if kind in REACHED:
                steps.append(REACHED[kind])
            elif kind == Kind.TAKEN_BACK and not refused:
                steps.pop()
            refused = kind == Kind.REFUSED
        return State.PUBLISHED if self.kinds[0] == Kind.STATED else steps[-1] if steps else State.DRAFTED

    @property
    def has_begun(self) -> bool:
        """Whether it may be named as far as its own wish goes."""
        return self.visibility == Visibility.PUBLIC or (
            self.visibility == Visibility.FROM_DATE and self.days_to_wait <= 0
        )

    @property
    def stands_behind(self) -> bool:
        """Whether it is shown while the city has nothing newer to show: a source names it, or its successor's day is to come."""
        if self.state != State.SUPERSEDED or not self.has_begun:
            return False
        waits = self.successor.state == State.PUBLISHED and self.successor.visibility == Visibility.FROM_DATE
        return self.kinds[0] == Kind.STATED or (waits and not self.successor.has_begun)
