"""Everything the public can reach from the outside, followed link by link, with every header."""

import re
from collections import deque
from collections.abc import Iterable, Iterator
from html import unescape
from io import BytesIO
from itertools import islice
from urllib.parse import urljoin, urlsplit
from zipfile import ZipFile

from django.conf import settings
from django.test import Client

from citysolidarity.opendata.operations import OPERATIONS
from tests.pledges.signatories.sheets import Sheet

STARTS = (
    "/", "/en/", "/sitemap.xml", "/robots.txt", "/.well-known/security.txt", "/health/live", "/health/ready",
    "/feeds/practices.atom", "/api/v1/signatories.csv", "/api/v1/signatories.json", "/outbox/", "/admin/", "/admin/login/", "/llms.txt",
    *(f"/api/v1/{operation.path}" for operation in OPERATIONS if "<" not in operation.path), "/api/v1/openapi.json",
    "/en/embed/practices/", "/en/embed/map/", "/en/embed/counter/", "/en/embed/signatories/amman-jo/",
    "/feeds/practices.json", "/feeds/signatories.json", "/feeds/cities/amman-jo.atom", "/feeds/documents.atom",
    "/feeds/documents.json", "/en/index.md", "/en/practices.md", "/en/cities.md", "/en/library.md", "/en/signatories.md",
    "/en/statement.md", "/en/cities/amman-jo.md", "/en/signatories/amman-jo.md",
)  # fmt: skip
ERRORS = (
    "/en/no-such-page/",
    "/en/signatories/nowhere-xx/",
    "/en/cities/nowhere-xx/",
    "/en/statement/?q=%00",
    "/\ufffd",
)
LINK = re.compile(r'(?:(?:href|src|action)="|content="(?=http))([^"#]+)|<loc>([^<]+)|<(?:id|link)[^>]*>(http[^<]+)')
OTHERS = {"fr", "es", "pt"}
MOST = 1_200  # pages: the facets of the lists could be combined for ever


def crawl(address: str, more: Iterable[str] = ()) -> Iterator[tuple[str, str]]:
    """``(path, everything said)`` of every page that a visitor from this internet address can reach.

    ``more`` is asked for further addresses each time that no link is left.
    """
    client = Client(REMOTE_ADDR=address, raise_request_exception=False)
    frame = f"/oembed?url={settings.SITE_URL}/en/statement/"
    waiting = deque([*STARTS, *ERRORS, frame])
    seen = set(waiting)
    untried = (path for path in more if path not in seen)
    count = 0
    while waiting or (waiting := deque(islice(untried, 1))):
        path = waiting.popleft()
        seen.add(path)
        count += 1
        assert count <= MOST, f"no end at {path}"
        response = client.get(path)
        body = read(response)
        yield path, f"{response.status_code} {response.items()} {response.cookies} {body}"
        for link in links(path, body):
            if link not in seen:
                seen.add(link)
                waiting.append(link)
    for method in ("post", "put", "delete", "head", "options"):
        for path in ("/en/", "/en/signatories/", "/api/v1/signatories.json", "/en/no-such-page/"):
            response = getattr(client, method)(path)
            yield f"{method} {path}", f"{response.status_code} {response.items()} {read(response)}"


def read(response) -> str:
    """The words of an answer: those drawn, where it is a certificate."""
    raw = b"".join(response) if response.streaming else response.content
    if response.get("Content-Type", "") == "application/pdf":
        return Sheet(raw).text + raw.decode("latin-1")
    if raw.startswith(b"PK"):  # a workbook, or a document of Word
        with ZipFile(BytesIO(raw)) as archive:
            raw = b"\n".join(map(archive.read, archive.namelist()))
    return unescape(raw.decode(errors="replace"))


def links(path: str, body: str) -> Iterator[str]:
    """The addresses of this site in a page; of those with a choice, the ones with a single choice."""
    for groups in LINK.findall(body):
        found = urlsplit(urljoin(f"{settings.SITE_URL}{path}", "".join(groups).strip()))
        ours = f"{found.scheme}://{found.netloc}" == settings.SITE_URL
        # All languages have the same pages: two of them, one from each side, stand for five.
        spoken = found.path[1:3] not in OTHERS or found.path[3:4] != "/"
        # The directory of practices can be narrowed down in hundreds of ways, and knows nothing of who signs.
        narrowed = found.query.count("=") > ("/practices/" not in found.path)
        if ours and spoken and not found.path.startswith("/static/") and not narrowed:
            yield found.path + (f"?{found.query}" if found.query else "")
