"""The pages that most people read, in Arabic: from right to left, on a phone and on a wide screen."""

import pytest

from tests.browser.test_pages import HEAVIEST_LOAD, wrong_with

WIDTHS = (1280, 390)
NAMES = (
    "home",
    "directory",
    "directory, filtered",
    "directory as a map",
    "directory as a table",
    "compare",
    "brief",
    "worksheet, answered",
    "guide",
    "document",
    "practice",
    "ask a city",
    "cities",
    "city",
    "statement",
    "signatories",
    "signature",
    "share: the first question",
    "sign_city",
    "about",
    "about: show this on your website",
    "follow by e-mail",
)
LIGHT = ("home", "directory", "practice")
# What stands in the page's language on a line of its own, and how far its text ends from the edge where the line begins.
STARTS = """() => [...document.querySelectorAll("main h1, main h2, main p, main label, main dt, main th")]
  .filter((one) => one.checkVisibility() && !one.closest(".visually-hidden, [dir], svg") && /^[\\u0600-\\u06ff]/.test(one.innerText))
  .filter((one) => !["center", "right", "start", "-webkit-match-parent"].includes(getComputedStyle(one).textAlign)
    || getComputedStyle(one).direction !== "rtl")
  .map((one) => one.outerHTML.slice(0, 90))"""
SPACED = """() => [...document.querySelectorAll("body *")]
  .filter((one) => one.checkVisibility() && [...one.childNodes].some((part) => part.nodeType === 3 && /[\\u0600-\\u06ff]/.test(part.data)))
  .filter((one) => !["normal", "0px"].includes(getComputedStyle(one).letterSpacing)
    || getComputedStyle(one).textTransform !== "none")
  .map((one) => one.outerHTML.slice(0, 90))"""


@pytest.mark.parametrize("name", NAMES)
def test_a_page_in_arabic_keeps_the_rules(visit, name):
    seen = visit(name, language="ar", with_empty_cache=name in LIGHT, reduced_motion="reduce")
    for width in WIDTHS:
        seen.widen(width)
        assert wrong_with(seen.look(), "ar") == [], width
        assert seen.barriers() == [], width
        assert seen.page.evaluate(STARTS) == [], width
    assert seen.page.evaluate(SPACED) == []
    assert seen.said == [] and seen.strangers() == []
    faces = {request.url.rpartition("/")[2].partition("-")[0] for request in seen.loads if ".woff2" in request.url}
    assert faces <= {"readex", "bricolage"}
    if name in LIGHT:
        assert "readex" in faces and seen.weight() <= HEAVIEST_LOAD


def test_the_menu_opens_at_the_side_where_the_page_ends(visit):
    page = visit("home", language="ar", width=390).page
    button = page.locator(".menu").bounding_box()
    assert button["x"] < 390 / 2 < page.locator(".brand").bounding_box()["x"] + 40
    page.locator(".menu").press("Enter")
    box = page.locator("#menu").bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 390
    first = page.locator("#menu a").first
    assert first.evaluate("one => getComputedStyle(one).direction") == "rtl" and first.is_visible()
