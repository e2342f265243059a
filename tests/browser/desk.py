"""A served site with people at its desk, and a browser for each of them."""

import json
import os
import subprocess
import sys
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.conf import settings

from tests.browser.visit import HEIGHT, WAITS, Visit

LOOKS = [(320, "dark"), (1280, "light")]  # the width in CSS pixels, and the colours
NARROWEST = 120  # CSS pixels for a fact: narrower, and a word breaks into letters
# The colours pass from one scheme to the other in a moment, and are judged when they have.
SETTLED = """() => new Promise(requestAnimationFrame)
  .then(() => document.getAnimations().filter((one) => one instanceof CSSTransition).forEach((one) => one.finish()))"""
SQUEEZED = """least => [...document.querySelectorAll(".readonly, dd, td p")]
  .filter((one) => one.checkVisibility() && one.textContent.trim().length > 1)
  .filter((one) => one.getBoundingClientRect().width < least)
  .map((one) => `squeezed: ${one.textContent.trim()}`)"""


class DeskVisit(Visit):
    """One page after another, in a context where somebody may be logged in."""

    def __init__(self, context):
        self.context, self.name, self.said = context, "desk", []
        self.page = context.new_page()
        self.page.on("console", self.hear)
        self.page.on("pageerror", lambda error: self.said.append(f"script error: {error}"))

    def wrong(self) -> list[str]:
        """What is wrong with the page as it is now; reports of the content security policy are among it."""
        facts = self.look()
        sideways = [f"scrolls sideways because of {facts['wide']}"] if facts["overflow"] > 0 else []
        squeezed = self.page.evaluate(SQUEEZED, NARROWEST)
        said, self.said = self.said, []
        return [*said, *sideways, *squeezed, *self.barriers()]

    def wrong_in_every_look(self, wrong=wrong) -> list[str]:
        """The same in each of LOOKS; the window stays as the last of them."""
        found = []
        for width, scheme in LOOKS:
            self.widen(width)
            self.page.emulate_media(color_scheme=scheme)
            self.page.evaluate(SETTLED)
            found += [f"{width} px: {what}" for what in wrong(self)]
        return found

    def wrong_in_a_form(self) -> list[str]:
        """The same of a page with a form: a short fact beside its label is narrow there, and not squeezed."""
        return [one for one in self.wrong() if not one.startswith("squeezed")]


@pytest.fixture(scope="session")
def desk_site(tmp_path_factory):
    """A served site of its own, with ``desk_people`` in it: what they say, and the site's ``origin``."""
    with served_desk(tmp_path_factory.mktemp("desk") / "site.log") as site:
        yield site


@contextmanager
def served_desk(log):
    """The site of ``desk_site`` while it is needed; ``log`` is the file (Path) it writes its complaints to."""
    process = {"cwd": settings.BASE_DIR, "text": True, "stdout": subprocess.PIPE}
    # Without an address for answers, nobody is written to from the desk.
    environment = os.environ | {"CONTACT_EMAIL": "contact@cities.example"}
    with log.open("w") as written:
        command = [sys.executable, "-W", "error", "-m", "tests.rig.serve"]
        server = subprocess.Popen(command, stdin=subprocess.PIPE, stderr=written, env=environment, **process)
    try:
        origin = server.stdout.readline().strip()
        assert origin, log.read_text("utf-8")
        parts = urlsplit(os.environ["DATABASE_URL"])
        database = urlunsplit(parts._replace(path=f"/test_browser_{server.pid}"))
        filled = subprocess.run(
            [sys.executable, "-m", "tests.browser.desk_people"],
            env=os.environ | {"DATABASE_URL": database},
            stderr=subprocess.PIPE,
            **process,
        )
        assert filled.returncode == 0, filled.stderr
        yield json.loads(filled.stdout) | {"origin": origin, "database": database}
    finally:
        server.stdin.close()
        server.wait(timeout=20)
        server.stdout.close()


@pytest.fixture
def work(desk_site):
    """A function that does what waits for the worker of the desk's site."""

    def done():
        environment = os.environ | {"DATABASE_URL": desk_site["database"], "MAIL_URL": "outbox:"}
        command = [sys.executable, "manage.py", "work", "--once"]
        subprocess.run(command, cwd=settings.BASE_DIR, env=environment, check=True, capture_output=True)

    return done


@pytest.fixture
def enter(browser, desk_site):
    """A function that goes to the desk as somebody, or as nobody: ``enter("ana", width=320)``."""
    opened = []

    def go(name="", *, width=1280, **options):
        viewport = {"width": width, "height": HEIGHT}
        context = browser.new_context(base_url=desk_site["origin"], viewport=viewport, **options)
        context.set_default_timeout(WAITS)
        opened.append(context)
        if name:
            cookie = {"name": settings.SESSION_COOKIE_NAME, "value": desk_site["cookies"][name]}
            context.add_cookies([cookie | {"url": desk_site["origin"]}])
        return DeskVisit(context)

    yield go
    for context in opened:
        context.close()
