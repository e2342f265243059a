"""How many sheets this process draws, since each takes a quarter of a second.

Counted in memory and not by ``citysolidarity.http.throttle``, which writes to the database: a GET only reads.
"""

import math
import time
from collections import OrderedDict, deque
from threading import Lock

# Visitors remembered; the one who came longest ago is forgotten first.
MOST_VISITORS = 10_000


class SheetLimit:
    """``SheetLimit(60, minutes=10)``: so many sheets for each visitor in any window of that length. Threads share it."""

    def __init__(self, most: int, minutes: float):
        self.most, self.window = most, minutes * 60
        self.lock = Lock()
        self.forget()

    def forget(self) -> None:
        with self.lock:
            self.drawn: OrderedDict[str, deque[float]] = OrderedDict()

    def take(self, who: str, sheets: int) -> int:
        """Count sheets that are about to be drawn; returns 0, or else the seconds to wait, counting none."""
        now = time.monotonic()
        with self.lock:
            moments = self.drawn.setdefault(who, deque())
            self.drawn.move_to_end(who)
            while moments and moments[0] <= now - self.window:
                moments.popleft()
            if len(moments) + sheets > self.most:
                # As many have to grow old as are too many now.
                last = moments[len(moments) + sheets - self.most - 1]
                return max(1, math.ceil(last + self.window - now))
            moments.extend([now] * sheets)
            while len(self.drawn) > MOST_VISITORS:
                self.drawn.popitem(last=False)
            return 0

    def left(self, who: str) -> tuple[int, int]:
        """How many may still be drawn now, and the seconds until all may be drawn again."""
        now = time.monotonic()
        with self.lock:
            moments = self.drawn.get(who, deque())
            while moments and moments[0] <= now - self.window:
                moments.popleft()
            return self.most - len(moments), math.ceil(moments[-1] + self.window - now) if moments else 0
