"""What others say about an entry, as its page shows it."""

import math
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median

from practices.models.correspondence.enquiry import FEWEST

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Exchange:
    """A question and the city's answer, as a curator worded them."""

    question: str
    answer: str
    day: date


@dataclass(frozen=True)
class Reply:
    """The reply of whoever the entry is about, as a curator decided to show it."""

    text: str
    day: date


@dataclass(frozen=True)
class Feedback:
    """``review_since`` is the day from which the entry is marked, None where nothing is contested; ``usual_days`` says in
    how many days an answer usually comes, None where too few came to say so.
    """

    review_since: date | None
    replies: list[Reply]
    exchanges: list[Exchange]
    usual_days: int | None


def feedback_of(entry) -> Feedback:
    """Of an entry that was fetched ``with_feedback``; no query."""
    return Feedback(
        entry.review_since.date() if entry.review_since else None,
        [Reply(message["text"], day_of(message["at"])) for message in entry.replies_shown],
        [Exchange(message["question"], message["answer"], day_of(message["at"])) for message in entry.answers_shown],
        usual_days(entry.answer_times),
    )


def day_of(moment: str) -> date:
    return datetime.fromisoformat(moment).date()


def usual_days(times: list[timedelta]) -> int | None:
    """The median of the latest answers' times in days, rounded up and at least one; of fewer than three, None."""
    return max(1, math.ceil(median(times) / DAY)) if len(times) >= FEWEST else None
