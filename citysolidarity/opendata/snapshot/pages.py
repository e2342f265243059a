"""The public site as files that open from disk: links lead to files or, where there is none, to the site itself.

What has a form to send, sets a cookie or is a choice of filters stays on the site. Scripts that ask the site are left out.
"""

import posixpath
import re
from collections import deque
from collections.abc import Iterable
from datetime import date
from html import escape, unescape
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import get_language_info, override

from citysolidarity.http.asking import Answer, ask

FOLDER = "site"
# Of the addresses with a query, those whose pages are a part or another view of a list.
KEPT_QUERY = re.compile(r"page=[0-9]+|view=(map|table)")
ATTRIBUTE = re.compile(r'\b(href|src|srcset|action)="([^"]*)"')
FORM_WITHOUT_ACTION = re.compile(r"<form\b(?![^>]*\baction=)")
# A browser refuses to load a module, or a font ahead of its use, from a file.
LEFT_OUT = re.compile(
    r'<script\b[^>]*\bsrc="(?![^"]*/page\.)[^"]*"[^>]*></script>\s*|<link rel="preload"[^>]*>\s*|'
    r'<link rel="alternate"[^>]* href="/[^>]*>\s*'
)
IN_A_SHEET = re.compile(r"""url\(\s*["']?(?!data:|#)([^"')]+)["']?\s*\)""")
MAIN = '<main id="main"'
POSTS = b'method="post"'


class Unwritten(Exception):
    """A page failed: a copy without it would look whole."""


class Pages:
    def __init__(self, folder: Path, languages: Iterable[str], day: date):
        self.root, self.languages, self.day = folder / FOLDER, tuple(languages), day
        self.files: dict[str, str] = {}  # address → path below the root
        self.left: set[str] = set()  # addresses that stay on the site

    def write(self) -> int:
        """Returns the number of pages."""
        begin = [f"/{code}/" for code in self.languages]
        waiting, seen = deque(begin), set(begin)
        while waiting:
            address = waiting.popleft()
            answer = ask(address)
            if answer.status >= 500:
                raise Unwritten(f"{address} answered {answer.status}.")
            if not is_page(answer):
                self.left.add(address)
                continue
            self.files[address] = file_of(address)
            text = answer.body.decode()
            self.save(self.files[address], text.encode())
            for link in self.links(address, text):
                if link not in seen:
                    seen.add(link)
                    waiting.append(link)
        pages = dict(self.files)
        for address, file in pages.items():
            path = self.root / file
            path.write_text(self.rewritten(address, path.read_text("utf-8")), "utf-8")
        languages = [get_language_info(code) | {"file": self.files[f"/{code}/"]} for code in self.languages]
        with override(settings.LANGUAGE_CODE):
            index = render_to_string("citysolidarity/opendata/copy_index.html", {"languages": languages})
        self.save("index.html", index.encode())
        return len(pages)

    def save(self, file: str, body: bytes) -> None:
        path = self.root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body)

    def links(self, address: str, text: str) -> list[str]:
        """The pages in our languages to which a page leads."""
        found = (urlsplit(urljoin(address, unescape(url))) for name, url in ATTRIBUTE.findall(text) if name == "href")
        return [
            link.path + (f"?{link.query}" if link.query else "")
            for link in found
            if not link.netloc
            and not link.scheme
            and link.path.startswith(tuple(f"/{code}/" for code in self.languages))
            and link.path.endswith("/")
            and (not link.query or KEPT_QUERY.fullmatch(link.query))
        ]

    def rewritten(self, address: str, text: str) -> str:
        code = address.split("/")[1]
        with override(code):
            context = {"site": settings.SITE_URL, "page": settings.SITE_URL + address, "day": self.day}
            banner = render_to_string("citysolidarity/opendata/copy.html", context)
        text = LEFT_OUT.sub("", text).replace(MAIN, banner + MAIN, 1)
        text = FORM_WITHOUT_ACTION.sub(f'<form action="{settings.SITE_URL}{escape(address)}"', text)
        return ATTRIBUTE.sub(lambda found: f'{found[1]}="{self.attribute(address, found[1], found[2])}"', text)

    def attribute(self, address: str, name: str, value: str) -> str:
        if name != "srcset":
            return escape(self.target(address, name, unescape(value)))
        parts = [part.split() for part in value.split(",")]
        return ", ".join(" ".join([self.target(address, name, url), *size]) for url, *size in parts)

    def target(self, address: str, name: str, url: str) -> str:
        """Where an attribute leads, as seen from the page's file."""
        link = urlsplit(url)
        if link.scheme or link.netloc or (url.startswith("#") and name != "action"):
            return url
        link = urlsplit(urljoin(address, url))
        asked = link.path + (f"?{link.query}" if link.query else "")
        if name in ("src", "srcset") or link.path.startswith(settings.STATIC_URL):
            self.fetch(asked)
        file = None if name == "action" else self.files.get(asked)
        fragment = f"#{link.fragment}" if link.fragment else ""
        if file is None:
            return f"{settings.SITE_URL}{asked}{fragment}"
        return posixpath.relpath(file, posixpath.dirname(file_of(address))) + fragment

    def fetch(self, address: str) -> None:
        """A picture, style sheet, script or font, with what a sheet names; it keeps its path."""
        if address in self.files or address in self.left:
            return
        answer = ask(address)
        if answer.status != 200 or "Set-Cookie" in answer.headers:
            self.left.add(address)
            return
        self.files[address] = urlsplit(address).path.lstrip("/")
        self.save(self.files[address], answer.body)
        if address.endswith(".css"):
            for url in IN_A_SHEET.findall(answer.body.decode()):
                self.fetch(urlsplit(urljoin(address, url)).path)


def is_page(answer: Answer) -> bool:
    """Whether it is the same for everybody and has nothing that could be sent."""
    is_html = answer.headers.get("Content-Type", "").startswith("text/html")
    return answer.status == 200 and is_html and "Set-Cookie" not in answer.headers and POSTS not in answer.body


def file_of(address: str) -> str:
    """ "/en/cities/?page=2" → "en/cities/page-2.html"."""
    asked = urlsplit(address)
    name = asked.query.replace("=", "-") if asked.query else "index"
    return f"{asked.path.strip('/')}/{name}.html"
