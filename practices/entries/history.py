"""What the public can read of how an entry changed: the versions that it has read before, without who made them."""

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from practices.entries.differences import Difference, differences
from practices.models import Practice
from practices.models.entries.review import Move
from practices.models.entries.version import Version

SHOWN = 50  # versions; each is compared word by word


@dataclass(frozen=True)
class PublicChange:
    at: datetime
    changes: list[Difference]


def steps_of(entry: Practice) -> list[PublicChange]:
    """The changes that the public saw, the latest first, from the versions that are not withheld. Two queries."""
    versions = list(entry.versions.shown().order_by("-revision")[: SHOWN + 1])
    moves = list(
        entry.review_events.filter(move__in=[Move.PUBLISHED, Move.ARCHIVED])
        .order_by("at", "pk")
        .values_list("move", "at")
    )
    seen = _seen_by_the_public(versions[::-1], moves or [(Move.PUBLISHED, entry.published_at)])[::-1]
    steps = (PublicChange(new.at, differences(old.record, new.record)) for new, old in pairwise(seen))
    return [step for step in steps if step.changes]


def _seen_by_the_public(versions: list[Version], moves: list[tuple[str, datetime]]) -> list[Version]:
    """Of versions in the order of time: those of times in which the entry was public, and the one it was published with."""
    seen, is_public, waiting, later = [], False, None, list(moves)
    for version in versions:
        while later and later[0][1] <= version.at:
            is_public = later.pop(0)[0] == Move.PUBLISHED
            if is_public and waiting is not None:
                seen.append(waiting)
            waiting = None if is_public else waiting
        if is_public:
            seen.append(version)
        else:
            waiting = version
    if waiting is not None and any(move == Move.PUBLISHED for move, _at in later):
        seen.append(waiting)
    return seen
