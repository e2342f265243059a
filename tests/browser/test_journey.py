"""An officer looks for what Amman did with its public spaces, on the way that comes to hand."""

import re

import pytest
from playwright.sync_api import expect

TITLE = re.compile("public spaces", re.IGNORECASE)
script = pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])


def reads_about_amman(page):
    """The entry is open, and it says where it comes from."""
    expect(page).to_have_url(re.compile(r"/en/practices/community-led-public-spaces-amman/$"))
    expect(page.get_by_role("heading", level=1)).to_contain_text(TITLE)
    expect(page.get_by_role("main")).to_contain_text("Amman")
    sources = page.get_by_role("region", name="Sources")
    expect(sources.get_by_role("listitem").get_by_role("link").first).to_have_attribute(
        "href", re.compile("^https?://")
    )


@script
def test_by_search(visit, script):
    page = visit("home", anew=True, java_script_enabled=script).page
    page.get_by_label("What you are looking for").fill("amman public spaces")
    page.get_by_role("button", name="Find practices").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("amman public spaces")
    entry(page).click()
    reads_about_amman(page)


@script
def test_by_theme_and_region(visit, script):
    page = visit("home", anew=True, java_script_enabled=script).page
    page.get_by_role("main").get_by_role("link", name=re.compile("Social cohesion & public space")).first.click()
    before = number_in(page)
    page.get_by_role("checkbox", name=re.compile("Western Asia")).check()
    if not script:
        page.get_by_role("button", name="Show results").first.click()
    expect(page).to_have_url(re.compile(r"theme=social-cohesion.*region=western-asia"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Western Asia")
    assert 0 < number_in(page) < before
    entry(page).click()
    reads_about_amman(page)


@script
def test_by_map(visit, script):
    page = visit("home", anew=True, java_script_enabled=script).page
    page.get_by_role("main").locator("svg a[href='/en/cities/amman-jo/']").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Amman")
    entry(page).click()
    reads_about_amman(page)


@script
def test_by_keyboard_alone(visit, script):
    page = visit("home", anew=True, java_script_enabled=script).page
    tab_to(page, "input[type=search]")
    page.keyboard.type("amman public spaces")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/en/practices/\?q=amman"))
    tab_to(page, "main a[href*='community-led-public-spaces-amman']")
    page.keyboard.press("Enter")
    reads_about_amman(page)


@script
def test_a_chosen_filter_can_be_removed_again(visit, script):
    page = visit("directory, filtered", anew=True, java_script_enabled=script).page
    before = number_in(page)
    page.get_by_role("link", name=re.compile("Remove:.*women", re.IGNORECASE)).click()
    expect(page).not_to_have_url(re.compile("q=women"))
    expect(page).to_have_url(re.compile("theme=welcome"))
    assert number_in(page) > before


def test_a_script_keeps_the_place_and_the_way_back(visit):
    """What a script does instead of a page load must not lose the focus, the address or the back button."""
    page = visit("directory", anew=True).page
    box = page.get_by_role("checkbox", name=re.compile("Housing"))
    before = number_in(page)
    box.focus()
    page.keyboard.press("Space")
    expect(page).to_have_url(re.compile(r"\?theme=housing$"))
    expect(page.get_by_role("checkbox", name=re.compile("Housing"))).to_be_focused()
    expect(page.get_by_role("status").filter(has_text="Housing")).to_have_count(1)
    assert number_in(page) < before
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(f"^{before} "))
    expect(page.get_by_role("checkbox", name=re.compile("Housing"))).not_to_be_checked()


def entry(page):
    """The link to the entry, which is its heading in the list."""
    return page.get_by_role("main").get_by_role("heading").get_by_role("link", name=TITLE).first


def number_in(page):
    """The number that the heading of the directory begins with."""
    return int(re.match(r"\d+", page.get_by_role("heading", level=1).inner_text()).group())


def tab_to(page, selector, most=120):
    """Press Tab until the element is in focus; the fewer the better, but it must be reached."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"{selector} was not reached with {most} presses of Tab")
