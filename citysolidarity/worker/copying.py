"""Makes the copies that the site shows during an outage of the database (caching/last_copies.py), a few at a time."""

import re
import time
from html import unescape
from urllib.parse import urlsplit

from django.urls import reverse

from citysolidarity.caching.last_copies import copies
from citysolidarity.http.asking import ask

SECONDS = 0.25  # of each round; letters and visitors come first
CALM = 5  # seconds without a change, and after a start, before copies are made
LOCATION = re.compile(r"<loc>([^<]+)</loc>")
# For machines, and so in no sitemap; and the first page of what is done by form.
MORE = ("feed", "guides_feed", "signatories_csv", "signatories_json", "robots", "sitemap", "compare", "sign")
MORE += (
    "api", "api_practices", "api_facets", "api_cities", "api_signatories", "api_supports", "api_versions", "api_documents",
    "api_networks",
    "api_vocabularies", "api_openapi", "api_practices_csv", "feed_json", "signatories_feed_json", "llms_txt",
    "embed_practices", "embed_map", "embed_counter",
)  # fmt: skip


class Copying:
    """Every page of the sitemap, once for each edition."""

    def __init__(self):
        self.number: int | None = None
        self.left: list[str] | None = None  # None where it is not yet known what to copy
        self.changed = 0.0

    def step(self) -> None:
        """Make copies for a moment. Deletes those of before first, where something has changed (1 query)."""
        if not copies.root:
            return
        begun, number = time.monotonic(), copies.note()
        if number != self.number:
            self.number, self.left, self.changed = number, None, begun
        if begun - self.changed < CALM:
            return
        if self.left is None:
            self.left = self.addresses()
        while self.left and time.monotonic() - begun < SECONDS:
            address = self.left.pop()
            if not copies.has(number, address):
                ask(address)

    def addresses(self) -> list[str]:
        found = LOCATION.findall(ask(reverse("sitemap")).body.decode())
        paths = [urlsplit(unescape(address)).path for address in found]
        return [*reversed(paths), *(reverse(name) for name in MORE)]
