"""Makes the copies that the site shows during an outage of the database (caching/last_copies.py), a few at a time."""

import io
import re
import time
from html import unescape
from urllib.parse import urlsplit

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.urls import reverse
from django.utils.functional import cached_property

from citysolidarity.caching.last_copies import copies

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
                self.get(address)

    def addresses(self) -> list[str]:
        found = LOCATION.findall(self.get(reverse("sitemap")))
        paths = [urlsplit(unescape(address)).path for address in found]
        return [*reversed(paths), *(reverse(name) for name in MORE)]

    def get(self, path: str) -> str:
        """Ask the site, in this process, as its proxy would."""
        site = urlsplit(settings.SITE_URL)
        environ = {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": path,
            "QUERY_STRING": "",
            "SERVER_NAME": site.hostname,
            "SERVER_PORT": str(site.port or 443),
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": site.netloc,
            "HTTP_X_FORWARDED_PROTO": site.scheme,
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.url_scheme": site.scheme,
            "wsgi.input": io.BytesIO(),
        }
        answer = self.handler(environ, lambda status, headers: None)
        try:
            return b"".join(answer).decode()
        finally:
            answer.close()

    @cached_property
    def handler(self) -> WSGIHandler:
        return WSGIHandler()
