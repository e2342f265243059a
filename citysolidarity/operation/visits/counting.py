"""What is counted in the memory of a process: how often a page was read, and from how many networks words were searched for.

Of whoever reads nothing is kept. Of the address that a search came from there is one of sixty numbers left, which a
sixtieth of all networks have in common.
"""

import ipaddress
from collections import Counter
from datetime import date
from threading import Lock
from typing import NamedTuple

from django.http import HttpRequest

from citysolidarity.http.throttle import keyed_hash
from citysolidarity.http.visitors import visitor_address

# So many places has a search in a month; each network takes one of them. A bigint of PostgreSQL holds them.
PLACES = 60
# What a provider holds, out of which the same home gets another address every day: whoever comes back is one network.
IPV4_NETWORK, IPV6_NETWORK = 16, 32
# Different searches in a minute, after which no new one is counted: somebody may send any number.
MOST_SEARCHES = 5_000


class PageOfDay(NamedTuple):
    """``slug`` is empty for a page that is the only one of its kind."""

    day: date
    kind: str
    slug: str
    language: str


class SearchOfMonth(NamedTuple):
    """``month`` is its first day; ``words`` are those of words.countable."""

    month: date
    language: str
    words: str

    @property
    def name(self) -> str:
        """What is hashed for it."""
        return f"{self.month} {self.language} {self.words}"


class Taken(NamedTuple):
    """``searches`` has one bit for each place that was taken."""

    pages: Counter[PageOfDay]
    searches: dict[SearchOfMonth, int]

    def __bool__(self):
        return bool(self.pages or self.searches)


class Counts:
    """Of this process, shared by its threads."""

    def __init__(self):
        self.lock = Lock()
        self.kept = Taken(Counter(), {})

    def add(self, pages: Counter[PageOfDay], searches: dict[SearchOfMonth, int]) -> None:
        with self.lock:
            self.kept.pages.update(pages)
            known = self.kept.searches
            for search, places in searches.items():
                if search in known or len(known) < MOST_SEARCHES:
                    known[search] = known.get(search, 0) | places

    def take(self) -> Taken:
        """Everything since the last time."""
        with self.lock:
            taken, self.kept = self.kept, Taken(Counter(), {})
        return taken


counts = Counts()


def network_of(request: HttpRequest) -> str:
    """The provider's part of the visitor's address; "" where it is not known."""
    ip = visitor_address(request)
    if ip is None:
        return ""
    return str(ipaddress.ip_network((ip, IPV4_NETWORK if ip.version == 4 else IPV6_NETWORK), strict=False))


def place_of(search: SearchOfMonth, network: str) -> int:
    """From 0 to PLACES - 1: the same for a network and a search all month, another for every other search and month."""
    return int.from_bytes(keyed_hash("places of searches", f"{search.name} {network}")) % PLACES
