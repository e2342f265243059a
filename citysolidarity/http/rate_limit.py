"""Limits how much slow work, such as drawing files or answering programs, this process does for each visitor.

Counted in memory and not by ``citysolidarity.http.throttle``, which writes to the database: a GET only reads.
"""

import math
import time
from collections import OrderedDict, deque
from threading import Lock

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from citysolidarity.http.throttle import too_many_requests

# Visitors remembered; the one who came longest ago is forgotten first.
MOST_VISITORS = 10_000


class RateLimit:
    """``RateLimit(60, minutes=10)``: so many for each visitor in any window of that length. Threads share it."""

    def __init__(self, most: int, minutes: float):
        self.most, self.window = most, minutes * 60
        self.lock = Lock()
        self.forget()

    def forget(self) -> None:
        with self.lock:
            self.moments_of: OrderedDict[str, deque[float]] = OrderedDict()

    def take(self, who: str, count: int) -> int:
        """Count what is about to be done; returns 0, or else the seconds to wait, counting none."""
        now = time.monotonic()
        with self.lock:
            moments = self.moments_of.setdefault(who, deque())
            self.moments_of.move_to_end(who)
            while moments and moments[0] <= now - self.window:
                moments.popleft()
            if len(moments) + count > self.most:
                # As many have to grow old as are too many now.
                last = moments[len(moments) + count - self.most - 1]
                return max(1, math.ceil(last + self.window - now))
            moments.extend([now] * count)
            while len(self.moments_of) > MOST_VISITORS:
                self.moments_of.popitem(last=False)
            return 0

    def left(self, who: str) -> tuple[int, int]:
        """How many may still be done now, and the seconds until all may be done again."""
        now = time.monotonic()
        with self.lock:
            moments = self.moments_of.get(who, deque())
            while moments and moments[0] <= now - self.window:
                moments.popleft()
            return self.most - len(moments), math.ceil(moments[-1] + self.window - now) if moments else 0


def files_later(request: HttpRequest, wait: int, template="citysolidarity/views/later.html", **context) -> HttpResponse:
    """429 with a page that says in how many minutes (``wait`` in seconds); another ``template`` extends that one."""
    answer = too_many_requests(render(request, template, {"minutes": math.ceil(wait / 60), **context}), wait)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
