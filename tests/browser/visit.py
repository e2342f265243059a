"""One visit to one page, and everything that went on during it."""

import importlib.resources
from functools import cache
from pathlib import Path

from whitenoise.compress import Compressor

from tests.browser.addresses import address_of, status_of

HEIGHT = 900  # CSS pixels
WAITS = 30_000  # milliseconds for one step or one expectation; a busy machine takes long for a page
LOOK, BARRIERS = ((Path(__file__).parent / f"{name}.js").read_text("utf-8") for name in ("look", "barriers"))
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

told = {}  # what axe has said about looks, on any page: see barriers.js


@cache
def axe() -> str:
    """The source of axe-core, as axe-playwright-python brings it."""
    return (importlib.resources.files("axe_playwright_python") / "axe.min.js").read_text("utf-8")


@cache
def packed_size(body: bytes) -> int:
    """The bytes of a static text as brotli packs it, which takes its time; many pages load the same ones."""
    return len(Compressor.compress_brotli(body))


class Visit:
    """Opens a page by its name in ``addresses`` and keeps what the browser says meanwhile."""

    def __init__(self, page, site, name: str, language: str = "en"):
        self.page, self.context, self.site, self.name = page, page.context, site, name
        self.said, self.requests, self.loads = [], [], []
        self.listeners = {
            "console": self.hear,
            "pageerror": lambda error: self.said.append(f"script error: {error}"),
            "requestfinished": self.load,
            "request": lambda request: self.requests.append(request.url),
        }
        for event, listener in self.listeners.items():
            page.on(event, listener)
        self.response = page.goto(site.origin + address_of(name, language), wait_until="load")

    def leave(self) -> None:
        """Hear no more: the page may serve the next visit."""
        for event, listener in self.listeners.items():
            self.page.remove_listener(event, listener)

    def widen(self, width: int) -> None:
        """Make the window so many CSS pixels wide, or narrow."""
        self.page.set_viewport_size({"width": width, "height": HEIGHT})

    def hear(self, message) -> None:
        """Keep a warning or an error; reports of the content security policy are errors."""
        own_status = (
            message.location.get("url") == self.page.url and "404" in message.text and status_of(self.name) == 404
        )
        if message.type in {"error", "warning"} and not own_status:
            self.said.append(f"{message.type}: {message.text}")

    def load(self, request) -> None:
        """Keep a file that has come in whole."""
        self.loads.append(request)

    def look(self) -> dict:
        """The facts that ``look.js`` gathers."""
        return self.page.evaluate(LOOK)

    def barriers(self, rules=RULES) -> list[str]:
        """What axe finds on the page as it is now, one line for each element; ``rules`` as its ``runOnly`` takes them."""
        if not self.page.evaluate("() => 'axe' in window"):
            self.page.evaluate(axe())
        said = self.page.evaluate(BARRIERS, {"rules": rules, "told": told})
        for rule, looks in said["news"].items():
            told.setdefault(rule, {}).update(looks)
        return said["found"]

    def strangers(self) -> list[str]:
        """Addresses asked for that are not the site's."""
        return [url for url in self.requests if not url.startswith((self.site.origin + "/", "data:"))]

    def weight(self) -> int:
        """The bytes that came over the wire, headers included.

        Static texts are counted as the storage of a deployed site packs them, with brotli; this one serves them bare.
        """
        self.page.wait_for_load_state("networkidle")
        total, icons = 0, set()
        for request in self.loads:
            if request.url.endswith("/mark.svg"):
                # Chromium may ask for the icon again when the window changes; a visitor's one is in the cache by then.
                if request.url in icons:
                    continue
                icons.add(request.url)
            sizes = request.sizes()
            response = request.response()
            packed = "/static/" in request.url and request.url.endswith((".css", ".js", ".svg")) and response.ok
            body = packed_size(response.body()) if packed else sizes["responseBodySize"]
            total += body + sizes["responseHeadersSize"]
        return total
