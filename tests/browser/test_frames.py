"""What other sites show in a frame: what each frame owes its readers, at any width, light and dark, in Arabic, and framed."""

import re
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from playwright.sync_api import expect

from tests.browser.addresses import FRAMES, address_of, status_of
from tests.browser.test_arabic import SPACED, STARTS
from tests.browser.test_pages import wrong_in_the_dark, wrong_with, wrong_with_large_text

WIDTHS = (1280, 768, 390, 320, 240)
# The site that frames it has a banner, or not.
LANDMARKS = {"banner": 0, "main": 1, "contentinfo": 1}
HEAVIEST_FRAME = 100_000  # bytes over the wire: it comes on top of another site's page
# Pixels of what an <iframe> of the generator's size hides below its edge.
HIDDEN = "() => document.documentElement.scrollHeight - innerHeight"


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("name", FRAMES)
def test_a_frame_keeps_the_rules(visit, name, language):
    seen = visit(name, language=language, with_empty_cache=True, reduced_motion="reduce")
    assert seen.response.status == status_of(name)
    for width in WIDTHS:
        seen.widen(width)
        assert wrong_with(seen.look(), language, LANDMARKS) == [], width
        assert seen.barriers() == [], width
        if language == "ar":
            assert seen.page.evaluate(STARTS) == [], width
    assert language != "ar" or seen.page.evaluate(SPACED) == []
    assert wrong_with_the_stops(seen.page) == []
    assert wrong_in_the_dark(seen) == []
    seen.widen(320)
    assert wrong_with_large_text(seen) == []
    assert seen.said == [] and seen.strangers() == [] and seen.context.cookies() == []
    assert [url for url in seen.requests if url.endswith(".js")] == []
    assert language == "ar" or seen.weight() <= HEAVIEST_FRAME


# A dot of the map is marked by its circle, whatever else by an outline.
STOP = """() => {
  const one = document.activeElement, style = getComputedStyle(one);
  const dot = one.closest("svg") && one.querySelector("circle");
  const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  return [one.tagName, one.outerHTML.slice(0, 90), dot ? parseFloat(getComputedStyle(dot).strokeWidth) >= 5 : outlined];
}"""


def wrong_with_the_stops(page) -> list[str]:
    """Walk by Tab through the whole frame: each stop is a link that can be seen to be in focus, and leaves the frame."""
    wrong, stops = [], set()
    for _time in range(200):
        page.keyboard.press("Tab")
        tag, html, is_outlined = page.evaluate(STOP)
        if tag == "BODY" or html in stops:
            break
        stops.add(html)
        wrong += [html] if tag.lower() != "a" or not is_outlined else []
    return wrong if stops else ["nothing can be reached"]


@pytest.mark.parametrize(
    ("kind", "of"), [("practice", "community-led-public-spaces-amman"), ("map", "?theme=housing"), ("counter", "")]
)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_size_that_the_generator_proposes_hides_nothing(visit, site, kind, of, language):
    page = visit("about: show this on your website").page
    page.goto(f"{site.origin}/en/about/embed/?kind={kind}&of={of.replace('?', '%3F')}&language={language}")
    code = page.locator("iframe.embed-shown")
    path, width, height = (code.get_attribute(name) for name in ("src", "width", "height"))
    page.set_viewport_size({"width": int(width), "height": int(height)})
    page.goto(site.origin + path)
    assert page.evaluate(HIDDEN) <= 0


@pytest.fixture
def another_site(site):
    """The address of a page elsewhere with two frames of ours: an embed, and the home page."""
    paths = address_of("frame of the counter"), address_of("home")
    frames = "".join(f'<iframe src="{site.origin}{path}"></iframe>' for path in paths)

    class Elsewhere(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(f"<!doctype html><title>Elsewhere</title>{frames}".encode())

        def log_message(self, *arguments):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def test_another_site_can_frame_it_and_no_other_page(visit, site, another_site):
    """A link in the frame opens in place of the page around it."""
    page, refused = visit("frame of the counter", anew=True).page, []
    page.on("console", lambda message: refused.append(message.text))
    page.goto(another_site)
    first, last = (page.frame_locator("iframe").nth(at) for at in (0, 1))
    expect(first.get_by_role("heading"), str(refused)).to_contain_text(re.compile(r"\d+"))
    assert any("frame-ancestors" in text for text in refused), refused
    assert last.locator("#main").count() == 0
    first.get_by_role("link").first.click()
    page.wait_for_url(f"{site.origin}/en/**")
