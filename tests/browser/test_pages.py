"""Every public page, at every width, with script and without: what each of them owes its readers."""

from urllib.parse import urlsplit

import pytest
from django.urls import URLPattern, get_resolver

from practices.vocabularies.languages import direction
from tests.browser.addresses import NAMES, NO_PAGES, ON_THE_WAY, PAGES, status_of

HEAVIEST_LOAD = 150_000  # bytes over the wire, all files of a page, nothing in the cache
MOST_FILES = 11  # of a first load; each costs a slow line a round trip
# CSS pixels. On the widest most can be seen: axe passes over what lies outside a table that scrolls.
WIDTHS = (1280, 768, 320)
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
LANDMARKS = {"banner": 1, "main": 1, "contentinfo": 1}
scripts = pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
pages = pytest.mark.parametrize("name", NAMES)


def test_every_public_page_is_looked_at():
    looked_at = {view for view, _arguments, _query in PAGES.values()}
    assert looked_at == named_patterns(get_resolver().url_patterns) - NO_PAGES - ON_THE_WAY


def named_patterns(patterns):
    """The names of all URL patterns outside the desk."""
    found = set()
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            found.add(pattern.name)
        elif pattern.app_name not in {"admin", "attachments", "operation", "people", "statistics", "yearly"}:
            found |= named_patterns(pattern.url_patterns)
    return found


@pages
@scripts
def test_a_page_keeps_the_rules(visit, site, name, script):
    # Without motion: a scroll that is still under way would carry a stop out of sight.
    seen = visit(name, with_empty_cache=script, java_script_enabled=script, reduced_motion="reduce")
    assert seen.response.status == status_of(name), site.complaints()
    for width in WIDTHS:
        seen.widen(width)
        assert wrong_with(seen.look()) == [], width
        assert wrong_with_the_first_stops(seen.page) == [], width
        if script:
            assert seen.barriers() == [], width
    seen.widen(WIDTHS[0])
    if script:
        assert wrong_in_the_dark(seen) == []
        assert wrong_with_large_text(seen) == []
        assert wrong_with_the_weight(seen) == ""
    assert seen.said == []
    assert seen.strangers() == []
    assert seen.context.cookies() == []


@pages
def test_a_page_without_its_scripts_has_no_barriers(visit, name):
    # axe cannot work where script is off: it reads the page with only the site's own scripts left out.
    seen = visit(name, without_site_scripts=True)
    for width in WIDTHS:
        seen.widen(width)
        assert seen.barriers() == [], width


def wrong_with(facts, language="en", landmarks=LANDMARKS):
    """What is wrong with the structure of a page in this language, in words."""
    wrong = []
    levels = [level for level, _text in facts["headings"]]
    if levels.count(1) != 1 or levels[0] != 1:
        wrong.append(f"one h1, and it first: {facts['headings']}")
    wrong += [
        f"heading {text!r} skips a level"
        for (before, _), (level, text) in zip(facts["headings"], facts["headings"][1:], strict=False)
        if level > before + 1
    ]
    if facts["landmarks"] != landmarks:
        wrong.append(f"landmarks: {facts['landmarks']}")
    if "" in facts["navigations"] or len(set(facts["navigations"])) < len(facts["navigations"]):
        wrong.append(f"each navigation has a name of its own: {facts['navigations']}")
    if (facts["lang"], facts["dir"]) != (language, direction(language)):
        wrong.append(f"language and direction: {facts['lang']}, {facts['dir']}")
    if facts["left"] > 1:
        wrong.append(f"ends {facts['left']} px above the foot of the window")
    if facts["overflow"] > 0:
        wrong.append(f"scrolls sideways by {facts['overflow']} px because of {facts['wide']}")
    return wrong


FIRST_STOPS = 6  # at the most: on a phone the head of a page has fewer
# The element in focus: what it looks like, where it is, and whether something covers it.
STOP = """() => {
  const one = document.activeElement, box = one.getBoundingClientRect(), style = getComputedStyle(one);
  const x = box.x + Math.min(box.width, innerWidth - box.x) / 2, y = box.y + box.height / 2;
  const top = document.elementFromPoint(x, y);
  return {
    name: one.outerHTML.slice(0, 90),
    inHead: Boolean(one.closest(".skip, header")),
    inMain: Boolean(one.closest("main")),
    hash: location.hash,
    outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    seen: box.width > 0 && box.height > 0 && box.top >= 0 && box.bottom <= innerHeight,
    free: top !== null && (one.contains(top) || top.contains(one)),
  };
}"""


# As if the page had just been opened: the next Tab leads to its first stop.
BACK_TO_THE_TOP = """() => {
  history.replaceState(null, "", location.pathname + location.search);
  document.body.tabIndex = -1;
  document.body.focus({ preventScroll: true });
  document.body.removeAttribute("tabindex");
  document.activeElement.blur();
  scrollTo({ top: 0, behavior: "instant" });
}"""


def wrong_with_the_first_stops(page):
    """Walk by Tab through the head, and back to it: the first stop skips to the content; every stop can be seen."""
    wrong = []
    stops = [press(page, "Tab")]
    while stops[-1]["inHead"] and len(stops) < FIRST_STOPS:
        stops.append(press(page, "Tab"))
    for stop in stops:
        wrong += [f"{what}: {stop['name']}" for what in ("outlined", "seen", "free") if not stop[what]]
    if 'href="#main"' not in stops[0]["name"]:
        wrong.append(f"the first stop does not lead to the content: {stops[0]['name']}")
    page.keyboard.down("Shift")
    for _ in stops[1:]:
        page.keyboard.press("Tab")
    page.keyboard.up("Shift")
    page.keyboard.press("Enter")
    after = press(page, "Tab")
    if after["hash"] != "#main" or not after["inMain"]:
        wrong.append(f"the skip link does not lead into the content, but to {after['name']}")
    page.evaluate(BACK_TO_THE_TOP)
    return wrong


def press(page, key):
    page.keyboard.press(key)
    return page.evaluate(STOP)


def wrong_in_the_dark(seen):
    """What axe finds about the dark colours, on a page that is light again afterwards."""
    seen.page.emulate_media(color_scheme="dark")
    assert seen.page.evaluate("() => matchMedia('(prefers-color-scheme: dark)').matches")
    wrong = seen.barriers(COLOURS)
    seen.page.emulate_media(color_scheme="light")
    return wrong


def wrong_with_large_text(seen):
    """What no longer fits when text is twice as large; it stays so until the next page."""
    seen.page.evaluate("() => { document.documentElement.style.fontSize = '200%' }")
    assert seen.page.evaluate("() => parseFloat(getComputedStyle(document.documentElement).fontSize)") == 32
    facts = seen.look()
    return [f"scrolls sideways by {facts['overflow']} px because of {facts['wide']}"] if facts["overflow"] > 0 else []


def wrong_with_the_weight(seen):
    """The files of a first load at any width in words, where they are too few, too many or too heavy."""
    files = {request.url for request in seen.loads}  # Chromium may ask for one again
    weight = seen.weight()
    if weight <= HEAVIEST_LOAD and 2 < len(files) <= MOST_FILES:
        return ""
    sizes = [f"{request.sizes()['responseBodySize']} {urlsplit(request.url).path}" for request in seen.loads]
    return "; ".join([f"{weight} bytes in {len(files)} files", *sizes])
