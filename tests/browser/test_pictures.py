"""The pages that most people read look in Arabic as they did when somebody last looked at them."""

import pytest
from PIL import ImageChops, ImageFilter

from tests.browser.addresses import address_of
from tests.browser.pictures import FILES, FOLDER, PICTURES, TODAY, differences, stored, take
from tests.browser.served import launch_options, served_site

MOST_BYTES, MOST_BYTES_OF_ALL = 60_000, 500_000


@pytest.fixture(scope="module")
def frozen():
    """The site on the day of the pictures."""
    with served_site(TODAY) as site:
        yield site


@pytest.fixture(scope="module")
def window(browser_type):
    """Of the browser that people have: the shell without windows draws some blocks otherwise."""
    browser = browser_type.launch(**launch_options(whole=True))
    yield browser.new_context(reduced_motion="reduce", color_scheme="light").new_page()
    browser.close()


@pytest.mark.parametrize("name", PICTURES)
def test_a_page_looks_as_it_did(window, frozen, name, tmp_path):
    shown, width = PICTURES[name]
    seen = take(window, frozen.origin + address_of(shown, "ar"), width)
    seen.save(tmp_path / f"{name}.png")
    assert differences(stored(name), seen) == [], (
        f"look at {tmp_path / name}.png; where it should be so: python -m tests.browser.pictures"
    )


def test_the_pictures_are_small_and_none_is_left_over():
    sizes = {file.stem: file.stat().st_size for file in FOLDER.iterdir()}
    assert sizes.keys() == {*PICTURES, *FILES}
    assert max(sizes.values()) < MOST_BYTES and sum(sizes.values()) < MOST_BYTES_OF_ALL


@pytest.mark.parametrize("name", PICTURES)
def test_letters_that_a_browser_draws_otherwise_are_passed_over(name):
    before = stored(name)
    softer = before.filter(ImageFilter.GaussianBlur(0.7)).point(lambda shade: min(255, shade * 0.97 + 4))
    assert differences(before, softer) == []
    assert differences(before, ImageChops.offset(softer, 1, 1)) == []


# What breaks a page as a whole: applied to what the browser shows.
BREAKS = {
    "the other direction": "() => { document.documentElement.dir = 'ltr' }",
    "a style sheet is missing": "() => document.querySelector('link[href*=\"css/components\"]').remove()",
    "text at the wrong side": "() => { document.querySelector('main').style.textAlign = 'left' }",
    "another mark": "() => { document.querySelector('.brand svg').innerHTML = '<path d=\"M0 0h34v24H0z\"/>' }",
    "a block is gone": "() => document.querySelector('main form, main dl, main ul').remove()",
}


@pytest.mark.parametrize("broken", BREAKS)
def test_what_breaks_a_page_is_seen(window, frozen, broken):
    shown, width = PICTURES["statement"]
    assert differences(
        stored("statement"), take(window, frozen.origin + address_of(shown, "ar"), width, BREAKS[broken])
    )
