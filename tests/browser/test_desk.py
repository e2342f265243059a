"""The curators' desk in a real browser: no barriers, nothing against the content policy, by keyboard and without script."""

import json
import os
import subprocess
import sys
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.conf import settings
from playwright.sync_api import expect

from tests.browser.conftest import HEIGHT, WAITS
from tests.browser.visit import Visit

pytestmark = pytest.mark.xdist_group("browser desk")
looks = pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1280, "light")])


NARROWEST = 120  # CSS pixels for a fact: narrower, and a word breaks into letters
SQUEEZED = """least => [...document.querySelectorAll(".readonly, dd, td p")]
  .filter((one) => one.checkVisibility() && one.getBoundingClientRect().width < least)
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


@pytest.fixture(scope="module")
def desk_site(tmp_path_factory):
    """A served site of its own, with ``desk_people`` in it: what they say, and the site's ``origin``."""
    log = tmp_path_factory.mktemp("desk") / "site.log"
    process = {"cwd": settings.BASE_DIR, "text": True, "stdout": subprocess.PIPE}
    with log.open("w") as written:
        command = [sys.executable, "-W", "error", "-m", "tests.rig.serve"]
        server = subprocess.Popen(command, stdin=subprocess.PIPE, stderr=written, **process)
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
        yield json.loads(filled.stdout) | {"origin": origin}
    finally:
        server.stdin.close()
        server.wait(timeout=20)
        server.stdout.close()


@pytest.fixture
def enter(browser, desk_site):
    """A function that goes to the desk as somebody, or as nobody: ``enter("ana", width=320)``."""
    opened = []

    def go(name="", *, width=1280, **options):
        viewport = {"width": width, "height": HEIGHT}
        context = browser.new_context(base_url=desk_site["origin"], viewport=viewport, **options)
        context.set_default_timeout(3 * WAITS)
        opened.append(context)
        if name:
            cookie = {"name": settings.SESSION_COOKIE_NAME, "value": desk_site["cookies"][name]}
            context.add_cookies([cookie | {"url": desk_site["origin"]}])
        return DeskVisit(context)

    yield go
    for context in opened:
        context.close()


@looks
def test_no_page_of_the_desk_has_barriers(enter, desk_site, width, scheme):
    desk = enter("boss", width=width, color_scheme=scheme)
    wrong = {}
    for name, address in desk_site["pages"].items():
        assert desk.page.goto(address).status == 200, name
        wrong[name] = desk.wrong()
    assert {name: found for name, found in wrong.items() if found} == {}


@looks
def test_the_door_and_what_is_said_after_an_act_have_no_barriers(enter, desk_site, width, scheme):
    desk = enter(width=width, color_scheme=scheme)
    page = desk.page
    page.goto(desk_site["pages"]["evidence"])
    assert desk.wrong() == []
    for password in ("wrong", desk_site["password"]):
        page.get_by_label("Username").fill("ana")
        page.get_by_label("Password").fill(password)
        page.get_by_role("button", name="Log in").click()
        page.wait_for_load_state()
        assert desk.wrong() == []
    page.get_by_role("button", name="Add evidence").click()
    expect(page.get_by_text("Nothing was changed yet.")).to_be_visible()
    assert desk.wrong() == []
    page.get_by_label("Copy of a letter").check()
    page.get_by_role("button", name="Add evidence").click()
    expect(page.get_by_text("The evidence is recorded.")).to_be_visible()
    assert desk.wrong() == []


def test_a_signature_is_checked_and_published_by_keyboard_without_script(enter):
    page = enter("ana", java_script_enabled=False).page
    page.goto("/admin/")
    for link in ("Signatures to verify", "Zermatt", "Add evidence"):
        follow(page, link)
    page.get_by_label("Called back").focus()
    page.keyboard.press("Space")
    page.get_by_label("Where the number called was found").focus()
    page.keyboard.type("The switchboard on the city's own page")
    press(page, "Add evidence")
    follow(page, "Verify")
    press(page, "Verify")
    expect(page.get_by_text("The signature is verified.")).to_be_visible()
    expect(page.get_by_role("link", name="Publish", exact=True)).to_have_count(0)
    expect(page.get_by_text("needs a second curator: not the one who verified")).to_be_visible()
    page = enter("ben", java_script_enabled=False).page
    page.goto("/admin/")
    for link in ("Verified signatures to publish", "Zermatt", "Publish"):
        follow(page, link)
    press(page, "Publish")
    expect(page.get_by_text("The signature is published.")).to_be_visible()


def follow(page, name):
    page.get_by_role("link", name=name, exact=name == "Publish").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_load_state()


def press(page, name):
    page.get_by_role("button", name=name).focus()
    page.keyboard.press("Enter")
    page.wait_for_load_state()
